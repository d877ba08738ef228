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
import { titleKeys } from './title-key.ts'

/*
 * What a bib is found by. One row a key in the catalogue's match_key table; the same functions
 * make the keys of an incoming record and of a stored one, so that the two cannot drift apart.
 */

/** What kind of identifier a key is; see `docs/glossary.md`. */
export type KeyKind =
  | 'oclc'
  | 'isbn'
  | 'issn'
  | 'lccn'
  | 'nbn'
  | 'coden'
  | 'system'
  | 'standard'
  | 'number'
  | 'source'
  | 'title'
  | 'content'

/**
 * Where the key came from: the subfield code of its field (`a`, `z`, `y`, …), `019` for a
 * cancelled OCLC number, `001` for a source's own control number; of a `number` field and subfield. Of a title it says more: see `titleKeys`.
 */
export type KeyOrigin = string

/**
 * - `oclc`: digits without leading zeros (D10) from 035 $a/$z (OCoLC) and 019 $a. An OCLC 001 is moved
 *   to 035 when a record is prepared; here 001 is the catalogue's own number and makes no key
 * - `isbn`: 13 digits; an ISBN-10 is turned into its ISBN-13; an invalid one is kept as typed, folded
 * - `issn`: `1234-5678`; origin a, l, y, z
 * - `lccn`: normalised as the Library of Congress does it; 010 a, z
 * - `nbn`: 015 a, z, folded as a system number is
 * - `coden`: 030 a, z, folded alike
 * - `system`: any other 035, `(PREFIX)value`, origin a, z, 9
 * - `standard`: 024, `source-or-type:value`
 * - `number`: what is searched and never matched; see `numberKeys`
 * - `source`: 003 and 001 as they came, `(003)001`; kept beside the record and added by `derive`
 * - `title`: a title proper, for records without an identifier in common
 * - `content`: hash of the whole content, of a record that has neither an OCLC nor a source's number
 */
export type MatchKey = { readonly kind: KeyKind; readonly value: string; readonly origin: KeyOrigin }

/** Characters of a key's value that are kept. */
const longestValue = 250

/** The keys of a record, each once, in the order of its fields, titles last; about four to eight a record. */
export function matchKeys(record: MarcRecord): MatchKey[] {
  const keys: MatchKey[] = []
  for (const field of record.fields) {
    // Every key but those of titles comes from 010 to 035.
    if (field.tag.charCodeAt(0) === 48 && 'subfields' in field) addKeys(field, keys)
  }
  return [...keys, ...titleKeys(record)]
}

function addKeys(field: DataField, keys: MatchKey[]): void {
  for (const { code, value } of field.subfields) {
    switch (field.tag) {
      case '010':
        if (code === 'a' || code === 'z') addKey(keys, 'lccn', lccn(value), code)
        break
      case '015':
        if (code === 'a' || code === 'z') addKey(keys, 'nbn', systemNumber(value), code)
        break
      case '019':
        if (code === 'a') addKey(keys, 'oclc', oclcNumber(value), '019')
        break
      case '020':
        if (code === 'a' || code === 'z') addKey(keys, 'isbn', isbn13(value)?.value, code)
        break
      case '022':
        if (code === 'a' || code === 'l' || code === 'y' || code === 'z')
          addKey(keys, 'issn', issn(value)?.value, code)
        break
      case '024':
        if (code === 'a' || code === 'z')
          addKey(keys, 'standard', standardNumber(field.ind1, subfieldValue(field, '2'), value), code)
        break
      case '030':
        if (code === 'a' || code === 'z') addKey(keys, 'coden', systemNumber(value), code)
        break
      case '035':
        if (code === 'a' || code === 'z' || code === '9') addSystemKey(keys, value, code)
        break
    }
  }
}

/** Only a number that says it is OCLC's is one: bare digits in an 035 are some other system's. */
function addSystemKey(keys: MatchKey[], value: string, origin: KeyOrigin): void {
  const oclc = isOclcSystemNumber(value) ? oclcNumber(value) : null
  if (oclc !== null) addKey(keys, 'oclc', oclc, origin)
  else addKey(keys, 'system', systemNumber(value), origin)
}

function addKey(keys: MatchKey[], kind: KeyKind, value: string | null | undefined, origin: KeyOrigin): void {
  if (value === null || value === undefined) return
  const kept = value.length > longestValue ? value.slice(0, longestValue).toWellFormed() : value
  if (!keys.some((key) => key.value === kept && key.kind === kind && key.origin === origin))
    keys.push({ kind, value: kept, origin })
}
