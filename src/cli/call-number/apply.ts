import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { setCallNumberTable } from '../../inventory/call-number-table.ts'
import { type CallNumberTable, parseCallNumberTable } from '../../rules/holdings/call-number-shape.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { lineDiff } from '../line-diff.ts'
import { rowCells, tableOf } from './table-text.ts'

export const callNumberApply = command(
  {
    name: 'call-number apply',
    summary: 'Gives a zone a call number mapping table from a file; shows what changes.',
    about: [
      'The file is JSON, as accession call-number show --json prints it; with "rows": null the zone has the shipped table. Holdings that are there stay as they are.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the table; - is standard input' } },
    options: {
      zone: zoneOption,
      'dry-run': { type: 'flag', meaning: 'show what would change, and change nothing' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { zone, result, rows, update }; result is changed or unchanged, rows and update are the table after it',
  },
  async ({ file, zone: code, 'dry-run': dryRun, json, data }, io) => {
    const table = await readTable(file, io)
    return withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const before = linesOf(tableOf(zone))
      // Within a transaction that is given up where it is a trial: what cannot be is refused there too.
      const after = await db
        .transaction(async (tx) => {
          await setCallNumberTable(tx, zone, table)
          const now = tableOf(await chooseZone(tx, code))
          if (dryRun) throw new Tried(now)
          return now
        })
        .catch((error: unknown) => {
          if (error instanceof Tried) return error.table
          throw error
        })
      const result = before === linesOf(after) ? 'unchanged' : 'changed'
      if (json) await io.json({ zone: code, result, ...after })
      else {
        for (const line of lineDiff(before, linesOf(after))) await io.line(line)
        await io.line(
          `The call number mapping table of zone ${code} ${dryRun ? 'would be' : 'is'} ${result}.`,
        )
      }
      return exitCodes.done
    })
  },
)

class Tried extends Error {
  readonly table: CallNumberTable

  constructor(table: CallNumberTable) {
    super('a trial')
    this.table = table
  }
}

const linesOf = ({ rows, update }: CallNumberTable): string =>
  [`update ${update}`, ...(rows ?? []).map((row) => rowCells(row).join('  '))].join('\n')

/** @throws {CommandFailure} with every fault and where it is */
async function readTable(file: string, { input }: Io): Promise<CallNumberTable> {
  const source = file === '-' ? await text(input) : await readFile(file, 'utf8')
  let json: unknown
  try {
    json = JSON.parse(source)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${file} is not JSON: ${why}.`, 'accession call-number show --json prints one.')
  }
  const parsed = parseCallNumberTable(json)
  if (parsed.ok) return parsed.table
  throw new CommandFailure(
    [
      `${file} is no call number mapping table.`,
      ...parsed.problems.map(({ path, message }) => `  ${path === '' ? 'the whole' : path}: ${message}`),
    ].join('\n'),
    'Nothing was changed.',
  )
}
