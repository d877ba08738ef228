import { randomInt } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { Derived } from '../rules/bib-state.ts'
import { type BriefLevels, shippedBriefLevels } from '../rules/brief-level.ts'
import { carrierOf } from '../rules/match/carrier.ts'
import { attempt, RuleFailure } from '../rules/normalize/budget.ts'
import { derive } from '../rules/derive.ts'
import { noFacets } from '../rules/search/record-facets.ts'
import { unpackWords } from '../rules/words.ts'
import { findPastLevels } from './brief-rule.ts'
import { type Check, exampleCount, type Scope } from './check.ts'

const batchSize = 500

/** A bib with what it is found by, as the tables have it. */
type BibRow = {
  readonly zoneId: number
  readonly mmsId: string
  readonly record: string
  readonly isLinked: boolean
  readonly originatingNumber: string | null
  readonly briefLevel: number
  readonly carrier: string
  /** Rows of its own each, in one text, which is read far faster than an array. */
  readonly keys: string | null
  readonly headings: string | null
  readonly words: string | null
  readonly title: string | null
  readonly suppressed: boolean
  readonly publishToOclc: string
  readonly originatingSystem: string
  readonly linkedMmsId: string | null
  /** The row of bib_facet in the order of `facetRow`. */
  readonly facets: string | null
}

/** What differs between the tables and the record, in words; nothing where they agree. */
type Rule = {
  readonly id: string
  readonly title: string
  readonly differ: (bib: BibRow, derived: Derived, past: PastLevels) => string | null
}

/** By zone, the brief levels by which its bibs may have been saved, besides the shipped ones. */
type PastLevels = ReadonlyMap<number, readonly BriefLevels[]>

const rules: readonly Rule[] = [
  {
    id: 'KEYS_DERIVED',
    title: 'The match keys of a bib are those of its record.',
    differ: ({ keys, isLinked }, derived) =>
      difference(
        partsOf(keys),
        derived.keys
          // A linked bib is matched by the network's keys, and its content is not its own.
          .filter(({ kind }) => !isLinked || kind !== 'content')
          .map(({ kind, value, origin }) => `${kind} ${value} ${origin}`),
      ),
  },
  {
    id: 'HEADINGS_DERIVED',
    title: 'The headings of a bib are those of its record.',
    differ: ({ headings }, derived) =>
      difference(
        partsOf(headings),
        derived.headings.map(({ kind, sortForm, form }) => `${kind} ${sortForm} ${form}`),
      ),
  },
  {
    id: 'SEARCH_DERIVED',
    title: 'A bib has a search row with the title and the words of its record.',
    differ: ({ title, words }, derived) => {
      const isSearched = derived.words !== '' || derived.title !== ''
      if (isSearched !== (title !== null))
        return isSearched ? 'has no search row' : 'has a search row too many'
      if (title !== null && title !== derived.title) return `is shown as ${title}, not as ${derived.title}`
      return difference(partsOf(words).map(sortedPlaces), [...weightedWords(derived.words)])
    },
  },
  {
    id: 'FACETS_DERIVED',
    title: 'A bib has a row of facets with what its record and its state say.',
    differ: (bib, derived) =>
      bib.facets === null ? 'has no row of facets' : difference([bib.facets], [facetRow(bib, derived)]),
  },
  {
    id: 'LEVELS_DERIVED',
    title:
      'The brief level and the carrier of a bib are those of its record, by a rule that its zone has or had.',
    differ: ({ zoneId, record, isLinked, briefLevel: level, carrier }, _derived, past) => {
      if (isLinked) return null
      const unpacked = unpack(record)
      const shipped = shippedBriefLevels(unpacked).level
      const isPast = (past.get(zoneId) ?? []).some((levels) => levelled(levels, unpacked) === level)
      const should = isPast ? level : shipped
      return difference([`level ${level}`, carrier], [`level ${should}`, carrierOf(unpacked)])
    },
  },
]

/** Derives what about so many bibs are found by from their records anew, by the very function that wrote it. */
export async function* verifyDerived(db: Database, scope: Scope, sample: number): AsyncGenerator<Check> {
  const found = rules.map(() => ({ breaches: 0, examples: [] as string[] }))
  let checked = 0
  const past = await findPastLevels(db)
  const values = [scope.zones, await shareOf(db, scope, sample), randomInt(2 ** 31)]
  for await (const batch of db.stream<BibRow>(bibsQuery, values, batchSize)) {
    for (const bib of batch) {
      checked++
      const derived = derive(unpack(bib.record), bib.originatingNumber)
      for (const [at, { differ }] of rules.entries()) {
        const how = differ(bib, derived, past)
        const of = found[at]
        if (how === null || !of) continue
        of.breaches++
        if (of.examples.length < exampleCount) of.examples.push(`${bib.mmsId}: ${how}`)
      }
    }
  }
  for (const [at, { id, title }] of rules.entries()) {
    const { breaches = 0, examples = [] } = found[at] ?? {}
    yield { id, title, checked, breaches, examples }
  }
}

/** The level by a rule; nothing where it breaks on the record. */
function levelled(levels: BriefLevels, record: MarcRecord): number | null {
  const found = attempt(() => levels(record))
  return found instanceof RuleFailure ? null : found.level
}

/** The part of the bibs that is looked at, from 0 to 1. */
async function shareOf(db: Database, { zones }: Scope, sample: number): Promise<number> {
  const [row] = await db.query<{ bibs: number }>(
    `select count(*) as bibs from bib where $1::smallint[] is null or zone_id = any($1)`,
    [zones],
  )
  return Math.min(1, sample / Math.max(row?.bibs ?? 0, 1))
}

/** Whether a row is of a bib that is looked at: $2 is their share, and $3 makes it other ones each time. */
const isChosen = `($1::smallint[] is null or zone_id = any($1))
  and (hashtextextended(mms_id, $3::bigint) & 1048575) < $2::float8 * 1048576`

/** What `facetRow` is, of the row that is there. */
const facetColumns = `concat_ws(e'\\x1f', f.resource_type, array_to_string(f.languages, ' '), coalesce(f.year::text, ''),
  coalesce(f.second_year::text, ''), f.country, f.encoding_level, f.open_access::text, f.sort_title, f.sort_creator, f.carrier, f.brief_level, f.suppressed::text,
  f.publish_to_oclc, f.originating_system, f.linked_mms_id)`

/**
 * One reading of each table, however many bibs: match_key has no index by bib, so rows are gathered by bib
 * and not looked up, and no two gathered sets are joined, whose sizes no planner could guess.
 */
const bibsQuery = `
  with rows as (
    select zone_id, mms_id, null as key, null as heading from bib where ${isChosen}
    union all
    select zone_id, mms_id, concat_ws(' ', kind, value, origin), null from match_key where ${isChosen}
    union all
    select zone_id, mms_id, null, concat_ws(' ', kind, sort_form, form) from bib_heading where ${isChosen}
  ), gathered as (
    select zone_id, mms_id, string_agg(key, e'\\x1d') as keys, string_agg(heading, e'\\x1d') as headings
    from rows group by zone_id, mms_id
  )
  select b.zone_id as "zoneId", b.mms_id as "mmsId", b.record, b.linked_mms_id is not null as "isLinked", b.originating_number as "originatingNumber",
    b.brief_level as "briefLevel", b.carrier, b.suppressed, b.publish_to_oclc as "publishToOclc",
    b.originating_system as "originatingSystem", b.linked_mms_id as "linkedMmsId", g.keys, g.headings, s.title,
    case when f.mms_id is not null then ${facetColumns} end as facets,
    (select string_agg(lexeme || ' ' || array_to_string(weights, ''), e'\\x1d') from unnest(s.words)) as words
  from gathered g join bib b using (zone_id, mms_id)
  left join bib_search s using (zone_id, mms_id)
  left join bib_facet f using (zone_id, mms_id)`

const facetRow = (bib: BibRow, { facets }: Derived): string =>
  [
    bib.isLinked ? noFacets : facets,
    bib.carrier,
    bib.briefLevel,
    bib.suppressed,
    bib.publishToOclc,
    bib.originatingSystem,
    ...(bib.linkedMmsId === null ? [] : [bib.linkedMmsId]),
  ].join('\x1f')

/** As the search row has them: the word, and the letters of the weights that say where it stands. */
function* weightedWords(packed: string): Generator<string> {
  for (const { word, places } of unpackWords(packed))
    if (Buffer.byteLength(word) <= longestLexeme) yield `${word} ${weightLetters[places]}`
}

const weightLetters = Array.from({ length: 16 }, (_, places) =>
  [...'ABCD'].filter((_letter, bit) => (places & (1 << bit)) !== 0).join(''),
)

/** Bytes of a word at most, in PostgreSQL. */
const longestLexeme = 2046

const sortedPlaces = (word: string): string => {
  const at = word.lastIndexOf(' ')
  if (at === word.length - 2) return word
  return `${word.slice(0, at)} ${[...new Set(word.slice(at + 1))].toSorted().join('')}`
}

const partsOf = (text: string | null): string[] => text?.split('\x1d') ?? []

function difference(there: readonly string[], derived: readonly string[]): string | null {
  const has = new Set(there)
  const should = new Set(derived)
  const missing = [...should].filter((row) => !has.has(row))
  const extra = [...has].filter((row) => !should.has(row))
  if (missing.length + extra.length === 0) return null
  return [named('lacks', missing), named('has too much', extra)].filter((words) => words !== null).join('; ')
}

const named = (how: string, rows: readonly string[]): string | null =>
  rows.length === 0
    ? null
    : `${how}: ${rows.slice(0, 3).join(', ')}${rows.length > 3 ? ` and ${rows.length - 3} more` : ''}`
