import type { DataField, Field, MarcRecord, Subfield } from '../record.ts'
import { coverageOf, kbartDate } from './coverage.ts'
import { isIsbn, isIssn } from './identifier.ts'
import type { KbartRow } from './row.ts'

/**
 * The title of a row as a bib of an online resource. Numbers of the print are 020 $z and 022 $y, and 776, so that
 * they are found and not taken for its own; address and coverage are 856.
 */
export function kbartRecord(row: KbartRow): MarcRecord {
  const { cells, isSerial } = row
  const {
    publication_title: title,
    first_author: author,
    first_editor: editor,
    publisher_name: publisher,
  } = cells
  const year = isSerial
    ? ''
    : yearOf(cells.date_monograph_published_online || cells.date_monograph_published_print)
  const published = [
    ...(publisher === '' ? [] : [sub('b', year === '' ? publisher : `${publisher},`)]),
    ...(year === '' ? [] : [sub('c', year)]),
  ]
  const fields: readonly (Field | null)[] = [
    { tag: '006', value: 'm     o  d        ' },
    { tag: '007', value: 'cr |||||||||||' },
    { tag: '008', value: fixedField(row, year) },
    ...numbers(cells.online_identifier, 'a', 'a'),
    ...numbers(cells.print_identifier, 'z', 'y'),
    author === '' ? null : field('100', '1', ' ', sub('a', author)),
    field('245', author === '' ? '0' : '1', '0', sub('a', title), ...part(cells.monograph_volume)),
    cells.monograph_edition === '' ? null : field('250', ' ', ' ', sub('a', cells.monograph_edition)),
    published.length === 0 ? null : field('264', ' ', '1', ...published),
    field('336', ' ', ' ', sub('a', 'text'), sub('b', 'txt'), sub('2', 'rdacontent')),
    field('337', ' ', ' ', sub('a', 'computer'), sub('b', 'c'), sub('2', 'rdamedia')),
    field('338', ' ', ' ', sub('a', 'online resource'), sub('b', 'cr'), sub('2', 'rdacarrier')),
    field('588', ' ', ' ', sub('a', 'Description based on a title list of the provider (KBART).')),
    editor === '' ? null : field('700', '1', ' ', sub('a', editor), sub('e', 'editor.')),
    print(cells.print_identifier),
    address(row),
  ]
  return {
    leader: isSerial ? '00000nas a2200000 i 4500' : '00000nam a2200000 i 4500',
    fields: fields.filter((each) => each !== null),
  }
}

const sub = (code: string, value: string): Subfield => ({ code, value })

const field = (tag: string, ind1: string, ind2: string, ...subfields: readonly Subfield[]): DataField => ({
  tag,
  ind1,
  ind2,
  subfields,
})

const part = (volume: string): readonly Subfield[] => (volume === '' ? [] : [sub('n', volume)])

function numbers(value: string, ofIsbn: string, ofIssn: string): readonly Field[] {
  if (isIssn(value)) return [field('022', ' ', ' ', sub(ofIssn, issnOf(value)))]
  return isIsbn(value) ? [field('020', ' ', ' ', sub(ofIsbn, value.replaceAll(/[\s-]/g, '')))] : []
}

const issnOf = (value: string): string => `${value.slice(0, 4)}-${value.slice(-4)}`.toUpperCase()

function print(value: string): DataField | null {
  if (!isIssn(value) && !isIsbn(value)) return null
  const number = isIssn(value) ? sub('x', issnOf(value)) : sub('z', value.replaceAll(/[\s-]/g, ''))
  return field('776', '0', '8', sub('i', 'Print version:'), number)
}

function address(row: KbartRow): DataField | null {
  const { title_url: url, notes } = row.cells
  if (url === '') return null
  const coverage = coverageOf(row)
  return field(
    '856',
    '4',
    '0',
    ...(coverage === '' ? [] : [sub('3', coverage)]),
    sub('u', url),
    ...(notes === '' ? [] : [sub('z', notes)]),
  )
}

const yearOf = (date: string): string => kbartDate(date)?.slice(0, 4) ?? ''

/** 008 of a continuing resource or a book, form of item o; no date of entry, so that the same row is the same record. */
function fixedField({ isSerial }: KbartRow, year: string): string {
  const dates = isSerial ? 'cuuuu9999' : year === '' ? 'nuuuuuuuu' : `s${year}    `
  const material = isSerial ? '|| |oo||||||   |0' : '|||||o|||||||| ||'
  return `000000${dates}xx ${material}und d`
}
