import type { MatchLookup, MatchMethod, MatchStep } from '../import-profile.ts'
import type { KeyKind, KeyOrigin, MatchKey } from './match-key.ts'

/** One key to ask the catalogue for, and which of the existing keys with that value count. */
export type Lookup =
  | {
      readonly kind: KeyKind
      readonly value: string
      /** Where the incoming key came from. */
      readonly origin: KeyOrigin
      readonly existing: readonly KeyOrigin[] | 'any'
      readonly sameOrigin: boolean
    }
  | { readonly kind: 'mms'; readonly value: string }

const az: readonly KeyOrigin[] = ['a', 'z']

const all = (kind: KeyKind): MatchLookup => ({ kind, incoming: 'any', existing: 'any' })
/** D10: `$a` and `$z` of the one match `$a` and `$z` of the other; 019 counts where normalisation has made it `$z`. */
const oclc: MatchLookup = { kind: 'oclc', incoming: az, existing: az }
const exact = (kind: KeyKind, origins: readonly KeyOrigin[]): MatchLookup => ({
  kind,
  incoming: origins,
  existing: origins,
  sameOrigin: true,
})
const systems: readonly MatchLookup[] = [all('standard'), oclc, all('system')]

/** The shipped match methods. */
export const matchMethods: readonly MatchMethod[] = [
  method('oclc', 'Unique OCLC identifier', false, step('OCLC number', oclc)),
  method(
    'oclc-else-source',
    'Unique OCLC identifier, else the number of the source, else the same content',
    false,
    step('OCLC number', oclc),
    step('number of the source', all('source')),
    step('same content', all('content')),
  ),
  method('mms-001', '001 to MMS ID', false, step('MMS ID in 001', { kind: 'mms' })),
  method('024-035', '024 / 035', false, step('standard and system numbers', ...systems)),
  method('isbn-exact', 'ISBN, exact subfield', true, step('ISBN', exact('isbn', az))),
  method('isbn-any', 'ISBN', true, step('ISBN', all('isbn'))),
  method('issn-exact', 'ISSN, exact subfield', true, step('ISSN', exact('issn', ['a', 'y', 'z']))),
  method('issn-any', 'ISSN', true, step('ISSN', all('issn'))),
  method('lccn', 'LCCN', false, step('LCCN', { kind: 'lccn', incoming: ['a'], existing: az })),
  method(
    'isbn-024-035',
    'ISBN / 024 / 035',
    true,
    step('ISBN, standard and system numbers', all('isbn'), ...systems),
  ),
  method(
    'issn-024-035',
    'ISSN / 024 / 035',
    true,
    step('ISSN, standard and system numbers', all('issn'), ...systems),
  ),
  method(
    'fuzzy',
    'Identifiers, then title and author',
    true,
    step('identifiers', oclc, all('lccn'), all('isbn'), all('issn'), all('system')),
    step('title, author, year and type', all('title')),
  ),
  method('title-author', 'Title and author', true, step('title, author, year and type', all('title'))),
]

function method(
  code: string,
  name: string,
  sameCarrier: boolean,
  ...steps: readonly MatchStep[]
): MatchMethod {
  return { code, name, steps, sameCarrier }
}

function step(name: string, ...lookups: readonly MatchLookup[]): MatchStep {
  return { name, lookups }
}

const byCode = new Map(matchMethods.map((shipped) => [shipped.code, shipped]))

/** The shipped match method of a code. Throws RangeError for one that does not exist. */
export function matchMethod(code: string): MatchMethod {
  const found = byCode.get(code)
  if (!found)
    throw new RangeError(`There is no match method ${code}; there are ${[...byCode.keys()].join(', ')}`)
  return found
}

/** What a step looks up for a record with these keys; `controlNumber` is the incoming 001. */
export function lookupsFor(
  step: MatchStep,
  keys: readonly MatchKey[],
  controlNumber: string | null,
): Lookup[] {
  const lookups: Lookup[] = []
  for (const wanted of step.lookups) {
    if (wanted.kind === 'mms') {
      if (controlNumber !== null) lookups.push({ kind: 'mms', value: controlNumber })
      continue
    }
    const { incoming, existing, sameOrigin = false } = wanted
    for (const { kind, value, origin } of keys) {
      if (kind === wanted.kind && (incoming === 'any' || incoming.includes(origin)))
        lookups.push({ kind, value, origin, existing, sameOrigin })
    }
  }
  return lookups
}
