import type { Queryable } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibState } from '../rules/bib-state.ts'
import { type MatchIndex, createMatchIndex, indexKey } from '../rules/match-index.ts'
import type { KeyKind } from '../rules/match-key.ts'
import type { Lookup } from '../rules/match-methods.ts'
import { bibStateColumns } from './bib-state.ts'
import type { Zone } from './zone.ts'

/** Rows looked at for one key in one zone; a key that has more is named as capped. */
const hitCap = 60

/**
 * Step 3 of the path of a record: the candidates of a whole batch, in one query for the keys and one
 * for the bibs, which stay locked until the transaction ends unless it only looks. In an institution, the network's keys
 * count for the bibs that are linked to the network's (D14).
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
  const zones = zone.networkZoneId === null ? [zone.zoneId] : [zone.zoneId, zone.networkZoneId]
  let snapshot = await walkIndexes(tx)
  let { rows, bibs } = await look(tx, zone, { keys, zones, ownBibs, forUpdate, snapshot })
  if (forUpdate && bibs.some(({ isLater }) => isLater)) {
    // Somebody changed one of them between its keys and its lock, and may have changed its keys too.
    snapshot = await walkIndexes(tx)
    ;({ rows, bibs } = await look(tx, zone, { keys, zones, ownBibs, forUpdate, snapshot }))
  }
  const linkedTo = new Map<string, string>()
  for (const { isLater: _, ...bib } of bibs) {
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

type Look = {
  readonly keys: readonly { kind: KeyKind; value: string }[]
  readonly zones: readonly number[]
  readonly ownBibs: ReadonlySet<string>
  readonly forUpdate: boolean
  readonly snapshot: string
}

/** The bibs that have the keys, and those that are asked for by number. */
async function look(
  tx: Queryable,
  zone: Zone,
  { keys, zones, ownBibs, forUpdate, snapshot }: Look,
): Promise<{ rows: HitRow[]; bibs: FoundBib[] }> {
  const rows = keys.length === 0 ? [] : await findHits(tx, keys, zones)
  const own = new Set(ownBibs)
  const network = new Set<string>()
  for (const row of rows) (row.zoneId === zone.zoneId ? own : network).add(row.mmsId)
  if (own.size + network.size === 0) return { rows, bibs: [] }
  return {
    rows,
    bibs: await findBibs(tx, zone, { own: [...own], network: [...network], forUpdate, snapshot }),
  }
}

/** Holds for the rest of the transaction. Answers what had been committed by then, as a snapshot. */
async function walkIndexes(tx: Queryable): Promise<string> {
  const [row] = await tx.query<{ snapshot: string }>(
    `select set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
       set_config('enable_seqscan', 'off', true), pg_current_snapshot()::text as snapshot`,
  )
  return row?.snapshot ?? ''
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

/** `isLater`: this version of the bib was committed after the snapshot was taken. */
type FoundBib = BibState & { readonly isLater: boolean }

/** A row knows the lower half of the number of its transaction alone; the snapshot has the upper one. */
const isLater = `not pg_visible_in_snapshot(
  (pg_snapshot_xmax($4::pg_snapshot)::text::bigint
    - mod(pg_snapshot_xmax($4::pg_snapshot)::text::bigint - b.xmin::text::bigint, 4294967296))::text::xid8,
  $4::pg_snapshot)`

/** Locked in the order of their numbers, so that two batches cannot wait for each other. */
const findBibs = (
  tx: Queryable,
  zone: Zone,
  {
    own,
    network,
    forUpdate,
    snapshot,
  }: Pick<Look, 'forUpdate' | 'snapshot'> & {
    readonly own: readonly string[]
    readonly network: readonly string[]
  },
) =>
  tx.query<FoundBib>(
    `select ${bibStateColumns}, ${isLater} as "isLater"
     from bib b
     where b.zone_id = $1 and b.mms_id in (
       select unnest($2::text[])
       union all
       select i.mms_id from unnest($3::text[]) as n (mms_id) join bib i on i.linked_mms_id = n.mms_id and i.zone_id = $1
     )
     order by b.mms_id
     ${forUpdate ? 'for update of b' : ''}`,
    [zone.zoneId, textArray(own), textArray(network), snapshot],
  )
