import type { Database, Queryable } from '../db/database.ts'
import { queryWords } from '../rules/words.ts'
import { type QueriedIdentifiers, queriedIdentifiers } from './query-identifiers.ts'
import { upstreamOf } from './upstream.ts'
import type { Zone } from './zone.ts'

/** What a keyword search found: a page of MMS IDs, newest first. */
export type Found = {
  readonly mmsIds: readonly string[]
  readonly total: number
  /** Not counted further than `countedMost`. */
  readonly totalIsExact: boolean
  /** The MMS ID that the next page starts after. */
  readonly next: string | null
}

/** Matches that are counted and sorted; a search with more is walked instead. */
const countedMost = 10_000

const mostWords = 40

export type Page = { readonly after?: string; readonly limit: number }

/**
 * Bibs of a zone that have all words of the query, or that the query is an identifier of. In an
 * institution, a linked bib is found by the words and keys of the record that it is linked to (D14),
 * and by these together with its own local fields.
 *
 * Few matches come from the text index and are sorted; of many, the first page's worth is found
 * soonest by walking the bibs in order and looking at each one's words.
 */
export async function searchBibs(db: Database, zone: Zone, query: string, page: Page): Promise<Found> {
  const words = queryWords(query).slice(0, mostWords)
  const identifiers = queriedIdentifiers(query)
  if (words.length === 0 && identifiers.keys.length === 0 && identifiers.mmsId === null) {
    return { mmsIds: [], total: 0, totalIsExact: true, next: null }
  }
  const upstream = await upstreamOf(db, zone)
  const search = {
    zone: zone.zoneId,
    upstream,
    every: wordQuery(words, '&'),
    some: wordQuery(words, '|'),
    identifiers,
  }
  const few = await findFew(db, search, page)
  const mmsIds = few.total > countedMost ? await walkMany(db, search, page) : few.mmsIds
  const shown = mmsIds.slice(0, page.limit)
  return {
    mmsIds: shown,
    total: Math.min(few.total, countedMost),
    totalIsExact: few.total <= countedMost,
    next: mmsIds.length > page.limit ? (shown.at(-1) ?? null) : null,
  }
}

type Search = {
  readonly zone: number
  readonly upstream: readonly number[]
  readonly every: string
  readonly some: string
  readonly identifiers: QueriedIdentifiers
}

/** A tsquery; nothing where there are no words. Each is quoted, so that none is read as an operator. */
const wordQuery = (words: readonly string[], joint: '&' | '|'): string =>
  words.map((word) => `'${word.replace(/['\\]/g, '$&$&')}'`).join(joint)

/** Behind every MMS ID: they are digits. */
const pastAll = ':'

type FewRow = { total: number; mmsIds: string[] | null }

const arm = (select: string) => `(${select} limit ${countedMost + 1})`

const ownArms = [
  arm(`select mms_id from bib_search where zone_id = $1 and words @@ $2::tsquery`),
  arm(`select k.mms_id from unnest($3::text[], $4::text[]) as q (kind, value)
       join match_key k on k.kind = q.kind and k.value = q.value and k.zone_id = $1`),
  arm(`select mms_id from bib where zone_id = $1 and mms_id = $5`),
  // A bib that was combined into another has left its number there.
  arm(`select k.mms_id from zone z
       join match_key k on k.kind = 'system' and k.value = '(' || lower(z.code) || ')' || $5 and k.zone_id = $1
       where z.zone_id = $1`),
]

const linkedArms = [
  arm(`select b.mms_id from bib_search n join bib b on b.linked_mms_id = n.mms_id and b.zone_id = $1
       where n.zone_id = any($8::smallint[]) and n.words @@ $2::tsquery`),
  arm(`select b.mms_id from unnest($3::text[], $4::text[]) as q (kind, value)
       join match_key k on k.kind = q.kind and k.value = q.value and k.zone_id = any($8::smallint[])
       join bib b on b.linked_mms_id = k.mms_id and b.zone_id = $1`),
  arm(`select mms_id from bib where zone_id = $1 and linked_mms_id = $5`),
  arm(`select b.mms_id from zone z
       join match_key k on k.kind = 'system' and k.value = '(' || lower(z.code) || ')' || $5 and k.zone_id = z.zone_id
       join bib b on b.linked_mms_id = k.mms_id and b.zone_id = $1
       where z.zone_id = any($8::smallint[])`),
  // Only rows of local fields have no title (sql/000003): few, with an index of their own.
  arm(`select s.mms_id from bib_search s
       join bib b on b.zone_id = s.zone_id and b.mms_id = s.mms_id
       join bib_search n on n.zone_id = any($8::smallint[]) and n.mms_id = b.linked_mms_id
       where s.zone_id = $1 and s.title = '' and s.words @@ $9::tsquery and (s.words || n.words) @@ $2::tsquery`),
]

const fewQuery = (arms: readonly string[]) => `
  with found as materialized (${arms.join(' union ')})
  select (select count(*)::int from found) as total,
    (select array_agg(mms_id order by mms_id desc)
     from (select mms_id from found where mms_id < $6 order by mms_id desc limit $7) page) as "mmsIds"`

async function findFew(
  db: Queryable,
  { zone, upstream, every, some, identifiers }: Search,
  { after, limit }: Page,
) {
  const values = [
    zone,
    every,
    identifiers.keys.map(({ kind }) => kind),
    identifiers.keys.map(({ value }) => value),
    identifiers.mmsId,
    after ?? pastAll,
    limit + 1,
  ]
  const [row] =
    upstream.length === 0
      ? await db.query<FewRow>(fewQuery(ownArms), values)
      : await db.query<FewRow>(fewQuery([...ownArms, ...linkedArms]), [...values, upstream, some])
  return { total: row?.total ?? 0, mmsIds: row?.mmsIds ?? [] }
}

const walkOwn = `
  select mms_id as "mmsId" from bib_search
  where zone_id = $1 and words @@ $2::tsquery and mms_id < $3
  order by mms_id desc limit $4`

const walkLinked = `
  select b.mms_id as "mmsId" from bib b
  join bib_search s on s.zone_id = b.zone_id and s.mms_id = b.mms_id
  left join bib_search n on n.zone_id = any($5::smallint[]) and n.mms_id = b.linked_mms_id
  where b.zone_id = $1 and b.mms_id < $3 and (s.words || coalesce(n.words, ''::tsvector)) @@ $2::tsquery
  order by b.mms_id desc limit $4`

/** Along the primary key, whatever the planner thinks of the words. */
const walkMany = (
  db: Database,
  { zone, upstream, every }: Search,
  { after, limit }: Page,
): Promise<string[]> =>
  db.transaction(async (tx) => {
    await tx.query(
      `select set_config(name, 'off', true) from unnest(array[
         'enable_sort', 'enable_bitmapscan', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as s (name)`,
    )
    const values = [zone, every, after ?? pastAll, limit + 1]
    const rows =
      upstream.length === 0
        ? await tx.query<{ mmsId: string }>(walkOwn, values)
        : await tx.query<{ mmsId: string }>(walkLinked, [...values, upstream])
    return rows.map(({ mmsId }) => mmsId)
  })
