import { copyRows } from '../db/copy-rows.ts'
import { hitCap } from '../catalog/find-candidates.ts'
import type { Database, Queryable, Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibChange, BibState } from '../rules/bib-state.ts'
import type { LinkedBib } from '../rules/hanging.ts'
import { type MatchIndex, addToIndex, indexKey, removeFromIndex } from '../rules/match/match-index.ts'
import type { MatchKey } from '../rules/match/match-key.ts'
import { type KeyLookup, type Lookup, lookupKey, titleRange } from '../rules/match/lookup.ts'

/*
 * A preview of many batches keeps the bibs that it would have made or changed, and their keys, in
 * tables of its own: else its second batch would not see its first.
 */

type PlannedRow = { mmsId: string; state: BibState; record: string | null }

/** Lays what the preview has planned so far over the candidates that the catalogue gave. */
export async function joinPreview(
  tx: Queryable,
  jobId: string,
  lookups: readonly Lookup[],
  index: MatchIndex,
): Promise<void> {
  const keys = lookups.filter((lookup) => lookup.kind !== 'mms')
  const hits = [
    ...(await findPlanned(
      tx,
      jobId,
      keys.filter(({ kind }) => kind !== 'title'),
    )),
    ...(await findPlannedTitles(
      tx,
      jobId,
      keys.filter(({ kind }) => kind === 'title'),
    )),
  ]
  const planned = await tx.query<PlannedRow>(
    `select mms_id as "mmsId", state, record from preview_bib where job_id = $1 and mms_id = any($2::text[])`,
    [jobId, textArray([...new Set([...hits.map(({ mmsId }) => mmsId), ...index.bibs.keys()])])],
  )
  for (const { mmsId, state, record } of planned) {
    const before = index.bibs.get(mmsId)
    if (before) removeFromIndex(index, before, index.derivedOf(before))
    if (record === null) continue
    const after = { ...state, record }
    addToIndex(index, after, index.derivedOf(after))
  }
}

const findPlanned = (tx: Queryable, jobId: string, keys: readonly KeyLookup[]) =>
  tx.query<{ mmsId: string }>(
    // The offset keeps the planner from turning the look-up round, as it would on statistics of an empty table.
    `select distinct k.mms_id as "mmsId"
     from unnest($2::text[], $3::text[]) as l (kind, value)
     cross join lateral (
       select mms_id from preview_key where kind = l.kind and value = l.value and job_id = $1 offset 0
     ) k`,
    [jobId, textArray(keys.map(({ kind }) => kind)), textArray(keys.map(({ value }) => value))],
  )

/** A title may be that of very many; the catalogue is asked for as many of one. */
async function findPlannedTitles(tx: Queryable, jobId: string, keys: readonly KeyLookup[]) {
  if (keys.length === 0) return []
  const wanted = [...new Map(keys.map((key) => [lookupKey(key), key])).values()]
  const ranges = wanted.map(titleRange)
  return tx.query<{ mmsId: string }>(
    `select distinct k.mms_id as "mmsId"
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as l (value, first, last, since, until)
     cross join lateral (
       select mms_id from preview_key
       where kind = 'title' and value = l.value and job_id = $1
         and origin >= l.first and origin <= l.last and right(origin, 4) between l.since and l.until
       limit ${hitCap}
     ) k`,
    [
      jobId,
      textArray(wanted.map(({ value }) => value)),
      textArray(ranges.map(({ first }) => first)),
      textArray(ranges.map(({ last }) => last)),
      textArray(ranges.map(({ since }) => since)),
      textArray(ranges.map(({ until }) => until)),
    ],
  )
}

/** Lays the same over what hangs on bibs: the linked bibs that the preview has moved by now, or taken away. */
export async function joinHanging(
  tx: Queryable,
  jobId: string,
  mmsIds: readonly string[],
  linked: readonly LinkedBib[],
): Promise<LinkedBib[]> {
  const planned = await tx.query<PlannedRow & { readonly zoneId: number; readonly zone: string }>(
    `select p.mms_id as "mmsId", p.state, p.record, z.zone_id as "zoneId", z.code as zone
     from preview_bib p join zone z on z.suffix = right(p.mms_id, 4)
     where p.job_id = $1 and (p.mms_id = any($2::text[]) or p.state ->> 'linkedMmsId' = any($3::text[]))
     order by z.zone_id, p.mms_id`,
    [jobId, textArray(linked.map(({ bib }) => bib.mmsId)), textArray(mmsIds)],
  )
  const touched = new Set(planned.map(({ mmsId }) => mmsId))
  const moved = planned.flatMap(({ zoneId, zone, state, record }) =>
    record !== null && mmsIds.includes(state.linkedMmsId ?? '')
      ? [{ zoneId, zone, bib: { ...state, record } }]
      : [],
  )
  return [...linked.filter(({ bib }) => !touched.has(bib.mmsId)), ...moved]
}

/**
 * The bibs that a preview would have combined into some by now, one by way of another too: each with the one that
 * what hung on it would be on.
 */
export async function findPlannedCombined(
  tx: Queryable,
  jobId: string,
  mmsIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ mmsId: string; into: string }>(
    `with recursive gone as (
       select c.mms_id, c.into_mms_id as stays from combined_bib c
       where c.job_id = $1 and c.became in ('deleted', 'suppressed', 'kept') and c.into_mms_id = any($2::text[])
       union
       select c.mms_id, g.stays from combined_bib c join gone g on g.mms_id = c.into_mms_id
       where c.job_id = $1 and c.became in ('deleted', 'suppressed', 'kept'))
     select mms_id as "mmsId", stays as "into" from gone`,
    [jobId, textArray(mmsIds)],
  )
  return new Map(rows.map(({ mmsId, into }) => [mmsId, into]))
}

/** Keeps what a batch of a preview would have made of the bibs it touches. */
export async function writePreview(
  tx: Tx,
  job: { jobId: string },
  changes: readonly BibChange[],
): Promise<void> {
  if (changes.length === 0) return
  const isNew = new Set(changes.flatMap(({ mmsId, before }) => (before === null ? [mmsId] : [])))
  const last = [...new Map(changes.map((change) => [change.mmsId, change])).values()]
  const bibs = last.map(bibOf)
  const keys = last.flatMap(keysOf)
  await copyRows(
    tx,
    'copy preview_bib (job_id, mms_id, state, record) from stdin (format binary)',
    (rows) => {
      for (const { mmsId, state, record } of bibs) {
        if (!isNew.has(mmsId)) continue
        rows.row(4)
        rows.int8(Number(job.jobId))
        rows.text(mmsId)
        rows.jsonb(state)
        rows.text(record)
      }
    },
  )
  await copyRows(
    tx,
    'copy preview_key (job_id, kind, value, mms_id, origin) from stdin (format binary)',
    (rows) => {
      for (const { kind, value, mmsId, origin } of keys) {
        if (!isNew.has(mmsId)) continue
        rows.row(5)
        rows.int8(Number(job.jobId))
        rows.text(kind)
        rows.text(value)
        rows.text(mmsId)
        rows.text(origin)
      }
    },
  )
  const known = bibs.filter(({ mmsId }) => !isNew.has(mmsId))
  if (known.length > 0) await writeKnown(tx, job.jobId, known, keys)
}

type PlannedBib = { readonly mmsId: string; readonly state: string; readonly record: string | null }
type PlannedKey = MatchKey & { readonly mmsId: string }

const bibOf = ({ mmsId, before, after }: BibChange): PlannedBib => ({
  mmsId,
  state: JSON.stringify({ ...(after ?? before), record: undefined }),
  record: after?.record ?? null,
})

/** Each once: a record may carry a key twice. A bib of another zone is none that records of the preview meet. */
function keysOf({ mmsId, zoneId, derivedAfter }: BibChange): PlannedKey[] {
  if (zoneId !== undefined) return []
  const keys = new Map<string, PlannedKey>()
  for (const key of derivedAfter?.keys ?? [])
    keys.set(`${key.origin} ${indexKey(key.kind, key.value)}`, { ...key, mmsId })
  return [...keys.values()]
}

/** What an earlier batch of the preview may have written already. */
async function writeKnown(
  tx: Tx,
  jobId: string,
  bibs: readonly PlannedBib[],
  allKeys: readonly PlannedKey[],
): Promise<void> {
  const ids = new Set(bibs.map(({ mmsId }) => mmsId))
  const keys = allKeys.filter(({ mmsId }) => ids.has(mmsId))
  await tx.execute(
    `insert into preview_bib (job_id, mms_id, state, record)
     select $1, n.mms_id, n.state::jsonb, n.record from unnest($2::text[], $3::text[], $4::text[]) as n (mms_id, state, record)
     on conflict (job_id, mms_id) do update set state = excluded.state, record = excluded.record`,
    [
      jobId,
      textArray(bibs.map(({ mmsId }) => mmsId)),
      textArray(bibs.map(({ state }) => state)),
      textArray(bibs.map(({ record }) => record)),
    ],
  )
  await tx.execute(
    `insert into preview_key (job_id, kind, value, mms_id, origin)
     select $1, n.kind, n.value, n.mms_id, n.origin from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as n (kind, value, mms_id, origin)
     on conflict do nothing`,
    [
      jobId,
      textArray(keys.map(({ kind }) => kind)),
      textArray(keys.map(({ value }) => value)),
      textArray(keys.map(({ mmsId }) => mmsId)),
      textArray(keys.map(({ origin }) => origin)),
    ],
  )
}

/** What batches of a preview had to see of each other; nobody asks for it when the last one is done. */
export async function forgetPlanned(db: Database, jobId: string): Promise<void> {
  await db.execute(`delete from preview_bib where job_id = $1`, [jobId])
  await db.execute(`delete from preview_key where job_id = $1`, [jobId])
  await db.execute(`delete from preview_inventory where job_id = $1`, [jobId])
}
