import type { DataField, MarcRecord } from '../../marc/record.ts'
import { subfieldValue } from '../../marc/record.ts'
import {
  isOclcSystemNumber,
  isbn13,
  issn,
  lccn,
  oclcNumber,
  standardNumber,
  systemNumber,
} from './identifiers.ts'

/** What a 020 says that its number is of. */
export type IsbnOf = 'set' | 'volume' | 'print' | 'electronic'

/** The numbers of a record in their compared forms; `other` are those that it lists as cancelled, invalid or of another version. */
export type RecordNumbers = {
  readonly oclc: Listed
  readonly isbn: Listed
  /** By ISBN, where its 020 says it. */
  readonly isbnOf: Readonly<Record<string, IsbnOf>>
  readonly issn: Listed
  readonly lccn: Listed
  readonly system: readonly string[]
  /** 015, 024, 028 and 030. */
  readonly standard: readonly string[]
  /** Numbers of reports and government documents: 027, 086 and 088. */
  readonly document: readonly string[]
}

/** $a, and all else. */
export type Listed = { readonly own: readonly string[]; readonly other: readonly string[] }

type Lists = { own: string[]; other: string[] }

/** Of a kind, at most; one record of a set has hundreds. */
const most = 12

/** Characters of a number with what stands beside it. */
const longest = 100

export function numbersOf({ fields }: MarcRecord): RecordNumbers {
  const lists = () => ({ own: [], other: [] })
  const oclc: Lists = lists()
  const isbn: Lists = lists()
  const issns: Lists = lists()
  const lccns: Lists = lists()
  const isbnOf: Record<string, IsbnOf> = {}
  const system: string[] = []
  const standard: string[] = []
  const document: string[] = []
  for (const field of fields) {
    if (field.tag.charCodeAt(0) !== 48 || !('subfields' in field)) continue
    for (const { code, value: whole } of field.subfields) {
      const value = whole.slice(0, longest)
      switch (field.tag) {
        case '010':
          if (code === 'a' || code === 'z') list(lccns, code, lccn(value))
          break
        case '015':
        case '030':
          if (code === 'a') add(standard, prefixed(field.tag, systemNumber(value)))
          break
        case '019':
          if (code === 'a') list(oclc, 'z', oclcNumber(value))
          break
        case '020': {
          const number = code === 'a' || code === 'z' ? isbn13(value)?.value : undefined
          if (number === undefined) break
          list(isbn, code, number)
          const of = isbnMeaning(field, value)
          if (of) isbnOf[number] ??= of
          break
        }
        case '022':
          if ('alyz'.includes(code)) list(issns, code, issn(value)?.value)
          break
        case '024':
          if (code === 'a')
            add(standard, standardNumber(field.ind1, subfieldValue(field, '2')?.slice(0, 20), value))
          break
        case '027':
        case '086':
        case '088':
          if (code === 'a') add(document, documentNumber(value))
          break
        case '028':
          if (code === 'a') add(standard, prefixed('028', systemNumber(value)))
          break
        case '035':
          if (code !== 'a' && code !== 'z') break
          if (isOclcSystemNumber(value)) list(oclc, code, oclcNumber(value))
          else if (code === 'a') add(system, systemNumber(value))
      }
    }
  }
  return { oclc, isbn, isbnOf, issn: issns, lccn: lccns, system, standard, document }
}

function list({ own, other }: Lists, code: string, number: string | null | undefined): void {
  add(code === 'a' ? own : other, number)
}

function add(numbers: string[], number: string | null | undefined): void {
  if (number !== null && number !== undefined && numbers.length < most && !numbers.includes(number))
    numbers.push(number)
}

const prefixed = (tag: string, number: string | null): string | null => number && `${tag}:${number}`

/** Blanks and points stand now here, now there in a class number; one that ends in a stem alone is none. */
function documentNumber(value: string): string | null {
  const number = value.replace(/[\s.^]+/g, '').toLowerCase()
  return /[:/-]$/.test(number) || !/\d/.test(number) ? null : number
}

/** From $q, or what follows the number in parentheses. */
function isbnMeaning(field: DataField, value: string): IsbnOf | null {
  const said =
    `${value.slice(value.search(/[^\d\sXx-]/) + 1 || value.length)} ${subfieldValue(field, 'q') ?? ''}`.toLowerCase()
  if (/\bset\b|complete/.test(said)) return 'set'
  if (/\bv(?:ol)?\.? ?\d|\bvolume \d|\bbd\.? ?\d|\bt\.? ?\d/.test(said)) return 'volume'
  if (/electronic|e-?book|\bpdf\b|online|epub|web|kindle/.test(said)) return 'electronic'
  return /p(?:aper)?b(?:ac)?k|cloth|hard|\bhc\b|print|paper|bound|\bhbk\b/.test(said) ? 'print' : null
}
