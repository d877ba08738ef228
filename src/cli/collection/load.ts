import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { loadCollection, type LoadReport } from '../../import/load-collection.ts'
import type { LineNote } from '../../import/title-list-lines.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionArgument } from './argument.ts'

export const collectionLoad = command(
  {
    name: 'collection load',
    summary: 'Loads a title list (KBART) into an electronic collection.',
    about: [
      'Titles become bibs and portfolios of the collection, or change those that are there; portfolios whose titles the list has no more are marked as withdrawn. The same list again changes nothing, so that a load that was stopped is gone on with by loading again.',
      'Activated portfolios follow in address and coverage.',
    ],
    arguments: {
      ...collectionArgument,
      file: { type: 'text', shown: 'FILE', meaning: 'tab-separated text with the heading of KBART' },
    },
    options: {
      zone: zoneOption,
      service: { type: 'text', shown: 'SERVICE', meaning: 'number of a service of it: 62…; else its first' },
      'dry-run': { type: 'flag', meaning: 'write nothing, and say what would change' },
      'withdraw-most': {
        type: 'flag',
        meaning: 'let the list withdraw more than half of the titles that there are',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { collection_id, dry_run, lines, blank, further, added, changed, unchanged, rejected: [{ line, column, code, message, remedy }], findings: [the same], withdrawn: [{ portfolio_id, mms_id, key }] }; each of lines is in one of blank, further, added, changed, unchanged, rejected',
  },
  (
    {
      collection: id,
      file,
      zone: code,
      service,
      'dry-run': isDryRun,
      'withdraw-most': mayWithdrawMost,
      json,
      data,
    },
    io,
  ) =>
    withCatalogue(data, io, async ({ db }) => {
      const report = await loadCollection(db, await chooseZone(db, code), id, {
        ...(service === undefined ? {} : { serviceId: service }),
        fileName: basename(file),
        file: bytesOf(file),
        by: personHere(),
        isDryRun,
        mayWithdrawMost,
      })
      if (json) await io.json(reportRow(report))
      else for (const line of reportLines(report)) await io.line(line)
      return report.rejected.length > 0 ? exitCodes.rejected : exitCodes.done
    }),
)

/** Opened when it is first read: a stream that fails before anybody reads it takes the process along. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) yield chunk as Uint8Array
}

const reportRow = ({ collectionId, isDryRun, withdrawn, ...counts }: LoadReport) => ({
  collection_id: collectionId,
  dry_run: isDryRun,
  ...counts,
  withdrawn: withdrawn.map(({ portfolioId, mmsId, key }) => ({
    portfolio_id: portfolioId,
    mms_id: mmsId,
    key,
  })),
})

function* reportLines(report: LoadReport): Generator<string> {
  const { lines, blank, further, added, changed, unchanged, rejected, findings, withdrawn } = report
  yield `${report.isDryRun ? 'Dry run: of' : 'Of'} ${lines} lines ${added} new, ${changed} changed, ${unchanged} unchanged, ${further} more of titles above, ${blank} blank, ${rejected.length} rejected.`
  for (const note of rejected) yield noteLine('rejected', note)
  for (const note of findings) yield noteLine('note', note)
  for (const { portfolioId, key } of withdrawn)
    yield `${report.isDryRun ? 'Would be withdrawn' : 'Withdrawn'}: ${portfolioId}, title ${key}.`
}

const noteLine = (word: string, { line, column, code, message, remedy }: LineNote): string =>
  `Line ${line}${column === null ? '' : `, ${column}`}: ${word} ${code}. ${message} ${remedy}`
