import { type CameTo, differences } from '../../import/replay-differences.ts'
import { listDifferences, type ReplayedRecord } from '../../import/replay-report.ts'
import { outcomes } from '../../rules/outcome.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { cut } from '../columns.ts'
import { command } from '../command.ts'
import { diffJson, diffLines } from '../diff-text.ts'
import { exitCodes } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { outcomeName } from '../outcome-words.ts'
import { style } from '../style.ts'
import { jobArgument } from './argument.ts'

export const jobDifferences = command(
  {
    name: 'job differences',
    summary: 'Lists the records that a replay made otherwise than its job, field by field.',
    about: [
      'A bib that a run made is named by the file and the record that it was made of, as new:1:5, since two runs give it two numbers.',
    ],
    arguments: { job: { ...jobArgument.job, meaning: 'number of the replay' } },
    options: {
      in: {
        type: 'text',
        shown: 'WHAT',
        choices: differences,
        meaning:
          'only those that differ in that; target is the bib, content what it becomes, combined the bibs that become one with it',
      },
      outcome: {
        type: 'text',
        shown: 'OUTCOME',
        choices: outcomes,
        meaning: 'only those with that outcome now',
      },
      code: { type: 'text', shown: 'CODE', meaning: 'only those with that code now' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object a line: { file, position, title, differs: [what], was: { outcome, code, target, combined: [words] }, now: { outcome, code, target, combined }, diff: [{ change, tag, before, after }] }; before is what the bib became, after what it would become now',
  },
  ({ job, in: differs, outcome, code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const filter = {
        ...(differs === undefined ? {} : { differs }),
        ...(outcome === undefined ? {} : { outcome }),
        ...(code === undefined ? {} : { code }),
      }
      let last: ReplayedRecord | undefined
      for (;;) {
        const rows = await listDifferences(db, job, {
          ...filter,
          ...(last ? { after: last } : {}),
          limit: page,
        })
        for (const row of rows) {
          if (json) await io.json({ ...row, diff: diffJson(row.diff) })
          else await print(row, io)
        }
        last = rows.at(-1)
        if (rows.length < page) return exitCodes.done
      }
    }),
)

const page = 200

async function print(
  { file, position, title, differs, was, now, diff }: ReplayedRecord,
  io: Io,
): Promise<void> {
  const place = file === 1 ? String(position) : `${file}:${position}`
  await io.line(`${style.strong(place)}  ${cut(title, 70)}  [${differs.join(', ')}]`)
  await io.line(`  was ${cameTo(was)}`)
  await io.line(`  now ${cameTo(now)}`)
  if (diff.length > 0) for (const line of diffLines(diff)) await io.line(`    ${line}`)
}

const cameTo = ({ outcome, code, target, combined }: CameTo): string =>
  [
    `${outcomeName(outcome)}${code === null ? '' : ` ${code}`}`,
    ...(target === null ? [] : [`bib ${target}`]),
    ...(combined.length === 0 ? [] : [`combined with it: ${combined.join(', ')}`]),
  ].join(', ')
