import type { Queryable, Tx } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState } from '../rules/bib-state.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import { stateHash } from '../rules/held-to-preview.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { BatchResult } from './batch.ts'
import { isCombined } from './combined-bibs.ts'
import { getJobRow, type JobRow } from './job-row.ts'
import type { RecordPlace } from './record-filter.ts'
import { ImportRefusal } from './refusal.ts'

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
const named = (mmsId: string, row: string, zone: string) => `
  case when ${mmsId} like 'new:%' then ${mmsId}
    else coalesce((
      select format('new:%s:%s', m.file_no, m.position)
      from (
        select job_id, file_no, position from bib where zone_id = ${zone} and mms_id = ${mmsId} and version = 1
        union all
        select job_id, file_no, position from bib_version where zone_id = ${zone} and mms_id = ${mmsId} and version = 1) m
      where m.job_id = ${row}.job_id and (m.file_no, m.position) <= (${row}.file_no, ${row}.position)), ${mmsId}) end`

/** What the row `r` of a ledger came to, in the order in which bibs were combined. */
const combinedOf = (r: string) => `
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
    return differs.length === 0 ? [] : [{ position: was.position, differs: differs.join(',') }]
  })
  if (differing.length === 0) return
  await tx.execute(
    `insert into replay_difference (job_id, file_no, position, differs)
     select $1, $2, n.position, string_to_array(n.differs, ',') from unnest($3::int[], $4::text[]) as n (position, differs)`,
    [jobId, fileNo, differing.map(({ position }) => position), differing.map(({ differs }) => differs)],
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

/** How many records came out the same and otherwise, and how: of those that both the job and its replay have come to. */
export type ReplayCounts = {
  readonly of: number
  readonly same: number
  readonly different: number
  /** Records that the job itself had not come to. */
  readonly notReached: number
  readonly by: Readonly<Record<Difference, number>>
  /** The most frequent first. */
  readonly turns: readonly {
    readonly was: Pick<CameTo, 'outcome' | 'code'>
    readonly now: Pick<CameTo, 'outcome' | 'code'>
    readonly count: number
  }[]
}

export async function countDifferences(db: Queryable, job: number, of: number): Promise<ReplayCounts> {
  const [sums] = await db.query<{ done: number; both: number }>(
    `select coalesce(sum(n.done_position - n.first_position + 1), 0)::bigint as done,
            coalesce(sum(greatest(least(n.done_position, t.done_position) - n.first_position + 1, 0)), 0)::bigint as both
     from import_part n
     left join import_part t on t.job_id = $2 and t.file_no = n.file_no and t.part_no = n.part_no
     where n.job_id = $1`,
    [job, of],
  )
  const turns = await db.query<{
    outcomeWas: Outcome
    codeWas: Code | null
    outcomeNow: Outcome
    codeNow: Code | null
    count: number
    by: Readonly<Record<Difference, number>>
  }>(
    `select t.outcome as "outcomeWas", t.code as "codeWas", n.outcome as "outcomeNow", n.code as "codeNow", count(*) as count,
            json_build_object(${differences.map((what) => `'${what}', count(*) filter (where '${what}' = any(d.differs))`).join(', ')}) as by
     from replay_difference d
     join import_record t on t.job_id = $2 and t.file_no = d.file_no and t.position = d.position
     join import_record n on n.job_id = d.job_id and n.file_no = d.file_no and n.position = d.position
     where d.job_id = $1
     group by t.outcome, t.code, n.outcome, n.code
     order by count(*) desc, t.outcome, t.code, n.outcome, n.code`,
    [job, of],
  )
  const both = sums?.both ?? 0
  const different = turns.reduce((total, { count }) => total + count, 0)
  const sum = (what: Difference) => turns.reduce((total, { by }) => total + by[what], 0)
  return {
    of,
    same: both - different,
    different,
    notReached: (sums?.done ?? 0) - both,
    by: {
      outcome: sum('outcome'),
      code: sum('code'),
      target: sum('target'),
      content: sum('content'),
      combined: sum('combined'),
    },
    turns: turns.map(({ outcomeWas, codeWas, outcomeNow, codeNow, count }) => ({
      was: { outcome: outcomeWas, code: codeWas },
      now: { outcome: outcomeNow, code: codeNow },
      count,
    })),
  }
}

/** A record that came out differently, and what the bib became then and would become now. */
export type ReplayedRecord = RecordPlace & {
  readonly title: string
  readonly differs: readonly Difference[]
  readonly was: CameTo
  readonly now: CameTo
  /** From what came of it then to what would come of it now; empty where one of the two changes no bib, or both are alike. */
  readonly diff: readonly FieldDiff[]
}

export type DifferenceFilter = {
  readonly differs?: Difference
  readonly outcome?: string
  readonly code?: string
}

/**
 * Records of a replay that came out differently, in the order of the files, after a place. The filter's
 * outcome and code are those of now.
 *
 * @throws {ImportRefusal} where the job is no replay
 */
export async function listDifferences(
  db: Queryable,
  job: number,
  {
    after,
    limit,
    differs,
    outcome,
    code,
  }: DifferenceFilter & { readonly after?: RecordPlace; readonly limit: number },
): Promise<ReplayedRecord[]> {
  const { kind } = await getJobRow(db, job)
  if (kind !== 'replay')
    throw new ImportRefusal(
      'conflict',
      'NOT_A_REPLAY',
      `Job ${job} is no replay.`,
      'Only a replay has differences.',
    )
  const rows = await db.query<ListedRow>(
    `select d.file_no as file, d.position, d.differs, n.title,
            t.outcome as "outcomeWas", t.code as "codeWas", ${named('t.mms_id', 't', 'o.bib_zone_id')} as "targetWas", ${combinedOf('t')} as "combinedWas",
            n.outcome as "outcomeNow", n.code as "codeNow", n.mms_id as "targetNow", ${combinedOf('n')} as "combinedNow",
            coalesce(q.after, v.record) as "recordWas", p.after as "recordNow"
     from replay_difference d
     join import_job j on j.job_id = d.job_id
     join import_job o on o.job_id = j.of_job_id
     join import_record t on t.job_id = o.job_id and t.file_no = d.file_no and t.position = d.position
     join import_record n on n.job_id = d.job_id and n.file_no = d.file_no and n.position = d.position
     left join preview_record p on p.job_id = d.job_id and p.file_no = d.file_no and p.position = d.position
     left join preview_record q on q.job_id = o.job_id and q.file_no = d.file_no and q.position = d.position
     left join lateral (
       select record from bib where zone_id = o.bib_zone_id and mms_id = t.mms_id and version = t.version_after
       union all
       select record from bib_version where zone_id = o.bib_zone_id and mms_id = t.mms_id and version = t.version_after
     ) v on t.outcome in ('created', 'merged', 'overlaid', 'deleted')
     where d.job_id = $1 and (d.file_no, d.position) > ($2::int, $3::int) and ($4::text is null or $4 = any(d.differs))
       and ($5::text is null or n.outcome = $5) and ($6::text is null or n.code = $6)
     order by d.file_no, d.position limit $7`,
    [job, after?.file ?? -1, after?.position ?? -1, differs ?? null, outcome ?? null, code ?? null, limit],
  )
  return rows.map(replayedRecord)
}

type ListedRow = RecordPlace & {
  readonly differs: readonly Difference[]
  readonly title: string | null
  readonly outcomeWas: Outcome
  readonly codeWas: Code | null
  readonly targetWas: string | null
  readonly combinedWas: readonly string[]
  readonly outcomeNow: Outcome
  readonly codeNow: Code | null
  readonly targetNow: string | null
  readonly combinedNow: readonly string[]
  readonly recordWas: string | null
  readonly recordNow: string | null
}

function replayedRecord(row: ListedRow): ReplayedRecord {
  const [was, now] = [content(row.recordWas), content(row.recordNow)]
  return {
    file: row.file,
    position: row.position,
    title: row.title ?? (now === null ? '' : displayTitle(now)),
    differs: row.differs,
    was: { outcome: row.outcomeWas, code: row.codeWas, target: row.targetWas, combined: row.combinedWas },
    now: { outcome: row.outcomeNow, code: row.codeNow, target: row.targetNow, combined: row.combinedNow },
    diff: was === null || now === null ? [] : diffRecords(was, now).filter(({ change }) => change !== 'same'),
  }
}

const identity = new Set(['001', '005'])

/** Without number and time, which differ from run to run. */
function content(text: string | null): MarcRecord | null {
  if (text === null) return null
  const { leader, fields } = unpack(text)
  return { leader, fields: fields.filter(({ tag }) => !identity.has(tag)) }
}
