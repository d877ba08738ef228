import type { Queryable } from '../db/database.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { LinkSettings } from './link-settings.ts'
import { ImportRefusal } from './refusal.ts'

export type JobKind = 'import' | 'preview' | 'commit' | 'undo' | 'replay' | 'link'
export type JobStatus = 'pending' | 'running' | 'paused' | 'completed' | 'cancelled' | 'failed'

/** Whether jobs of a kind decide all and change nothing: a preview, and a replay of what was done before. */
export const isDry = (kind: JobKind): boolean => kind === 'preview' || kind === 'replay'

/** A job as it is stored, for those who run it. */
export type JobRow = {
  readonly jobId: string
  readonly kind: JobKind
  readonly zoneId: number
  readonly bibZoneId: number
  readonly profile: RunProfile | null
  readonly ofJobId: string | null
  /** Of a job that links bibs of an institution to those of its network, its preview and its commit. */
  readonly link: LinkSettings | null
  readonly submittedBy: string | null
  readonly status: JobStatus
  readonly fence: number
}

export const jobColumns = `job_id::text as "jobId", kind, zone_id as "zoneId", bib_zone_id as "bibZoneId", profile, link,
  of_job_id::text as "ofJobId", submitted_by as "submittedBy", status, fence`

/** @throws {ImportRefusal} where there is no such job */
export async function getJobRow(db: Queryable, job: number | string): Promise<JobRow> {
  const [row] = await db.query<JobRow>(`select ${jobColumns} from import_job where job_id = $1`, [job])
  if (!row) throw noSuchJob(job)
  return row
}

export const noSuchJob = (job: number | string): ImportRefusal =>
  new ImportRefusal(
    'missing',
    'NO_SUCH_JOB',
    `There is no job ${job}.`,
    'List the jobs to see their numbers.',
  )

export const addEvent = (
  db: Queryable,
  jobId: string,
  level: 'note' | 'warning' | 'error',
  code: string,
  message: string,
): Promise<number> =>
  db.execute(`insert into import_event (job_id, level, code, message) values ($1, $2, $3, $4)`, [
    jobId,
    level,
    code,
    message,
  ])
