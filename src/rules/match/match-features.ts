import type { DataField, MarcRecord } from '../../marc/record.ts'
import { controlValue } from '../../marc/record.ts'
import { effectiveTag } from '../effective-tag.ts'
import { plainWords } from '../fold.ts'
import { type Author, authorsOf } from './author.ts'
import { editionWords } from './edition.ts'
import { type Extent, extentOf } from './extent.ts'
import { type Form, formsOf } from './form.ts'
import { isSerial } from './is-serial.ts'
import { partWords } from './part.ts'
import { type Providers, providersOf } from './provider.ts'
import { type RecordNumbers, numbersOf } from './record-numbers.ts'
import { type Title, titleOf } from './title.ts'
import { imprintYears, yearOf } from './year.ts'

/** What two records are compared by where their keys do not say enough; about a kilobyte, since it crosses threads. */
export type MatchFeatures = {
  /** Leader/06 and leader/07. */
  readonly type: string
  readonly level: string
  /** D12. */
  readonly isSerial: boolean
  readonly year: number | null
  /** Every year that it may be of: date 1, a copyright date, those of the imprint. */
  readonly years: readonly number[]
  /** Those of 245 first, if there are any. */
  readonly titles: readonly Title[]
  /** Number and name of a part, in 245 $n and $p. */
  readonly part: readonly string[]
  /** Numbers in series: 490 $v and 830 $v. */
  readonly seriesNumbers: readonly string[]
  readonly authors: readonly Author[]
  /** Words of the statement of responsibility, 245 $c. */
  readonly statement: string
  readonly edition: readonly string[]
  readonly publisher: string
  readonly extent: Extent
  /** 008/35-37; nothing where that says none or several. */
  readonly language: string | null
  readonly forms: readonly Form[]
  readonly providers: Providers
  /** `(003)001` as they came. */
  readonly sourceNumber: string | null
  readonly numbers: RecordNumbers
  /** 024 $a as they were typed. */
  readonly standardNumbers: readonly string[]
}

/** Of a kind, at most. */
const most = 6

/** Characters of a text that are compared, at most: some records have whole books in a field. */
const longest = 300

/** `sourceNumber`: what the record is numbered as where it came from. */
export function matchFeatures(record: MarcRecord, sourceNumber: string | null = null): MatchFeatures {
  const titles: Title[] = []
  const variants: Title[] = []
  const found = { part: '', statement: '', edition: '', publisher: '' }
  const seriesNumbers: string[] = []
  const standardNumbers: string[] = []
  for (const field of record.fields) {
    if (!('subfields' in field)) continue
    switch (effectiveTag(field)) {
      case '024':
        standardNumbers.push(...valuesOf(field, 'a'))
        break
      case '210':
      case '246':
        addTitle(variants, field, 'a')
        break
      case '245':
        addTitle(titles, field, 'abknp')
        found.part ||= plainWords(textOf(field, 'np'))
        found.statement ||= plainWords(textOf(field, 'c'))
        break
      case '250':
        found.edition ||= textOf(field, 'ab')
        break
      case '260':
      case '264':
        found.publisher ||= valuesOf(field, 'b')[0]?.slice(0, longest) ?? ''
        break
      case '490':
      case '830':
        for (const number of valuesOf(field, 'v'))
          if (seriesNumbers.length < most) seriesNumbers.push(plainWords(number.slice(0, 60)))
    }
  }
  return {
    type: record.leader[6] ?? ' ',
    level: record.leader[7] ?? ' ',
    isSerial: isSerial(record),
    year: yearOf(record),
    years: yearsOf(record),
    titles: [...titles, ...variants].slice(0, most),
    part: partWords(found.part),
    seriesNumbers: [...new Set(seriesNumbers)],
    authors: authorsOf(record),
    statement: found.statement,
    edition: editionWords(found.edition),
    publisher: plainWords(found.publisher),
    extent: extentOf(record),
    language: languageOf(record),
    forms: formsOf(record),
    providers: providersOf(record),
    sourceNumber,
    numbers: numbersOf(record),
    standardNumbers: standardNumbers.slice(0, most).map((number) => number.slice(0, longest)),
  }
}

function addTitle(titles: Title[], field: DataField, codes: string): void {
  const found = titles.length < most ? titleOf(field, codes) : null
  const title = found && { proper: found.proper.slice(0, longest), rest: found.rest.slice(0, longest) }
  if (title && !titles.some(({ proper, rest }) => proper === title.proper && rest === title.rest))
    titles.push(title)
}

const textOf = (field: DataField, codes: string): string => valuesOf(field, codes).join(' ').slice(0, longest)

function valuesOf({ subfields }: DataField, codes: string): string[] {
  return subfields.flatMap(({ code, value }) =>
    codes.includes(code) && value.trim() !== '' ? [value.trim()] : [],
  )
}

/** Date 2 counts where it is a copyright date (008/06 t): of a reprint it is the original's, of a serial its end. */
function yearsOf(record: MarcRecord): number[] {
  const dates = controlValue(record, '008')?.slice(6, 15) ?? ''
  const first = yearOf(record)
  const copyright = dates[0] === 't' && /^[12]\d{3}$/.test(dates.slice(5)) ? [Number(dates.slice(5))] : []
  return [...new Set([...(first === null ? [] : [first]), ...copyright, ...imprintYears(record)])].slice(
    0,
    most,
  )
}

const noLanguage = new Set(['   ', '|||', 'und', 'zxx', 'mul', 'xxx'])

function languageOf(record: MarcRecord): string | null {
  const language = controlValue(record, '008')?.slice(35, 38) ?? ''
  return /^[a-z]{3}$/.test(language) && !noLanguage.has(language) ? language : null
}
