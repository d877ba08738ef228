import type { MatchFeatures } from './match-features.ts'
import type { KeyKind, KeyOrigin, MatchKey } from './match-key.ts'
import type { MatchLookup, MatchStep } from './match-methods.ts'
import { titleStem, titleTag, titleYear } from './title-key.ts'

/** One key to ask the catalogue for, and which of the existing keys with that value count. */
export type KeyLookup = {
  readonly kind: KeyKind
  readonly value: string
  /** Where the incoming key came from. */
  readonly origin: KeyOrigin
  readonly existing: readonly KeyOrigin[] | OriginRange | 'any'
  readonly sameOrigin: boolean
  /** Of a title key, whose origin has the year: from and to, both included. */
  readonly years?: readonly [number, number]
}

export type Lookup = KeyLookup | { readonly kind: 'mms'; readonly value: string }

/** Origins in the order of their characters, both ends included: a walk along the index of keys. */
export type OriginRange = { readonly from: string; readonly to: string }

/** What a record brings to be looked up by. */
export type LookedUp = {
  readonly keys: readonly MatchKey[]
  /** The incoming 001. */
  readonly controlNumber: string | null
  /** What numbers of 024 are prefixed with where they are those of the source. */
  readonly originatingSystem: string
  readonly features: MatchFeatures | null
}

/** What a step looks up; `prefix`, without parentheses, is the one that keys of 035 must have. */
export function lookupsFor(step: MatchStep, record: LookedUp, prefix?: string): Lookup[] {
  return step.lookups.flatMap((wanted): Lookup[] => {
    if (wanted.kind === 'mms') return record.controlNumber === null ? [] : [mms(record.controlNumber)]
    if (wanted.kind === '024-source') return sourceLookups(record)
    if (wanted.kind === 'title') return titleLookups(wanted, record.keys)
    const { incoming, existing, sameOrigin = false } = wanted
    return record.keys.flatMap(({ kind, value, origin }): Lookup[] =>
      kind === wanted.kind &&
      (incoming === 'any' || incoming.includes(origin)) &&
      (prefix === undefined || hasPrefix(kind, value, prefix))
        ? [{ kind, value, origin, existing, sameOrigin }]
        : [],
    )
  })
}

const mms = (value: string): Lookup => ({ kind: 'mms', value })

/** Keys that are not of 035 have no prefix to be asked for. */
function hasPrefix(kind: KeyKind, value: string, prefix: string): boolean {
  const wanted = prefix.replace(/[\s()]/g, '').toLowerCase()
  if (kind === 'oclc') return wanted === 'ocolc'
  return kind !== 'system' || value.startsWith(`(${wanted})`)
}

/** The number as it was typed, which may have the prefix of its system or not. */
function sourceLookups({ features, originatingSystem }: LookedUp): Lookup[] {
  return (features?.standardNumbers ?? []).flatMap((typed): Lookup[] => [
    ...[typed, `(${originatingSystem})${typed}`].map(
      (value): Lookup => ({ kind: 'source', value, origin: 'a', existing: 'any', sameOrigin: false }),
    ),
    mms(typed),
  ])
}

function titleLookups(
  { compared, years }: Extract<MatchLookup, { kind: 'title' }>,
  keys: readonly MatchKey[],
): Lookup[] {
  return keys.flatMap(({ kind, value, origin }): Lookup[] => {
    if (kind !== 'title') return []
    const year = titleYear(origin)
    if (years !== undefined && year === 0) return []
    const within = years === undefined ? {} : { years: [year - years, year + years] as const }
    if (compared === 'proper') return [{ kind, value, origin, existing: 'any', sameOrigin: false, ...within }]
    if (titleTag(origin) !== '245') return []
    const stem = titleStem(origin)
    const existing =
      years === undefined
        ? { from: stem, to: `${stem}9999` }
        : { from: `${stem}${year - years}`, to: `${stem}${year + years}` }
    return [{ kind, value, origin, existing, sameOrigin: false, ...within }]
  })
}

/** What tells a look-up in the catalogue from others: several records may ask the same. */
export function lookupKey(lookup: KeyLookup): string {
  const { kind, value } = lookup
  if (kind !== 'title') return `${kind}:${value}`
  const { first, last, since, until } = titleRange(lookup)
  return `${kind}:${value}/${first}/${last}/${since}/${until}`
}

/** Which rows of a title a look-up can be met by: those with an origin from `first` to `last` that ends in a year from `since` to `until`. */
export function titleRange({ existing, years }: Pick<KeyLookup, 'existing' | 'years'>): TitleRange {
  const [since, until] = years ? years.map(String) : []
  const { from, to } = typeof existing === 'string' || 'length' in existing ? { from: '', to: '~' } : existing
  return { first: from, last: to, since: since ?? '', until: until ?? '9999' }
}

export type TitleRange = {
  readonly first: string
  readonly last: string
  readonly since: string
  readonly until: string
}

/** Whether an existing key with the looked-up value and this origin counts. */
export function counts(lookup: KeyLookup, origin: KeyOrigin): boolean {
  const { existing, sameOrigin, years } = lookup
  if (sameOrigin && origin !== lookup.origin) return false
  if (years && !(titleYear(origin) >= years[0] && titleYear(origin) <= years[1])) return false
  if (typeof existing === 'string') return true
  if ('length' in existing) return existing.includes(origin)
  return origin >= existing.from && origin <= existing.to
}
