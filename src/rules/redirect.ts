import type { Field, MarcRecord } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import { tagMatches } from './field-pattern.ts'
import type { Redirect } from './import-profile.ts'
import { isOclcSystemNumber, oclcNumber, systemNumber } from './match/identifiers.ts'
import { type KeyLookup, counts } from './match/lookup.ts'
import { type MatchIndex, indexKey } from './match/match-index.ts'
import { type KeyKind, type KeyOrigin, matchKeys } from './match/match-key.ts'
import { tracedKey } from './trace.ts'

/** Where a bib has a number of a kind that is current, and not one that it once had. */
const current: Partial<Record<KeyKind, readonly KeyOrigin[]>> = {
  oclc: ['a'],
  isbn: ['a'],
  issn: ['a', 'l'],
  lccn: ['a'],
  system: ['a'],
  standard: ['a'],
  source: ['001'],
}

/**
 * The numbers in the field that a profile names for superseded records, as what to look up: bibs that have
 * one of them as their current number. A field that makes match keys has numbers of its own kind (019 those
 * of OCLC); in any other one a number in parentheses is that of the system which they name, and a bare one
 * that of the record's source, whose prefix is `source`.
 */
export function redirectLookups(record: MarcRecord, redirect: Redirect, source: string): KeyLookup[] {
  const lookups: KeyLookup[] = []
  const add = (kind: KeyKind, value: string | null) => {
    const existing = current[kind]
    if (value !== null && existing && !lookups.some((known) => known.kind === kind && known.value === value))
      lookups.push({ kind, value, origin: redirect.subfield, existing, sameOrigin: false })
  }
  for (const field of record.fields) {
    if (!tagMatches(redirect.field, field.tag)) continue
    for (const value of valuesOf(field, redirect.subfield)) {
      const keys = matchKeys({ leader: record.leader, fields: [withValue(field, redirect.subfield, value)] })
      for (const key of keys) add(key.kind, key.value)
      const isSystem = keys.length === 0 || keys.some(({ kind }) => kind === 'system')
      if (!isSystem) continue
      if (isOclcSystemNumber(value)) add('oclc', oclcNumber(value))
      else if (value.trim().startsWith('(')) {
        add('system', systemNumber(value))
        add('source', value.trim())
      } else if (keys.length === 0) add('source', `${source}${value.trim()}`)
    }
  }
  return lookups
}

const valuesOf = (field: Field, code: string): string[] =>
  'subfields' in field
    ? field.subfields.flatMap((subfield) => (subfield.code === code ? [subfield.value] : []))
    : [field.value]

const withValue = (field: Field, code: string, value: string): Field =>
  'subfields' in field ? { ...field, subfields: [{ code, value }] } : field

/** Bibs with the numbers that they have of those looked up, as a trace writes them. */
export type Superseded = ReadonlyMap<BibState, readonly string[]>

export const noneSuperseded: Superseded = new Map()

/** The bibs that have one of these numbers now. */
export function supersededBy(lookups: readonly KeyLookup[], index: MatchIndex): Superseded {
  const found = new Map<BibState, string[]>()
  for (const lookup of lookups) {
    const { kind, value } = lookup
    for (const { mmsId, origin } of index.hits.get(indexKey(kind, value)) ?? []) {
      const bib = index.bibs.get(mmsId)
      if (bib && counts(lookup, origin))
        found.set(bib, [...(found.get(bib) ?? []), tracedKey(kind, value, origin)])
    }
  }
  return found
}
