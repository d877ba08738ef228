import type { Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import { getJobRow } from './job-row.ts'
import type { RecordPlace } from './record-filter.ts'
import { ImportRefusal } from './refusal.ts'
import { type CameTo, combinedOf, type Difference, differences, named } from './replay-differences.ts'
import { readTallyKey } from './tally.ts'

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
    was: string
    now: string
    count: number
    by: Readonly<Record<Difference, number>>
  }>(
    `select was, now, count(*) as count,
            json_build_object(${differences.map((what) => `'${what}', count(*) filter (where '${what}' = any(differs))`).join(', ')}) as by
     from replay_difference where job_id = $1
     group by was, now order by count(*) desc, was, now`,
    [job],
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
    turns: turns.map(({ was, now, count }) => ({ was: readTallyKey(was), now: readTallyKey(now), count })),
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
