import { type DataField, type MarcRecord, controlValue } from '../../marc/record.ts'
import { displayTitle } from '../display-title.ts'
import { effectiveTag } from '../effective-tag.ts'
import { plainWords } from '../fold.ts'
import { yearOf } from '../match/year.ts'
import { resourceTypeOf } from './resource-type.ts'

/** What results are narrowed and sorted by, as far as the record says it. */
export type RecordFacets = {
  readonly resourceType: string
  /** Codes of 008/35-37 and 041 $a and $d, the first one first; empty where nothing says any. */
  readonly languages: readonly string[]
  readonly year: number | null
  /** Date 2 of 008, where it is a year. */
  readonly secondYear: number | null
  /** Code of 008/15-17; empty where it says none. */
  readonly country: string
  /** Folded, without the article that is not filed. */
  readonly sortTitle: string
  readonly sortCreator: string
}

const longestSortForm = 100
const mostLanguages = 12
const between = '\x1f'

/** The facets in one text, which crosses threads and is compared as a whole. */
export function packedFacets(record: MarcRecord): string {
  return [
    resourceTypeOf(record),
    languagesOf(record).join(' '),
    yearOf(record) ?? '',
    secondYearOf(record),
    countryOf(record),
    sortTitleOf(record),
    sortCreatorOf(record),
  ].join(between)
}

/** Of a linked bib, which has them from the record that it is linked to. */
export const noFacets = between.repeat(6)

export function unpackFacets(packed: string): RecordFacets {
  const [
    resourceType = '',
    languages = '',
    year = '',
    secondYear = '',
    country = '',
    sortTitle = '',
    sortCreator = '',
  ] = packed.split(between)
  return {
    resourceType,
    languages: languages === '' ? [] : languages.split(' '),
    year: year === '' ? null : Number(year),
    secondYear: secondYear === '' ? null : Number(secondYear),
    country,
    sortTitle,
    sortCreator,
  }
}

function languagesOf(record: MarcRecord): string[] {
  const found = new Set<string>()
  const add = (code: string) => {
    if (/^[a-z]{3}$/.test(code) && found.size < mostLanguages) found.add(code)
  }
  add(controlValue(record, '008')?.slice(35, 38) ?? '')
  for (const field of record.fields) {
    if (field.tag !== '041' || !('subfields' in field) || field.ind2 === '7') continue
    // Several codes one after the other, as they were written once.
    for (const { code, value } of field.subfields)
      if (code === 'a' || code === 'd') for (const each of value.trim().match(/[a-z]{3}/g) ?? []) add(each)
  }
  return [...found]
}

const secondYearOf = (record: MarcRecord): string =>
  /^[12]\d{3}$/.exec(controlValue(record, '008')?.slice(11, 15) ?? '')?.[0] ?? ''

function countryOf(record: MarcRecord): string {
  const code = controlValue(record, '008')?.slice(15, 18).trim() ?? ''
  return /^[a-z]{2,3}$/.test(code) ? code : ''
}

function sortTitleOf(record: MarcRecord): string {
  const title = displayTitle(record)
  const field = record.fields.find(({ tag }) => tag === '245')
  const skip = field !== undefined && 'subfields' in field ? Number(field.ind2) || 0 : 0
  return kept(plainWords(title.slice(skip)) || plainWords(title))
}

const creatorTags: readonly string[] = ['100', '110', '111', '700', '710', '711']

function sortCreatorOf(record: MarcRecord): string {
  for (const tag of creatorTags) {
    const field = record.fields.find((each): each is DataField => each.tag === tag && 'subfields' in each)
    if (field === undefined || effectiveTag(field) !== tag) continue
    const name = field.subfields.filter(({ code }) => 'abcdnq'.includes(code)).map(({ value }) => value)
    return kept(plainWords(name.join(' ')))
  }
  return ''
}

const kept = (form: string): string =>
  form.length > longestSortForm ? form.slice(0, longestSortForm).toWellFormed().trimEnd() : form
