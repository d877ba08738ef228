import type { Queryable } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibState } from '../rules/bib-state.ts'
import { type KeyLookup, type Lookup, lookupKey, titleRange } from '../rules/match/lookup.ts'
import { type Hit, type MatchIndex, createMatchIndex, indexKey } from '../rules/match/match-index.ts'
import type { KeyKind } from '../rules/match/match-key.ts'
import { formerNumber } from '../rules/old-numbers.ts'
import { bibStateColumns } from './bib-state.ts'
import { upstreamOf } from './upstream.ts'
import type { Zone } from './zone.ts'

/** Rows looked at for one look-up in one zone; a look-up that has more is named as capped. */
export const hitCap = 60

export type FindOptions = {
  readonly alsoBibs?: readonly string[]
  readonly forUpdate?: boolean
  /** Features are compared: those of a linked bib are in the record that it is linked to. */
  readonly withLinkedRecords?: boolean
}

/**
 * Step 3 of the path of a record: the candidates of a whole batch, in one query for the keys and one
 * for the bibs, which stay locked until the transaction ends unless it only looks. In an institution, the keys of the
 * network and of the community zone count for the bibs that are linked to theirs (D13, D14).
 *
 * The planner is told to walk the index: after a bulk load its statistics are stale, and it would
 * rather join the whole table.
 */
export async function findCandidates(
  tx: Queryable,
  zone: Zone,
  lookups: readonly Lookup[],
  { alsoBibs = [], forUpdate = true, withLinkedRecords = false }: FindOptions = {},
): Promise<MatchIndex> {
  const index = createMatchIndex()
  const wanted = new Map<string, KeyLookup>()
  const ownBibs = new Set<string>(alsoBibs)
  for (const lookup of lookups) {
    if (lookup.kind === 'mms') ownBibs.add(lookup.value)
    const key = lookup.kind === 'mms' ? formerKey(zone, lookup.value) : lookup
    wanted.set(lookupKey(key), key)
  }
  await walkIndexes(tx)
  const zones = [zone.zoneId, ...(await upstreamOf(tx, zone))]
  const found = await findHits(tx, [...wanted], zones)
  const networkBibs = new Set<string>()
  for (const { zoneId, mmsId } of found) (zoneId === zone.zoneId ? ownBibs : networkBibs).add(mmsId)
  if (ownBibs.size + networkBibs.size === 0) return index

  const bibs = await findBibs(tx, zone, [...ownBibs], [...networkBibs], forUpdate)
  const linkedTo = new Map<string, string>()
  for (const bib of bibs) {
    index.bibs.set(bib.mmsId, bib)
    if (bib.linkedMmsId !== null) linkedTo.set(bib.linkedMmsId, bib.mmsId)
  }
  if (withLinkedRecords) await addLinkedRecords(tx, index)
  const counted = new Map<string, number>()
  for (const { lookup, kind, value, zoneId, mmsId, origin } of found) {
    const count = (counted.get(`${zoneId} ${lookup}`) ?? 0) + 1
    counted.set(`${zoneId} ${lookup}`, count)
    if (count === hitCap) index.capped.add(lookup)
    const ours = zoneId === zone.zoneId ? mmsId : linkedTo.get(mmsId)
    if (ours !== undefined) addHit(index, indexKey(kind, value), { mmsId: ours, origin })
  }
  return index
}

/** A bib that was combined into another is found there by the number that it had. */
const formerKey = ({ code }: Zone, mmsId: string): KeyLookup => ({
  kind: 'system',
  value: formerNumber(code, mmsId),
  origin: 'a',
  existing: ['a'],
  sameOrigin: false,
})

/** A title may be looked up in several ways that meet the same row. */
function addHit({ hits }: MatchIndex, key: string, hit: Hit): void {
  const known = hits.get(key)
  if (!known) hits.set(key, [hit])
  else if (!known.some(({ mmsId, origin }) => mmsId === hit.mmsId && origin === hit.origin)) known.push(hit)
}

type HitRow = { kind: KeyKind; value: string; zoneId: number; mmsId: string; origin: string }

/** A row with the look-up that it was found by. */
type FoundRow = HitRow & { readonly lookup: string }

/** Holds for the rest of the transaction. */
async function walkIndexes(tx: Queryable): Promise<void> {
  await tx.query(
    `select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`,
  )
}

async function findHits(
  tx: Queryable,
  wanted: readonly (readonly [string, KeyLookup])[],
  zones: readonly number[],
): Promise<FoundRow[]> {
  const identifiers = wanted.filter(([, { kind }]) => kind !== 'title')
  const titles = wanted.filter(([, { kind }]) => kind === 'title')
  return [
    ...(identifiers.length === 0 ? [] : await findIdentifiers(tx, identifiers, zones)),
    ...(titles.length === 0 ? [] : await findTitles(tx, titles, zones)),
  ]
}

const identifiersQuery = `
  select l.kind, l.value, z.zone_id as "zoneId", k.mms_id as "mmsId", k.origin
  from unnest($1::text[], $2::text[]) as l (kind, value)
  cross join unnest($3::smallint[]) as z (zone_id)
  cross join lateral (
    select mms_id, origin from match_key
    where kind = l.kind and value = l.value and zone_id = z.zone_id
    limit ${hitCap}
  ) k`

async function findIdentifiers(
  tx: Queryable,
  wanted: readonly (readonly [string, KeyLookup])[],
  zones: readonly number[],
): Promise<FoundRow[]> {
  const rows = await tx.query<HitRow>(identifiersQuery, [
    textArray(wanted.map(([, { kind }]) => kind)),
    textArray(wanted.map(([, { value }]) => value)),
    zones,
  ])
  return rows.map((row) => ({ ...row, lookup: indexKey(row.kind, row.value) }))
}

/** The origin of a title key ends in the year; a title that any year will do for is asked for from '' to '9999'. */
const titlesQuery = `
  select l.lookup, 'title' as kind, l.value, z.zone_id as "zoneId", k.mms_id as "mmsId", k.origin
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
    as l (lookup, value, first, last, since, until)
  cross join unnest($7::smallint[]) as z (zone_id)
  cross join lateral (
    select mms_id, origin from match_key
    where kind = 'title' and value = l.value and zone_id = z.zone_id
      and origin >= l.first and origin <= l.last and right(origin, 4) between l.since and l.until
    limit ${hitCap}
  ) k`

function findTitles(
  tx: Queryable,
  wanted: readonly (readonly [string, KeyLookup])[],
  zones: readonly number[],
): Promise<FoundRow[]> {
  const ranges = wanted.map(([, lookup]) => titleRange(lookup))
  return tx.query<FoundRow>(titlesQuery, [
    textArray(wanted.map(([lookup]) => lookup)),
    textArray(wanted.map(([, { value }]) => value)),
    textArray(ranges.map(({ first }) => first)),
    textArray(ranges.map(({ last }) => last)),
    textArray(ranges.map(({ since }) => since)),
    textArray(ranges.map(({ until }) => until)),
    zones,
  ])
}

/** Whose features are compared by the record of the network or the community zone. */
async function addLinkedRecords(tx: Queryable, index: MatchIndex): Promise<void> {
  const linked = [...index.bibs.values()].flatMap(({ linkedMmsId }) => linkedMmsId ?? [])
  if (linked.length === 0) return
  const rows = await tx.query<{ mmsId: string; record: string }>(
    `select b.mms_id as "mmsId", b.record
     from unnest($1::text[]) as l (mms_id)
     join zone z on z.suffix = right(l.mms_id, 4)
     join bib b on b.zone_id = z.zone_id and b.mms_id = l.mms_id`,
    [textArray(linked)],
  )
  for (const { mmsId, record } of rows) index.linkedRecords.set(mmsId, record)
}

const chosenBibs = `
  b.zone_id = $1 and b.mms_id in (
    select unnest($2::text[])
    union all
    select i.mms_id from unnest($3::text[]) as n (mms_id) join bib i on i.linked_mms_id = n.mms_id and i.zone_id = $1
  )`

/**
 * Locked in the order of their numbers, so that two batches cannot wait for each other; and read by a
 * statement that begins when the locks are held, since what a waiting one reads beside the rows themselves,
 * who has a bib open and what is linked to it, is from before its wait.
 */
async function findBibs(
  tx: Queryable,
  zone: Zone,
  own: readonly string[],
  network: readonly string[],
  forUpdate: boolean,
): Promise<BibState[]> {
  const values = [zone.zoneId, textArray(own), textArray(network)]
  if (forUpdate)
    await tx.query(`select from bib b where ${chosenBibs} order by b.mms_id for update of b`, values)
  return tx.query<BibState>(
    `select ${bibStateColumns} from bib b where ${chosenBibs} order by b.mms_id`,
    values,
  )
}
