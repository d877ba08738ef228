import type { JobRecord } from './api/job-record.ts'
import { csvLine } from './csv.ts'

const columns = [
  'file',
  'position',
  'offset',
  'length',
  'outcome',
  'code',
  'sentence',
  'mms_id',
  'ours',
  'title',
  'matched',
  'duplicate_in_file',
  'repairs',
  'version_before',
  'version_after',
  'issue',
  'resolution',
]

/** The rows of a report for a spreadsheet, page by page; the byte order mark tells it that they are UTF-8. */
export async function* recordsCsv(pages: AsyncIterable<readonly JobRecord[]>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns)}`
  for await (const page of pages) {
    yield page
      .map((row) =>
        csvLine([
          row.file,
          row.position,
          row.offset,
          row.length,
          row.outcome,
          row.code,
          row.sentence,
          row.mmsId,
          row.ours,
          row.title,
          row.matched,
          row.duplicateInFile,
          row.repairs.join(' '),
          row.versionBefore,
          row.versionAfter,
          row.issue?.id ?? null,
          row.issue?.resolution ?? null,
        ]),
      )
      .join('')
  }
}
