import { coverageOf } from '../marc/kbart/coverage.ts'
import { kbartRecord } from '../marc/kbart/record.ts'
import type { KbartLine, KbartRow } from '../marc/kbart/row.ts'
import { isAccessUrl } from '../rules/access-url.ts'
import {
  type CollectionFile,
  holdToLimits,
  type LineNote,
  noAddress,
  openShelf,
  shortKey,
  type TitleShelf,
} from './collection-titles.ts'

/**
 * Reads a title list. Lines of one title are brought together wherever they stand; the first of them says what
 * the title is.
 *
 * @throws {ImportRefusal} LIST_TOO_LARGE
 */
export async function readTitleList(
  collectionId: string,
  listed: AsyncIterable<KbartLine>,
): Promise<CollectionFile> {
  const rows = new Map<string, KbartRow[]>()
  const rejected: LineNote[] = []
  const findings: LineNote[] = []
  const spoiltKeys: string[] = []
  let lines = 0
  let blank = 0
  for await (const each of listed) {
    lines++
    if (each.kind === 'blank') {
      blank++
      continue
    }
    if (each.kind === 'rejected') {
      const { titleId, ...note } = each.rejected
      rejected.push(note)
      if (titleId !== '') spoiltKeys.push(shortKey(titleId))
      continue
    }
    const { row } = each
    const key = keyOf(row)
    if (row.cells.title_url !== '' && !isAccessUrl(row.cells.title_url)) {
      rejected.push(notAnAddress(row))
      spoiltKeys.push(key)
      continue
    }
    for (const finding of row.findings) findings.push({ ...finding, line: row.line, remedy: remedyOfFinding })
    const known = rows.get(key)
    if (known) known.push(row)
    else {
      rows.set(key, [row])
      // Its portfolio has the address of the first of its lines.
      if (row.cells.title_url === '') findings.push(noAddress(row.line, 'title_url'))
    }
    holdToLimits(rows.size, 0)
  }
  const shelf = openShelf()
  for (const [key, own] of rows) shelve(shelf, collectionId, key, own)
  const titles = [...shelf.titles.values()]
  return { format: 'kbart', titles, goneKeys: [], deletes: 0, rejected, findings, lines, blank, spoiltKeys }
}

const remedyOfFinding = 'The title was loaded; tell the provider of the list.'

const notAnAddress = ({ line, cells }: KbartRow): LineNote => ({
  line,
  column: 'title_url',
  code: 'NOT_A_URL',
  message: `“${cells.title_url.slice(0, 200)}” is no address that a reader can open.`,
  remedy: 'Ask the provider for a whole URL that starts with https://, http:// or ftp://.',
})

/** By what a list knows a title: its title_id; where it has none, a number; else its address, else its name. */
function keyOf({ cells }: KbartRow): string {
  const { title_id: id, online_identifier: online, print_identifier: print } = cells
  return shortKey(id || online || print || cells.title_url || cells.publication_title)
}

function shelve(shelf: TitleShelf, collectionId: string, key: string, rows: readonly KbartRow[]): void {
  const first = rows[0] as KbartRow
  const { leader, fields } = kbartRecord(first)
  const coverage = distinct(rows.map(coverageOf)).join('; ')
  const notes = distinct(rows.map(({ cells }) => cells.notes))
  if (rows.some(({ cells }) => /^f/i.test(cells.access_type))) notes.push('Free to read.')
  shelf.add(
    {
      key,
      title: first.cells.publication_title,
      lines: rows.map(({ line }) => line),
      url: first.cells.title_url || null,
      coverage: coverage === '' ? null : coverage,
      publicNote: notes.length === 0 ? null : notes.join(' '),
      materialType: first.isSerial ? 'journal' : 'book',
    },
    // The number of the title in the collection is that of the record in its source.
    { leader, fields: [{ tag: '001', value: key }, { tag: '003', value: collectionId }, ...fields] },
  )
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ''))]
