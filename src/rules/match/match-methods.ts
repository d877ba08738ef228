import type { Comparison } from './comparison.ts'
import type { KeyKind, KeyOrigin } from './match-key.ts'

/**
 * How a record is matched: steps in order, the first that finds anything decides.
 * A step looks up the incoming keys of a kind (of those origins) among existing keys (of those origins).
 */
export type MatchMethod = {
  readonly code: string
  readonly name: string
  readonly steps: readonly MatchStep[]
  /** A match of the other inventory type (print or electronic, D11) is no match. */
  readonly sameCarrier: boolean
}

export type MatchStep = {
  readonly name: string
  readonly lookups: readonly MatchLookup[]
  /** What must agree between the record and a bib that has its key; looked at in this order. */
  readonly agree?: readonly Comparison[]
  /** Where several bibs are left, the one that was added last is the match. */
  readonly newest?: true
  /** Candidates are weighed, and the thresholds of the profile decide. */
  readonly weighs?: true
}

export type MatchLookup =
  | {
      readonly kind: Exclude<KeyKind, 'title'>
      readonly incoming: readonly KeyOrigin[] | 'any'
      readonly existing: readonly KeyOrigin[] | 'any'
      /** Incoming and existing must have the same origin (`$a`↔`$a`, `$z`↔`$z`). */
      readonly sameOrigin?: boolean
    }
  | {
      readonly kind: 'title'
      /** `whole`: 245 with all its parts. `proper`: the title proper of any title of the one, and of any of the other. */
      readonly compared: 'whole' | 'proper'
      /** By how many years the two may differ; nothing: by any. */
      readonly years?: 0 | 1
    }
  /** The incoming 001 is the existing MMS ID. */
  | { readonly kind: 'mms' }
  /** An incoming 024 $a is the number that the bib has in its originating system, or its MMS ID. */
  | { readonly kind: '024-source' }

const az: readonly KeyOrigin[] = ['a', 'z']

const all = (kind: Exclude<KeyKind, 'title'>): MatchLookup => ({ kind, incoming: 'any', existing: 'any' })
/** D10: `$a` and `$z` of the one match `$a` and `$z` of the other; 019 counts where normalisation has made it `$z`. */
const oclc: MatchLookup = { kind: 'oclc', incoming: az, existing: az }
const exact = (kind: 'isbn' | 'issn', origins: readonly KeyOrigin[]): MatchLookup => ({
  kind,
  incoming: origins,
  existing: origins,
  sameOrigin: true,
})
const isbnExact = exact('isbn', az)
const issnExact = exact('issn', ['a', 'y', 'z'])
const systems: readonly MatchLookup[] = [all('standard'), oclc, all('system')]
const identifiers: readonly MatchLookup[] = [
  oclc,
  all('lccn'),
  all('isbn'),
  all('issn'),
  all('coden'),
  all('system'),
]
const everything: readonly MatchLookup[] = [
  ...identifiers,
  all('standard'),
  all('nbn'),
  all('source'),
  all('content'),
  { kind: 'title', compared: 'whole' },
  { kind: 'title', compared: 'proper' },
]

const plain = (code: string, name: string, ...steps: readonly MatchStep[]): MatchMethod => ({
  code,
  name,
  steps,
  sameCarrier: false,
})

/** D11: on for methods by ISBN, ISSN and title. */
const ofCarrier = (code: string, name: string, ...steps: readonly MatchStep[]): MatchMethod => ({
  code,
  name,
  steps,
  sameCarrier: true,
})

const step = (name: string, ...lookups: readonly MatchLookup[]): MatchStep => ({ name, lookups })

const titleAndAuthor: MatchStep = {
  name: 'title, author, year and type',
  lookups: [{ kind: 'title', compared: 'whole', years: 0 }],
  agree: ['author or none', 'type', 'level'],
}

/** Identifiers; then title and author; then, for a record without an author, the title alone. */
function fuzzy(compared: 'whole' | 'proper', level: 'serial' | 'non-serial'): readonly MatchStep[] {
  const lookups: readonly MatchLookup[] = [{ kind: 'title', compared }]
  return [
    step('identifiers', ...identifiers),
    { name: 'title and author', lookups, agree: ['author', level] },
    { name: 'title', lookups, agree: ['no author', level] },
  ]
}

/** The same, each step with the year within one and the same type of record. */
function titleStatement(compared: 'whole' | 'proper', level: 'serial' | 'non-serial'): readonly MatchStep[] {
  const lookups: readonly MatchLookup[] = [{ kind: 'title', compared, years: 1 }]
  return [
    { ...step('identifiers, year and type', ...identifiers), agree: ['year', 'type'], newest: true },
    { name: 'title, author, year and type', lookups, agree: ['type', 'author', level], newest: true },
    { name: 'title, year and type', lookups, agree: ['type', 'no author', level], newest: true },
  ]
}

/** The shipped match methods. */
export const matchMethods: readonly MatchMethod[] = [
  plain('oclc', 'Unique OCLC identifier', step('OCLC number', oclc)),
  plain(
    'oclc-else-source',
    'Unique OCLC identifier, else the number of the source, else the same content',
    step('OCLC number', oclc),
    step('number of the source', all('source')),
    step('same content', all('content')),
  ),
  plain('mms-001', '001 to MMS ID', step('MMS ID in 001', { kind: 'mms' })),
  plain(
    '024-source',
    '024 to originating system number or MMS ID',
    step('number of the source or MMS ID in 024', { kind: '024-source' }),
  ),
  plain('024-035', '024 / 035', step('standard and system numbers', ...systems)),
  plain('024', 'Other standard identifier (024)', step('standard number', all('standard'))),
  plain('035', 'Other system identifier (035)', step('system number', oclc, all('system'))),
  plain('015', 'National bibliography number (015)', step('national bibliography number', all('nbn'))),
  plain('lccn', 'LCCN', step('LCCN', { kind: 'lccn', incoming: ['a'], existing: az })),
  ofCarrier('isbn-exact', 'ISBN, exact subfield', step('ISBN', isbnExact)),
  ofCarrier('isbn-any', 'ISBN', step('ISBN', all('isbn'))),
  ofCarrier('issn-exact', 'ISSN, exact subfield', step('ISSN', issnExact)),
  ofCarrier('issn-any', 'ISSN', step('ISSN', all('issn'))),
  ofCarrier(
    'isbn-024-035',
    'ISBN / 024 / 035',
    step('ISBN, standard and system numbers', all('isbn'), ...systems),
  ),
  ofCarrier(
    'isbn-exact-024-035',
    'ISBN, exact subfield / 024 / 035',
    step('ISBN, standard and system numbers', isbnExact, ...systems),
  ),
  ofCarrier(
    'issn-024-035',
    'ISSN / 024 / 035',
    step('ISSN, standard and system numbers', all('issn'), ...systems),
  ),
  ofCarrier(
    'issn-exact-024-035',
    'ISSN, exact subfield / 024 / 035',
    step('ISSN, standard and system numbers', issnExact, ...systems),
  ),
  ofCarrier(
    'fuzzy',
    'Identifiers, then title and author',
    step('identifiers', ...identifiers),
    titleAndAuthor,
  ),
  ofCarrier('title-author', 'Title and author', titleAndAuthor),
  ofCarrier('fuzzy-non-serial', 'Fuzzy, non-serial', ...fuzzy('whole', 'non-serial')),
  ofCarrier('fuzzy-serial', 'Fuzzy, serial', ...fuzzy('whole', 'serial')),
  ofCarrier('fuzzy-extended-non-serial', 'Extended fuzzy, non-serial', ...fuzzy('proper', 'non-serial')),
  ofCarrier('fuzzy-extended-serial', 'Extended fuzzy, serial', ...fuzzy('proper', 'serial')),
  ofCarrier(
    'title-fuzzy-non-serial',
    'Title statement fuzzy, non-serial',
    ...titleStatement('whole', 'non-serial'),
  ),
  ofCarrier('title-fuzzy-serial', 'Title statement fuzzy, serial', ...titleStatement('whole', 'serial')),
  ofCarrier(
    'title-fuzzy-extended-non-serial',
    'Title statement extended fuzzy, non-serial',
    ...titleStatement('proper', 'non-serial'),
  ),
  ofCarrier(
    'title-fuzzy-extended-serial',
    'Title statement extended fuzzy, serial',
    ...titleStatement('proper', 'serial'),
  ),
  // Its steps are those of the profile's rows.
  plain('multi-step', 'Multi-step'),
  plain('weighted', 'Weighted', { name: 'weighing', lookups: everything, weighs: true }),
]

const byCode = new Map(matchMethods.map((shipped) => [shipped.code, shipped]))

/** The shipped match method of a code. Throws RangeError for one that does not exist. */
export function matchMethod(code: string): MatchMethod {
  const found = byCode.get(code)
  if (!found)
    throw new RangeError(`There is no match method ${code}; there are ${[...byCode.keys()].join(', ')}`)
  return found
}
