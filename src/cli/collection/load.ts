import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { loadCollection, type LoadReport } from '../../import/load-collection.ts'
import type { LineNote } from '../../import/collection-titles.ts'
import { personHere } from '../../people/person-here.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { collectionArgument } from './argument.ts'

export const collectionLoad = command(
  {
    name: 'collection load',
    summary: 'Loads a title list (KBART) or MARC records into an electronic collection.',
    about: [
      'Titles become bibs and portfolios of the collection, or change those that are there. The same file again changes nothing, so that a load that was stopped is gone on with by loading again.',
      'A title list is whole: portfolios whose titles it has no more are marked as withdrawn. Of MARC records those are whose record says so (leader/05 d), and with --whole those too that the file does not have.',
      'Activated portfolios follow in address and coverage.',
    ],
    arguments: {
      ...collectionArgument,
      file: { type: 'text', shown: 'FILE', meaning: 'tab-separated text with the heading of KBART, or MARC' },
    },
    options: {
      zone: zoneOption,
      service: { type: 'text', shown: 'SERVICE', meaning: 'number of a service of it: 62…; else its first' },
      'dry-run': { type: 'flag', meaning: 'write nothing, and say what would change' },
      whole: { type: 'flag', meaning: 'the MARC file has all titles of the collection' },
      'withdraw-most': {
        type: 'flag',
        meaning: 'let the list withdraw more than half of the titles that there are',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { collection_id, format, dry_run, lines, blank, further, deletes, added, changed, unchanged, changes: [{ line, key, title, change, url, coverage, was: { url, coverage, withdrawn } }], rejected: [{ line, column, code, message, remedy }], findings: [the same], withdrawn: [{ portfolio_id, mms_id, key, title }] }; each of lines is in one of blank, further, deletes, added, changed, unchanged, rejected',
  },
  (
    {
      collection: id,
      file,
      zone: code,
      service,
      'dry-run': isDryRun,
      'withdraw-most': mayWithdrawMost,
      whole,
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
        ...(whole ? { isWhole: true } : {}),
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

const reportRow = ({ collectionId, isDryRun, withdrawn, changes, ...counts }: LoadReport) => ({
  collection_id: collectionId,
  dry_run: isDryRun,
  ...counts,
  changes: changes.map(({ was, ...change }) => ({
    ...change,
    was: was && { url: was.url, coverage: was.coverage, withdrawn: was.isWithdrawn },
  })),
  withdrawn: withdrawn.map(({ portfolioId, mmsId, key, title }) => ({
    portfolio_id: portfolioId,
    mms_id: mmsId,
    key,
    title,
  })),
})

function* reportLines(report: LoadReport): Generator<string> {
  const { format, lines, blank, further, deletes, added, changed, unchanged } = report
  const { rejected, findings, withdrawn } = report
  const isList = format === 'kbart'
  const others = isList ? `${blank} blank` : `${deletes} that say the title is gone`
  yield `${report.isDryRun ? 'Dry run: of' : 'Of'} ${lines} ${isList ? 'lines' : 'records'} ${added} new, ${changed} changed, ${unchanged} unchanged, ${further} more of titles above, ${others}, ${rejected.length} rejected.`
  for (const note of rejected) yield noteLine(isList ? 'Line' : 'Record', 'rejected', note)
  for (const note of findings) yield noteLine(isList ? 'Line' : 'Record', 'note', note)
  for (const { portfolioId, key, title } of withdrawn)
    yield `${report.isDryRun ? 'Would be withdrawn' : 'Withdrawn'}: ${portfolioId}, title ${key}, ${title}.`
}

const noteLine = (what: string, word: string, { line, column, code, message, remedy }: LineNote): string =>
  `${what} ${line}${column === null ? '' : `, ${column}`}: ${word} ${code}. ${message} ${remedy}`
