import type { DataField, MarcRecord } from '../marc/record.ts'
import { effectiveTag } from './effective-tag.ts'
import { plainWords } from './fold.ts'

export type HeadingKind = 'name' | 'title' | 'subject' | 'genre' | 'series'

/** A form under which a bib stands in a browse list (D31). */
export type Heading = {
  readonly kind: HeadingKind
  /** As it is shown: subfields joined, subdivisions after `--`, without the closing ISBD mark. */
  readonly form: string
  /** As it is filed and asked for: `sortForm(form)` without leading article. */
  readonly sortForm: string
  /** Tag of the field, for an 880 its partner's. */
  readonly tag: string
}

const longestSortForm = 250
const longestForm = 1000

/** Which subfields make the heading of a tag; `parted` ones are subdivisions. */
type HeadingTag = {
  readonly kind: HeadingKind
  readonly codes: string
  readonly parted: string
  readonly nonfiling?: 'ind1'
}

const person = 'abcdqjg'
const meeting = 'acdegjnq'
const body = 'abcdgn'
const work = 'fhklmnoprst'

const headingTags: ReadonlyMap<string, HeadingTag> = new Map(
  Object.entries({
    100: { kind: 'name', codes: person, parted: '' },
    110: { kind: 'name', codes: body, parted: '' },
    111: { kind: 'name', codes: meeting, parted: '' },
    130: { kind: 'title', codes: `a${work}d`, parted: '', nonfiling: 'ind1' },
    600: { kind: 'subject', codes: person + work, parted: 'vxyz' },
    610: { kind: 'subject', codes: body + work, parted: 'vxyz' },
    611: { kind: 'subject', codes: meeting + work, parted: 'vxyz' },
    630: { kind: 'subject', codes: `a${work}d`, parted: 'vxyz', nonfiling: 'ind1' },
    647: { kind: 'subject', codes: 'acdg', parted: 'vxyz' },
    648: { kind: 'subject', codes: 'a', parted: 'vxyz' },
    650: { kind: 'subject', codes: 'abcdg', parted: 'vxyz' },
    651: { kind: 'subject', codes: 'ag', parted: 'vxyz' },
    653: { kind: 'subject', codes: 'a', parted: '' },
    654: { kind: 'subject', codes: 'ab', parted: 'vyz' },
    655: { kind: 'genre', codes: 'abc', parted: 'vxyz' },
    656: { kind: 'subject', codes: 'ak', parted: 'vxyz' },
    657: { kind: 'subject', codes: 'a', parted: 'vxyz' },
    662: { kind: 'subject', codes: 'abcdfgh', parted: '' },
    688: { kind: 'subject', codes: 'ag', parted: '' },
    690: { kind: 'subject', codes: 'abcdg', parted: 'vxyz' },
    691: { kind: 'subject', codes: 'ag', parted: 'vxyz' },
    700: { kind: 'name', codes: person, parted: '' },
    710: { kind: 'name', codes: body, parted: '' },
    711: { kind: 'name', codes: meeting, parted: '' },
    720: { kind: 'name', codes: 'a', parted: '' },
    730: { kind: 'title', codes: `a${work}d`, parted: '', nonfiling: 'ind1' },
    740: { kind: 'title', codes: 'anp', parted: '', nonfiling: 'ind1' },
    751: { kind: 'subject', codes: 'ag', parted: '' },
    752: { kind: 'subject', codes: 'abcdfgh', parted: '' },
    800: { kind: 'series', codes: `${person + work}v`, parted: '' },
    810: { kind: 'series', codes: `${body + work}v`, parted: '' },
    811: { kind: 'series', codes: `${meeting + work}v`, parted: '' },
    830: { kind: 'series', codes: `a${work}d`, parted: '' },
  } satisfies Record<string, HeadingTag>),
)

/**
 * The headings of a record from 1XX, 6XX, 7XX, 8XX and their 880s, one for each kind and filing
 * form, in the order of the fields. A 700, 710 or 711 that names a work gives the name and the work.
 */
export function headings(record: MarcRecord): Heading[] {
  const found: Heading[] = []
  const known = new Set<string>()
  for (const field of record.fields) {
    const lead = field.tag.charCodeAt(0)
    // '1', '6', '7' and '8'
    if ((lead !== 49 && (lead < 54 || lead > 56)) || !('subfields' in field)) continue
    const tag = effectiveTag(field)
    const by = headingTags.get(tag)
    if (by) addHeadings(field, tag, by, found, known)
  }
  return found
}

function addHeadings(
  field: DataField,
  tag: string,
  by: HeadingTag,
  found: Heading[],
  known: Set<string>,
): void {
  if (by.kind !== 'name') {
    const codes = by.kind === 'series' ? by.codes.replace('v', '') : by.codes
    add(field, tag, by.kind, formOf(field, codes, by.parted), nonfiling(field, tag, by), found, known)
    return
  }
  const title = field.subfields.findIndex(({ code }) => code === 't')
  const name = title === -1 ? field : { ...field, subfields: field.subfields.slice(0, title) }
  add(field, tag, 'name', formOf(name, by.codes, ''), 0, found, known)
  if (title !== -1) add(field, tag, 'title', formOf(field, by.codes + work, ''), 0, found, known)
}

function add(
  field: DataField,
  tag: string,
  kind: HeadingKind,
  form: string,
  skip: number,
  found: Heading[],
  known: Set<string>,
): void {
  if (form === '') return
  const filed = sortForm(skip > 0 ? form.slice(skip) : form)
  if (filed === '') return
  const id = `${kind}\0${filed}`
  if (known.has(id)) return
  known.add(id)
  found.push({
    kind,
    form: form.length > longestForm ? form.slice(0, longestForm).toWellFormed() : form,
    sortForm: filed,
    tag: field.tag === '880' ? tag : field.tag,
  })
}

function formOf(field: DataField, codes: string, parted: string): string {
  let form = ''
  for (const { code, value } of field.subfields) {
    if (codes.includes(code)) form += form === '' ? value : ` ${value}`
    else if (parted.includes(code)) form = form === '' ? value : `${withoutMark(form)}--${value}`
  }
  return withoutMark(form)
}

/** Drops blanks and a closing comma, colon, semicolon or slash; a full stop too where it ends no initial or abbreviation. */
function withoutMark(form: string): string {
  let end = form.length
  while (end > 0 && ' ,;:/'.includes(form[end - 1] as string)) end--
  if (
    form[end - 1] === '.' &&
    /(?:[\p{L}\p{N})\]"\u2019]{4}|[\d)\]"-])\.$/u.test(form.slice(Math.max(0, end - 6), end))
  )
    end--
  return end === form.length ? form : form.slice(0, end)
}

function nonfiling(field: DataField, tag: string, { nonfiling: where }: HeadingTag): number {
  const digit = where === 'ind1' ? field.ind1 : tag === '830' ? field.ind2 : '0'
  return digit >= '1' && digit <= '9' ? Number(digit) : 0
}

/**
 * The filing form of a heading, and of what a person types to browse to it: folded, punctuation as
 * a single blank, subdivisions after ` -- ` (which files a heading before its subdivisions, and
 * those before longer words). At most 250 characters.
 */
export function sortForm(text: string): string {
  if (!text.includes('--')) return kept(plainWords(text))
  const parts = text.split(/-{2,}/).map(plainWords)
  return kept(parts.filter((part) => part !== '').join(' -- '))
}

const kept = (form: string): string =>
  form.length > longestSortForm ? form.slice(0, longestSortForm).toWellFormed().trimEnd() : form
