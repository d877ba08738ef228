import type { Queryable } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibState } from '../rules/bib-state.ts'
import { type MatchIndex, createMatchIndex, indexKey } from '../rules/match/match-index.ts'
import type { KeyKind } from '../rules/match/match-key.ts'
import type { Lookup } from '../rules/match/match-methods.ts'
import { bibStateColumns } from './bib-state.ts'
import { upstreamOf } from './upstream.ts'
import type { Zone } from './zone.ts'

/** Rows looked at for one key in one zone; a key that has more is named as capped. */
const hitCap = 60

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
  { alsoBibs = [], forUpdate = true }: { alsoBibs?: readonly string[]; forUpdate?: boolean } = {},
): Promise<MatchIndex> {
  const index = createMatchIndex()
  const wanted = new Map<string, { kind: KeyKind; value: string }>()
  const ownBibs = new Set<string>(alsoBibs)
  for (const { kind, value } of lookups) {
    if (kind === 'mms') ownBibs.add(value)
    else wanted.set(indexKey(kind, value), { kind, value })
  }
  const keys = [...wanted.values()]
  await walkIndexes(tx)
  const zones = [zone.zoneId, ...(await upstreamOf(tx, zone))]
  const rows = keys.length === 0 ? [] : await findHits(tx, keys, zones)
  const networkBibs = new Set<string>()
  for (const row of rows) (row.zoneId === zone.zoneId ? ownBibs : networkBibs).add(row.mmsId)
  if (ownBibs.size + networkBibs.size === 0) return index

  const bibs = await findBibs(tx, zone, [...ownBibs], [...networkBibs], forUpdate)
  const linkedTo = new Map<string, string>()
  for (const bib of bibs) {
    index.bibs.set(bib.mmsId, bib)
    if (bib.linkedMmsId !== null) linkedTo.set(bib.linkedMmsId, bib.mmsId)
  }
  const counted = new Map<string, number>()
  for (const { kind, value, zoneId, mmsId, origin } of rows) {
    const key = indexKey(kind, value)
    const count = (counted.get(`${zoneId} ${key}`) ?? 0) + 1
    counted.set(`${zoneId} ${key}`, count)
    if (count === hitCap) index.capped.add(key)
    const ours = zoneId === zone.zoneId ? mmsId : linkedTo.get(mmsId)
    if (ours === undefined) continue
    const hits = index.hits.get(key)
    if (hits) hits.push({ mmsId: ours, origin })
    else index.hits.set(key, [{ mmsId: ours, origin }])
  }
  return index
}

type HitRow = { kind: KeyKind; value: string; zoneId: number; mmsId: string; origin: string }

/** Holds for the rest of the transaction. */
async function walkIndexes(tx: Queryable): Promise<void> {
  await tx.query(
    `select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)`,
  )
}

const hitsQuery = `
  select l.kind, l.value, z.zone_id as "zoneId", k.mms_id as "mmsId", k.origin
  from unnest($1::text[], $2::text[]) as l (kind, value)
  cross join unnest($3::smallint[]) as z (zone_id)
  cross join lateral (
    select mms_id, origin from match_key
    where kind = l.kind and value = l.value and zone_id = z.zone_id
    limit ${hitCap}
  ) k`

const findHits = (
  tx: Queryable,
  keys: readonly { kind: KeyKind; value: string }[],
  zones: readonly number[],
) =>
  tx.query<HitRow>(hitsQuery, [
    textArray(keys.map(({ kind }) => kind)),
    textArray(keys.map(({ value }) => value)),
    zones,
  ])

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
