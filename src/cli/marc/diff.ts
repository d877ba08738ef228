import { diffRecords } from '../../rules/diff.ts'
import { displayTitle } from '../../rules/display-title.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { diffJson, diffLines } from '../diff-text.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { type Io, readOrNot } from '../io.ts'
import { type ReadRecord, readRecords } from '../marc-input.ts'
import { style } from '../style.ts'

export const marcDiff = command(
  {
    name: 'marc diff',
    summary: 'Compares two files of records, record by record and field by field.',
    about: [
      'The first record of one file is compared with the first of the other, and so on, whatever their serialisations and character sets are. The exit code is 1 where they differ.',
    ],
    arguments: {
      one: { type: 'text', shown: 'A', meaning: 'a file' },
      other: { type: 'text', shown: 'B', meaning: 'the file to compare it with' },
    },
    options: { json: { type: 'flag', meaning: 'print JSON' } },
    json: 'one object a line, of each pair that differs: { record, change, title, diff: [{ change, tag, before, after }] }; record counts from 1, change is changed, added (in B alone), removed or rejected (one of them cannot be read)',
  },
  async ({ one, other, json }, read) => {
    const io = readOrNot(read)
    const before = records(one, io)
    const after = records(other, io)
    let compared = 0
    let different = 0
    try {
      for (;;) {
        const [a, b] = [await before.next(), await after.next()]
        if (a.done && b.done) break
        compared++
        const pair = compare(a.done ? null : a.value, b.done ? null : b.value)
        if (pair === null) continue
        different++
        if (json) await io.json({ record: compared, ...pair, diff: diffJson(pair.diff) })
        else {
          await io.line(style.strong(`Record ${compared}: ${pair.title}${changeWords[pair.change]}`))
          if (pair.diff.length > 0) for (const line of diffLines(pair.diff)) await io.line(line)
        }
      }
    } finally {
      await before.return?.(undefined)
      await after.return?.(undefined)
    }
    io.say(
      `${counted(compared, 'record')} compared, ${different === 0 ? 'none' : different} of them different.`,
    )
    return different === 0 ? exitCodes.done : exitCodes.error
  },
)

const records = (path: string, io: Io): AsyncGenerator<ReadRecord> =>
  readRecords(path, io, (name, why) => {
    throw new CommandFailure(`${name}: ${why}`)
  })

const changeWords = {
  changed: '',
  added: ' (only in the second file)',
  removed: ' (only in the first file)',
  rejected: ' (cannot be read in one of the files)',
} as const

/** What differs between two records; nothing where they say the same. */
function compare(a: ReadRecord | null, b: ReadRecord | null) {
  const before = a?.decoded.ok ? a.decoded.record : null
  const after = b?.decoded.ok ? b.decoded.record : null
  const shown = after ?? before
  const title = shown === null ? '' : displayTitle(shown)
  if (a === null || b === null)
    return { change: a === null ? ('added' as const) : ('removed' as const), title, diff: [] }
  if (before === null || after === null) {
    const isSame = before === after && Buffer.from(a.frame.bytes).equals(b.frame.bytes)
    return isSame ? null : { change: 'rejected' as const, title, diff: [] }
  }
  const diff = diffRecords(before, after)
  return diff.every(({ change }) => change === 'same') ? null : { change: 'changed' as const, title, diff }
}
