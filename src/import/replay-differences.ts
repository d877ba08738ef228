import type { Queryable, Tx } from '../db/database.ts'
import type { BibState } from '../rules/bib-state.ts'
import { stateHash } from '../rules/held-to-preview.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { BatchResult } from './batch.ts'
import { isCombined } from './combined-bibs.ts'
import type { JobRow } from './job-row.ts'
import { tallyKey } from './tally.ts'

/** In what a record of a replay came out differently; `target` is the bib, `content` what it becomes, `combined` the bibs that become one with it. */
export const differences = ['outcome', 'code', 'target', 'content', 'combined'] as const

export type Difference = (typeof differences)[number]

/** What a record came to. A bib that the job made is named by the record that it was made of: `new:file:position`. */
export type CameTo = {
  readonly outcome: Outcome
  readonly code: Code | null
  readonly target: string | null
  /** The bibs that became one with it and what they became, as `deleted 99…`. */
  readonly combined: readonly string[]
}

/**
 * A bib of a row of a job, told by the record that made it where that was one of the same job: numbers of
 * bibs that two runs would make are no others for being others.
 */
export const named = (mmsId: string, row: string, zone: string) => `
  case when ${mmsId} like 'new:%' then ${mmsId}
    else coalesce((
      select format('new:%s:%s', m.file_no, m.position)
      from (
        select job_id, file_no, position from bib where zone_id = ${zone} and mms_id = ${mmsId} and version = 1
        union all
        select job_id, file_no, position from bib_version where zone_id = ${zone} and mms_id = ${mmsId} and version = 1) m
      where m.job_id = ${row}.job_id and (m.file_no, m.position) <= (${row}.file_no, ${row}.position)), ${mmsId}) end`

/** What the row `r` of a ledger came to, in the order in which bibs were combined. */
export const combinedOf = (r: string) => `
  array(select c.became || ' ' || ${named('c.mms_id', 'c', 'c.zone_id')} from combined_bib c
    where c.job_id = ${r}.job_id and c.file_no = ${r}.file_no and c.position = ${r}.position
      and c.became in ('deleted', 'suppressed', 'kept')
    order by c.ordinal)`

type Was = CameTo & { readonly position: number; readonly content: string | null } & (
    | { readonly record: null }
    | Pick<BibState, 'record' | 'suppressed' | 'publishToOclc'>
  )

/** What a job's records came to, with the bibs that they led to: of a preview its hash, of others the bib itself. */
const findWas = (tx: Queryable, jobId: string, fileNo: number, positions: readonly number[]) =>
  tx.query<Was>(
    `select r.position, r.outcome, r.code, ${named('r.mms_id', 'r', 'j.bib_zone_id')} as target, ${combinedOf('r')} as combined,
            v.record, v.suppressed, v."publishToOclc", p.content
     from import_record r
     join import_job j on j.job_id = r.job_id
     left join preview_record p on p.job_id = r.job_id and p.file_no = r.file_no and p.position = r.position
     left join lateral (
       select record, suppressed, publish_to_oclc as "publishToOclc" from bib
       where zone_id = j.bib_zone_id and mms_id = r.mms_id and version = r.version_after
       union all
       select record, suppressed, publish_to_oclc from bib_version
       where zone_id = j.bib_zone_id and mms_id = r.mms_id and version = r.version_after
     ) v on r.outcome in ('created', 'merged', 'overlaid', 'deleted') and j.kind <> 'preview'
     where r.job_id = $1 and r.file_no = $2 and r.position = any($3::int[])`,
    [jobId, fileNo, positions],
  )

/**
 * Notes which records of a batch of a replay came out differently, in the batch's own transaction. A record
 * that the job had not come to is in no list.
 */
export async function writeDifferences(
  tx: Tx,
  { jobId, ofJobId }: JobRow,
  fileNo: number,
  results: readonly BatchResult[],
): Promise<void> {
  if (ofJobId === null) throw new Error(`replay ${jobId} names no job`)
  const rows = await findWas(
    tx,
    ofJobId,
    fileNo,
    results.map(({ position }) => position),
  )
  const now = new Map(results.map((result) => [result.position, result]))
  const differing = rows.flatMap((was) => {
    const differs = differencesOf(was, now.get(was.position) as BatchResult)
    const { position } = was
    return differs.length === 0 ? [] : [{ position, was, now: now.get(position) as BatchResult, differs }]
  })
  if (differing.length === 0) return
  await tx.execute(
    `insert into replay_difference (job_id, file_no, position, differs, was, now)
     select $1, $2, n.position, string_to_array(n.differs, ','), n.was, n.now
     from unnest($3::int[], $4::text[], $5::text[], $6::text[]) as n (position, differs, was, now)`,
    [
      jobId,
      fileNo,
      differing.map(({ position }) => position),
      differing.map(({ differs }) => differs.join(',')),
      differing.map((record) => tallyKey(record.was)),
      differing.map((record) => tallyKey(record.now)),
    ],
  )
}

function differencesOf(was: Was, now: BatchResult): Difference[] {
  const content = was.record === null ? was.content : stateHash(was)
  const combined = now.combined.filter(isCombined).map(({ became, mmsId }) => `${became} ${mmsId}`)
  const isSame: Record<Difference, boolean> = {
    outcome: was.outcome === now.outcome,
    code: was.code === now.code,
    target: was.target === now.mmsId,
    content: content === now.content,
    combined: was.combined.join() === combined.join(),
  }
  return differences.filter((what) => !isSame[what])
}
