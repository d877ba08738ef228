import type { Queryable, Tx } from '../db/database.ts'
import type { BibChange, BibState } from '../rules/bib-state.ts'
import { type MatchIndex, addToIndex, indexKey, removeFromIndex } from '../rules/match-index.ts'
import type { KeyKind } from '../rules/match-key.ts'
import type { Lookup } from '../rules/match-methods.ts'

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
  const hits = await tx.query<{ mmsId: string }>(
    `select distinct k.mms_id as "mmsId"
     from unnest($2::text[], $3::text[]) as l (kind, value)
     join preview_key k on k.kind = l.kind and k.value = l.value and k.job_id = $1`,
    [jobId, keys.map(({ kind }) => kind), keys.map(({ value }) => value)],
  )
  const planned = await tx.query<PlannedRow>(
    `select mms_id as "mmsId", state, record from preview_bib where job_id = $1 and mms_id = any($2::text[])`,
    [jobId, [...new Set([...hits.map(({ mmsId }) => mmsId), ...index.bibs.keys()])]],
  )
  for (const { mmsId, state, record } of planned) {
    const before = index.bibs.get(mmsId)
    if (before) removeFromIndex(index, before, index.derivedOf(before))
    if (record === null) continue
    const after = { ...state, record }
    addToIndex(index, after, index.derivedOf(after))
  }
}

/** Keeps what a batch of a preview would have made of the bibs it touches. */
export async function writePreview(
  tx: Tx,
  job: { jobId: string },
  changes: readonly BibChange[],
): Promise<void> {
  if (changes.length === 0) return
  const last = new Map(changes.map((change) => [change.mmsId, change]))
  const bibs = [...last.values()]
  const states = bibs.map(({ before, after }) => ({ ...(after ?? before), record: undefined }))
  await tx.execute(
    `insert into preview_bib (job_id, mms_id, state, record)
     select $1, n.mms_id, n.state, n.record from unnest($2::text[], $3::jsonb[], $4::text[]) as n (mms_id, state, record)
     on conflict (job_id, mms_id) do update set state = excluded.state, record = excluded.record`,
    [
      job.jobId,
      bibs.map(({ mmsId }) => mmsId),
      states.map((state) => JSON.stringify(state)),
      bibs.map(({ after }) => after?.record ?? null),
    ],
  )
  const known = new Set<string>()
  const rows: { kind: KeyKind; value: string; mmsId: string; origin: string }[] = []
  for (const { mmsId, derivedAfter } of bibs) {
    for (const { kind, value, origin } of derivedAfter?.keys ?? []) {
      const id = `${mmsId} ${origin} ${indexKey(kind, value)}`
      if (known.has(id)) continue
      known.add(id)
      rows.push({ kind, value, mmsId, origin })
    }
  }
  await tx.execute(
    `insert into preview_key (job_id, kind, value, mms_id, origin)
     select $1, n.kind, n.value, n.mms_id, n.origin from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as n (kind, value, mms_id, origin)
     on conflict do nothing`,
    [
      job.jobId,
      rows.map(({ kind }) => kind),
      rows.map(({ value }) => value),
      rows.map(({ mmsId }) => mmsId),
      rows.map(({ origin }) => origin),
    ],
  )
}
