import { bibStateColumns } from '../catalog/bib-state.ts'
import { versionColumns } from '../catalog/bib-write.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibState } from '../rules/bib-state.ts'
import { addToIndex, type MatchIndex } from '../rules/match/match-index.ts'
import type { TracedGuard } from '../rules/trace.ts'
import type { RecordPlace } from './record-filter.ts'

/*
 * The catalogue as a job saw it. Each bib that its ledger names is what it was when the job met it, and
 * each other one what it was when the job began; a bib that the job made, or that came later, is not there.
 * It is found by the keys that it had then, where the ledger names it or it still has one of them.
 *
 * What has no past is as it is now: the zone's protected fields, the keys of the network that a linked bib
 * is found by, what hangs on a bib where the ledger does not say it, and bibs that were deleted or lost all
 * their keys since and that the ledger does not name.
 */
export type AsOf = {
  readonly jobId: string
  readonly fileNo: number
  /** What the job itself had done before this place counts; from it on it does not. */
  readonly before: RecordPlace
}

/** Nothing of what the job has done counts. */
export const beforeAll: RecordPlace = { file: -1, position: -1 }

/** Turns the candidates of the records at these positions back to what they were. */
export async function turnBack(
  tx: Queryable,
  zone: Zone,
  asOf: AsOf,
  positions: readonly number[],
  index: MatchIndex,
): Promise<void> {
  const met = await findMet(tx, zone, asOf, positions)
  const bibs = new Map<string, Met>([...index.bibs.keys()].map((mmsId) => [mmsId, unmet]))
  for (const [mmsId, how] of met) bibs.set(mmsId, how)
  if (bibs.size === 0) return
  const states = await findStates(tx, zone, asOf, bibs)
  for (const [key, hits] of index.hits)
    index.hits.set(
      key,
      // A linked bib is found by the keys of the network's, which are not its own.
      hits.filter(({ mmsId }) => (states.get(mmsId)?.linkedMmsId ?? null) !== null),
    )
  index.bibs.clear()
  for (const state of states.values()) addToIndex(index, state, index.derivedOf(state))
}

/** How a record of the job met a bib. */
type Met = {
  /** Whether the ledger names it, as match, candidate or otherwise. */
  readonly isNamed: boolean
  /** Nothing where the ledger does not say it. */
  readonly version: number | null
  readonly guard: TracedGuard | null
  readonly isDeleted: boolean
}

const unmet: Met = { isNamed: false, version: null, guard: null, isDeleted: false }

type MetRow = {
  readonly mmsId: string | null
  readonly versionBefore: number | null
  readonly outcome: string
  readonly guard: TracedGuard | null
  readonly others: readonly string[] | null
}

/** The bibs that the ledger names at these positions; of one that several records met, how the first of them did. */
async function findMet(
  tx: Queryable,
  { zoneId }: Zone,
  { jobId, fileNo }: AsOf,
  positions: readonly number[],
): Promise<Map<string, Met>> {
  const rows = await tx.query<MetRow>(
    `select mms_id as "mmsId", version_before as "versionBefore", outcome, trace -> 'guard' as guard,
            jsonb_path_query_array(trace, '$.**.mmsId') as others
     from import_record
     where job_id = $1 and file_no = $2 and position = any($3::int[]) and (mms_id is not null or trace is not null)
     order by position`,
    [jobId, fileNo, positions],
  )
  const met = new Map<string, Met>()
  for (const { mmsId, versionBefore, outcome, guard, others } of rows) {
    for (const other of others ?? []) if (!met.has(other)) met.set(other, { ...unmet, isNamed: true })
    if (mmsId === null || outcome === 'created' || (met.get(mmsId)?.version ?? null) !== null) continue
    met.set(mmsId, { isNamed: true, version: versionBefore, guard, isDeleted: outcome === 'deleted' })
  }
  const combined = await tx.query<{ mmsId: string; version: number }>(
    `select mms_id as "mmsId", version_before as version from combined_bib
     where job_id = $1 and file_no = $2 and position = any($3::int[]) and zone_id = $4
     order by position, ordinal`,
    [jobId, fileNo, positions, zoneId],
  )
  for (const { mmsId, version } of combined)
    if ((met.get(mmsId)?.version ?? null) === null) met.set(mmsId, { ...unmet, isNamed: true, version })
  // A bib that a preview would have made is in no catalogue.
  for (const mmsId of met.keys()) if (mmsId.startsWith('new:')) met.delete(mmsId)
  return met
}

/** Versions of the bib `w`, the present one among them. */
const versions = `(
  select ${versionColumns} from bib where zone_id = $1 and mms_id = w.mms_id
  union all
  select ${versionColumns} from bib_version where zone_id = $1 and mms_id = w.mms_id)`

/**
 * Of each bib the last version that was there. A version that a person made by settling one of the job's
 * issues bears the job's number, and is none of its own doing.
 */
const statesQuery = `
  select ${bibStateColumns}
  from (
    select distinct on (v.mms_id) v.*
    from unnest($5::text[], $6::int[], $7::bool[]) as w (mms_id, version, is_named)
    cross join (
      select coalesce(started_at, now()) as began, coalesce(finished_at, now()) as ended
      from import_job where job_id = $2) job
    cross join lateral (
      select min(version) as version from ${versions} v
      where v.job_id = $2 and (v.file_no, v.position) >= ($3::int, $4::int)) later
    cross join lateral (
      select v.*, v.job_id is not distinct from $2::bigint as is_own from ${versions} v) v
    where v.changed_at <= job.ended
      and (not v.is_own or ((v.file_no, v.position) < ($3::int, $4::int) and not exists (
        select from import_issue i where i.job_id = $2 and i.file_no = v.file_no and i.position = v.position)))
      and case
        when w.version is not null then v.version <= w.version
        when later.version is not null then v.version < later.version
        else w.is_named or v.is_own or v.changed_at <= job.began
      end
    order by v.mms_id, v.version desc) b
  where b.record is not null`

async function findStates(
  tx: Queryable,
  { zoneId }: Zone,
  { jobId, before }: AsOf,
  bibs: ReadonlyMap<string, Met>,
): Promise<Map<string, BibState>> {
  const met = [...bibs.values()]
  const rows = await tx.query<BibState>(statesQuery, [
    zoneId,
    jobId,
    before.file,
    before.position,
    textArray([...bibs.keys()]),
    met.map(({ version }) => version),
    met.map(({ isNamed }) => isNamed),
  ])
  return new Map(rows.map((state) => [state.mmsId, asMet(state, bibs.get(state.mmsId) ?? unmet)]))
}

/** Who had it open and what hung on it, as far as the ledger says it; nobody has it open now for then. */
function asMet(state: BibState, { guard, isDeleted }: Met): BibState {
  const lock =
    guard?.guard === 'locked' ? { holder: guard.holder, zone: guard.zone, since: guard.since } : null
  if (guard?.guard === 'delete')
    return { ...state, lock, hangs: guard.hangs.filter((what) => !what.startsWith('its link to ')) }
  return { ...state, lock, hangs: isDeleted ? [] : state.hangs }
}
