import type { FoundRow } from '../catalog/search/found-rows.ts'
import { writerOf } from '../marc/write.ts'
import { csvLine } from './csv.ts'
import { foundBib } from './found-bib.ts'
import { type FileEnding, files } from './marc-file.ts'

type File = { readonly contentType: string; readonly chunks: AsyncGenerator<Uint8Array | string> }

/** The members of a set as a file, page by page: a table for a spreadsheet, or the records, each bib once. */
export const setFile = (format: 'csv' | FileEnding, pages: AsyncIterable<readonly FoundRow[]>): File =>
  format === 'csv'
    ? { contentType: 'text/csv; charset=utf-8; header=present', chunks: setCsv(pages) }
    : { contentType: files[format].contentType, chunks: setRecords(format, pages) }

const columns = [
  'mms_id',
  'title',
  'creator',
  'imprint',
  'date',
  'identifiers',
  'resource_type',
  'suppressed',
  'linked_mms_id',
  'holdings',
  'items',
  'portfolios',
  'item_id',
  'barcode',
  'library',
  'location',
  'call_number',
  'portfolio_id',
  'url',
]

/** The byte order mark tells a spreadsheet that they are UTF-8. */
async function* setCsv(pages: AsyncIterable<readonly FoundRow[]>): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns)}`
  for await (const page of pages) {
    yield page
      .map(foundBib)
      .map(({ item, portfolio, inventory, ...bib }) =>
        csvLine([
          bib.mmsId,
          bib.title,
          bib.creator,
          bib.imprint,
          bib.date,
          bib.identifiers.join('; '),
          bib.resourceType,
          bib.suppressed,
          bib.linkedMmsId,
          inventory.holdings,
          inventory.items,
          inventory.portfolios,
          item?.itemId ?? null,
          item?.barcode ?? null,
          item?.library ?? null,
          item?.location ?? null,
          item?.callNumber ?? null,
          portfolio?.portfolioId ?? null,
          portfolio?.url ?? null,
        ]),
      )
      .join('')
  }
}

async function* setRecords(
  ending: FileEnding,
  pages: AsyncIterable<readonly FoundRow[]>,
): AsyncGenerator<Uint8Array> {
  const { head, between, tail, encode } = writerOf(files[ending].format)
  const written = new Set<string>()
  yield head
  for await (const page of pages) {
    const parts: Uint8Array[] = []
    for (const { bib } of page) {
      if (written.has(bib.mmsId)) continue
      if (written.size > 0) parts.push(between)
      parts.push(encode(bib.record).bytes)
      written.add(bib.mmsId)
    }
    yield Buffer.concat(parts)
  }
  yield tail
}
