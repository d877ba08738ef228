import { coverageOf } from '../marc/kbart/coverage.ts'
import { openKbart } from '../marc/kbart/decode.ts'
import { kbartRecord } from '../marc/kbart/record.ts'
import type { KbartColumn, KbartRow } from '../marc/kbart/row.ts'
import type { MarcRecord } from '../marc/record.ts'
import { isAccessUrl } from '../rules/access-url.ts'
import { hash64 } from '../rules/hash.ts'
import { ImportRefusal } from './refusal.ts'

/** A title of a list: one line, or several where its coverage has gaps. */
export type TitleOfList = {
  readonly key: string
  readonly title: string
  readonly lines: readonly number[]
  readonly record: MarcRecord
  readonly url: string | null
  readonly coverage: string | null
  readonly publicNote: string | null
  readonly materialType: 'journal' | 'book'
}

/** What there is to say of a line. */
export type LineNote = {
  readonly line: number
  readonly column: KbartColumn | null
  readonly code: string
  readonly message: string
  readonly remedy: string
}

/** A title list, read: every line below the heading is in one of the counts. */
export type TitleList = {
  readonly titles: readonly TitleOfList[]
  /** Lines that make no title. */
  readonly rejected: readonly LineNote[]
  /** Lines that do, with something that was read otherwise than it stands there. */
  readonly findings: readonly LineNote[]
  readonly lines: number
  readonly blank: number
  /** Of lines that were rejected, and are about a title all the same: it is not taken for withdrawn. */
  readonly spoiltKeys: readonly string[]
}

/** Titles of a list at most: they are held while it is loaded. */
const mostTitles = 500_000

/**
 * Reads a title list. Lines of one title are brought together wherever they stand; the first of them says what
 * the title is.
 *
 * @throws {ImportRefusal} NOT_KBART, NO_TITLES, LIST_TOO_LARGE
 */
export async function readTitleList(
  collectionId: string,
  file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<TitleList> {
  const opened = await openKbart(file)
  if ('notKbart' in opened) {
    const { message, remedy } = opened.notKbart
    throw new ImportRefusal('invalid', 'NOT_KBART', message, remedy)
  }
  const rows = new Map<string, KbartRow[]>()
  const rejected: LineNote[] = []
  const findings: LineNote[] = []
  const spoiltKeys: string[] = []
  let lines = 0
  let blank = 0
  for await (const each of opened.lines) {
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
    else rows.set(key, [row])
    if (rows.size > mostTitles)
      throw new ImportRefusal(
        'invalid',
        'LIST_TOO_LARGE',
        `The list has more than ${mostTitles} titles.`,
        'Divide it, and load each part into a collection of its own.',
      )
  }
  if (rows.size === 0)
    throw new ImportRefusal(
      'invalid',
      'NO_TITLES',
      `The list has no title that can be read: ${rejected.length} of ${lines} lines were rejected${rejected[0] ? `, the first because: ${rejected[0].message}` : ''}.`,
      'Nothing is withdrawn by an empty list; look whether it is the right file.',
    )
  const titles = [...rows].map(([key, own]) => titleOf(collectionId, key, own))
  return { titles, rejected, findings, lines, blank, spoiltKeys }
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

const shortKey = (text: string): string =>
  text.length <= 150 ? text : `${text.slice(0, 130)} ${hash64(text)}`

function titleOf(collectionId: string, key: string, rows: readonly KbartRow[]): TitleOfList {
  const first = rows[0] as KbartRow
  const { leader, fields } = kbartRecord(first)
  const coverage = distinct(rows.map(coverageOf)).join('; ')
  const notes = distinct(rows.map(({ cells }) => cells.notes))
  if (rows.some(({ cells }) => /^f/i.test(cells.access_type))) notes.push('Free to read.')
  return {
    key,
    title: first.cells.publication_title,
    lines: rows.map(({ line }) => line),
    // The number of the title in the collection is that of the record in its source.
    record: {
      leader,
      fields: [{ tag: '001', value: key }, { tag: '003', value: collectionId }, ...fields],
    },
    url: first.cells.title_url || null,
    coverage: coverage === '' ? null : coverage,
    publicNote: notes.length === 0 ? null : notes.join(' '),
    materialType: first.isSerial ? 'journal' : 'book',
  }
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts.filter((text) => text !== ''))]
