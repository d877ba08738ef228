import type { DataField, MarcRecord } from '../../marc/record.ts'
import { displayTitle } from '../display-title.ts'
import { plainWords } from '../fold.ts'
import { yearOf } from '../match/year.ts'
import { encodingLevelOf } from './encoding-level.ts'
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
  /** Code of leader/17, `#` for a blank; empty where it is none that is known. */
  readonly encodingLevel: string
  /** Whether a 506 says so. */
  readonly isOpenAccess: boolean
  /** Folded, without the article that is not filed. */
  readonly sortTitle: string
  readonly sortCreator: string
}

const longestSortForm = 100
const mostRead = 160
const mostLanguages = 12
const between = '\x1f'

/** The facets in one text, which crosses threads and is compared as a whole. One pass over the fields: an import does it for each record. */
export function packedFacets(record: MarcRecord): string {
  const { control, languageFields, title, creator, isOpenAccess } = partsOf(record)
  return [
    resourceTypeOf(record),
    languagesOf(control, languageFields).join(' '),
    yearOf(record) ?? '',
    secondYearOf(control),
    countryOf(control),
    encodingLevelOf(record),
    String(isOpenAccess),
    sortTitleOf(displayTitle(record), title),
    creator === null ? '' : sortNameOf(creator),
  ].join(between)
}

type Parts = {
  /** 008; empty where there is none. */
  readonly control: string
  readonly languageFields: readonly DataField[]
  readonly title: DataField | null
  readonly creator: DataField | null
  readonly isOpenAccess: boolean
}

function partsOf({ fields }: MarcRecord): Parts {
  let control: string | null = null
  let title: DataField | null = null
  let creator: DataField | null = null
  let rank = creatorTags.length
  let isOpenAccess = false
  const languageFields: DataField[] = []
  for (const field of fields) {
    const { tag } = field
    if (!('subfields' in field)) {
      if (tag === '008') control ??= field.value
    } else if (tag === '041') languageFields.push(field)
    else if (tag === '245') title ??= field
    else if (tag === '506') isOpenAccess ||= saysOpenAccess(field)
    else if (rank > 0 && (tag.startsWith('1') || tag.startsWith('7'))) {
      const found = creatorTags.indexOf(tag)
      if (found === -1 || found >= rank) continue
      rank = found
      creator = field
    }
  }
  return { control: control ?? '', languageFields, title, creator, isOpenAccess }
}

const saysOpenAccess = ({ subfields }: DataField): boolean =>
  subfields.some(({ value }) => /unrestricted\s+online\s+access/i.test(value))

/** Of a linked bib, which has them from the record that it is linked to. */
export const noFacets = `${between.repeat(6)}false${between.repeat(2)}`

export function unpackFacets(packed: string): RecordFacets {
  const [
    resourceType = '',
    languages = '',
    year = '',
    secondYear = '',
    country = '',
    encodingLevel = '',
    openAccess = '',
    sortTitle = '',
    sortCreator = '',
  ] = packed.split(between)
  return {
    resourceType,
    languages: languages === '' ? [] : languages.split(' '),
    year: year === '' ? null : Number(year),
    secondYear: secondYear === '' ? null : Number(secondYear),
    country,
    encodingLevel,
    isOpenAccess: openAccess === 'true',
    sortTitle,
    sortCreator,
  }
}

function languagesOf(control: string, fields: readonly DataField[]): string[] {
  const found = new Set<string>()
  const add = (code: string) => {
    if (/^[a-z]{3}$/.test(code) && found.size < mostLanguages) found.add(code)
  }
  add(control.slice(35, 38))
  for (const field of fields) {
    if (field.ind2 === '7') continue
    // Several codes one after the other, as they were written once.
    for (const { code, value } of field.subfields)
      if (code === 'a' || code === 'd') for (const each of value.trim().match(/[a-z]{3}/g) ?? []) add(each)
  }
  return [...found]
}

const secondYearOf = (control: string): string => /^[12]\d{3}$/.exec(control.slice(11, 15))?.[0] ?? ''

function countryOf(control: string): string {
  const code = control.slice(15, 18).trim()
  return /^[a-z]{2,3}$/.test(code) ? code : ''
}

function sortTitleOf(title: string, field: DataField | null): string {
  const skip = field === null ? 0 : Number(field.ind2) || 0
  return sortForm(title.slice(skip)) || sortForm(title)
}

const creatorTags: readonly string[] = ['100', '110', '111', '700', '710', '711']

function sortNameOf({ subfields }: DataField): string {
  let name = ''
  for (const { code, value } of subfields)
    if ('abcdnq'.includes(code)) name += name === '' ? value : ` ${value}`
  return sortForm(name)
}

/** What stands further behind is beyond the longest form, marks that fall away aside. */
const sortForm = (text: string): string =>
  kept(plainWords(text.length > mostRead ? text.slice(0, mostRead).toWellFormed() : text))

const kept = (form: string): string =>
  form.length > longestSortForm ? form.slice(0, longestSortForm).toWellFormed().trimEnd() : form
