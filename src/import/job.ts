import type { Database, Queryable } from '../db/database.ts'
import { type Outcome, outcomes } from '../rules/outcome.ts'
import { importerSeen } from './importer-seen.ts'
import { type JobKind, type JobStatus, noSuchJob } from './job-row.ts'
import type { Tally } from './tally.ts'

export type OutcomeCounts = Readonly<Record<Outcome, number>>

/** A job as lists and reports show it; all counts are over its ledger. Times are ISO 8601, UTC. */
export type Job = {
  readonly job: number
  readonly kind: JobKind
  readonly ofJob: number | null
  /** Whether it links bibs of the zone to those of its network: such a job, its dry run, and its commit. */
  readonly linksBibs: boolean
  readonly zone: string
  readonly bibZone: string
  readonly profile: string | null
  readonly profileName: string | null
  readonly label: string | null
  readonly notes: string | null
  readonly status: JobStatus
  readonly reason: string | null
  readonly waitingFor: string | null
  readonly submittedAt: string
  readonly submittedBy: string | null
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly seconds: number | null
  readonly files: number
  readonly parts: number
  /** Nothing until all files are framed. Of an undo: the records that there are to take back. */
  readonly records: number | null
  readonly done: number
  /** Records a second, of the last seconds of a running job. */
  readonly rate: number | null
  /** Seconds still to go. */
  readonly eta: number | null
  readonly outcomes: OutcomeCounts
  readonly openIssues: number
  /** The undo of this job that took it back, or is about to. */
  readonly undone: number | null
}

export type JobFilter = {
  /** Only jobs of these zones, by either of their zones; all where nothing is said. */
  readonly zones?: readonly string[]
  readonly zone?: string
  readonly kind?: JobKind
  readonly status?: JobStatus
  /** Jobs with a lower number alone. */
  readonly below?: number
  readonly limit: number
}

type Row = Omit<Job, 'waitingFor' | 'eta' | 'outcomes'> & {
  readonly tally: Tally
  readonly isHeld: boolean
}

const tallyOfJob = (job: string) => `
  (select coalesce(jsonb_object_agg(key, n), '{}') from (
     select t.key, sum(t.value::bigint) as n
     from import_part p, jsonb_each_text(p.tally) t where p.job_id = ${job} group by t.key) sums)`

const select = `
  select j.job_id as job, j.kind, j.of_job_id as "ofJob", j.link is not null as "linksBibs", z.code as zone, bz.code as "bibZone",
    j.profile_code as profile, j.profile ->> 'name' as "profileName", j.label, j.notes, j.status, j.reason,
    j.submitted_at as "submittedAt", j.submitted_by as "submittedBy", j.started_at as "startedAt",
    j.finished_at as "finishedAt",
    round(extract(epoch from coalesce(j.finished_at, now()) - j.started_at)::numeric, 1)::float8 as seconds,
    f.files, p.parts,
    case when j.kind = 'undo'
      then coalesce((${tallyOfJob('j.of_job_id')} ->> '#undoable')::bigint, 0) + (
        select count(*) from import_issue i
        where i.job_id = j.of_job_id and i.resolution in ('create', 'merge', 'overlay', 'combine')
          and i.version_after is distinct from i.version_before)
      else f.records end as records,
    case when j.kind = 'undo'
      then (select count(*) from undo_record u where u.job_id = j.job_id)
      else p.done end as done,
    case when j.status = 'running' then j.rate end as rate,
    ${tallyOfJob('j.job_id')} as tally,
    (select count(*) from import_issue i where i.job_id = j.job_id and i.resolved_at is null) as "openIssues",
    (select max(u.job_id) from import_job u where u.of_job_id = j.job_id and u.kind = 'undo' and u.status <> 'failed') as undone,
    coalesce(j.lease_until > now(), false) as "isHeld"
  from import_job j
  join zone z on z.zone_id = j.zone_id
  join zone bz on bz.zone_id = j.bib_zone_id
  cross join lateral (
    select count(*) as files,
      case when bool_and(f.records is not null) then sum(f.records)::bigint end as records
    from import_file f where f.job_id = j.job_id) f
  cross join lateral (
    select count(*) as parts, coalesce(sum(p.done_position - p.first_position + 1), 0)::bigint as done
    from import_part p where p.job_id = j.job_id) p`

/** @throws {ImportRefusal} where there is no such job */
export async function getJob(db: Queryable, job: number): Promise<Job> {
  const [row] = await db.query<Row>(`${select} where j.job_id = $1`, [job])
  if (!row) throw noSuchJob(job)
  const [shown] = await withWaiting(db, [row])
  return shown as Job
}

/** Jobs, newest first. */
export async function listJobs(
  db: Queryable,
  { zones, zone, kind, status, below, limit }: JobFilter,
): Promise<Job[]> {
  const rows = await db.query<Row>(
    `${select}
     where ($1::text is null or z.code = $1 or bz.code = $1) and ($2::text is null or j.kind = $2)
       and ($3::text is null or j.status = $3) and ($4::bigint is null or j.job_id < $4)
       and ($6::text[] is null or z.code = any($6) or bz.code = any($6))
     order by j.job_id desc limit $5`,
    [zone ?? null, kind ?? null, status ?? null, below ?? null, limit, zones ?? null],
  )
  return withWaiting(db, rows)
}

/** Jobs that may look different from a moment ago: those under way, and those that ended just now. */
export async function listMovingJobs(db: Database): Promise<Job[]> {
  const rows = await db.query<Row>(
    `${select}
     where j.status in ('pending', 'running', 'paused')
        or j.finished_at > now() - interval '10 seconds'
     order by j.job_id desc limit 100`,
  )
  return withWaiting(db, rows)
}

async function withWaiting(db: Queryable, rows: readonly Row[]): Promise<Job[]> {
  const isWaiting = rows.some(({ status, isHeld }) => status === 'pending' && !isHeld)
  const isImporting = !isWaiting || (await importerSeen(db)).alive
  return rows.map((row) => jobOf(row, isImporting))
}

function jobOf({ tally, isHeld, ...row }: Row, isImporting: boolean): Job {
  const left = row.records === null ? null : row.records - row.done
  const rate = row.rate !== null && isSteady(row) ? row.rate : null
  return {
    ...row,
    waitingFor: waitingFor(row.status, isHeld, isImporting),
    rate,
    eta: left === null || !rate ? null : Math.round(left / rate),
    outcomes: outcomeCounts(tally),
  }
}

/** Whether a rate says something yet: of the first batches, which wait for the files to be opened, it does not. */
export const isSteady = ({ seconds, done }: Pick<Job, 'seconds' | 'done'>): boolean =>
  seconds !== null && seconds >= 3 && (done >= 500 || seconds >= 10)

function waitingFor(status: JobStatus, isHeld: boolean, isImporting: boolean): string | null {
  if (status === 'paused') return 'the job goes on by itself when what stopped it is over'
  if (status !== 'pending' || isHeld) return null
  return isImporting ? 'its turn' : 'an importer: no process is running jobs'
}

/** Records by outcome, whatever their codes. */
export function outcomeCounts(tally: Tally): OutcomeCounts {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>
  for (const [key, count] of Object.entries(tally)) {
    const outcome = key.split(':', 1)[0] as Outcome
    if (outcome in counts) counts[outcome] += count
  }
  return counts
}
