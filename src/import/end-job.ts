import type { Database } from '../db/database.ts'
import { CommitUnknown, isDiskFull, isTransient, retrying } from '../db/errors.ts'
import { addEvent, type JobRow, type JobStatus } from './job-row.ts'
import { type Lease, LeaseLost } from './lease.ts'
import { ImportRefusal } from './refusal.ts'

/*
 * How the run of a job ends: each end is written once, with the event that says so, and by nobody who has
 * lost the lease.
 */

/** The end of a run that met no error: done, or stopped because somebody or something asked for it. */
export async function finish(db: Database, lease: Lease, isDone: boolean): Promise<JobStatus | null> {
  const { job } = lease
  const why = lease.why()
  // A cancellation that comes after the last record is too late.
  if (isDone)
    return conclude(db, job, {
      status: 'completed',
      reason: null,
      event: ['note', 'COMPLETED', 'The job is complete.'],
    })
  if (why === 'lost') return null
  if (why === 'ending') return conclude(db, job, { status: 'pending', reason: null })
  return conclude(db, job, {
    status: 'cancelled',
    reason: 'cancelled on request',
    event: [
      'note',
      'CANCELLED',
      'The job was cancelled; what it had done stays, and it can be resumed or undone.',
    ],
  })
}

/** The end of a run that met an error: the job waits for better times, or it has failed. */
export async function stop(db: Database, lease: Lease, error: unknown): Promise<JobStatus | null> {
  const { job } = lease
  if (error instanceof LeaseLost || lease.why() === 'lost') return null
  if (isDiskFull(error))
    return pause(db, job, 'DISK_FULL', 'The disk is full. Make room; the job then goes on by itself.')
  if (isPassing(error))
    return lease.why() === null
      ? pause(
          db,
          job,
          'DATABASE_AWAY',
          'The database was away for too long. The job goes on by itself when it is back.',
        )
      : finish(db, lease, false).catch(() => null)
  const reason = error instanceof Error ? error.message.slice(0, 500) : String(error)
  return conclude(db, job, {
    status: 'failed',
    reason,
    event:
      error instanceof ImportRefusal
        ? ['error', error.code, `${reason} ${error.remedy}`]
        : ['error', 'FAILED', `A fault of the program: ${reason}. Report it; what the job had done stays.`],
  })
}

/** The end of a job that nobody gets any further with: process after process has died of it, or was ended. */
export async function giveUp(
  db: Database,
  job: JobRow & { readonly deaths: number },
): Promise<JobStatus | null> {
  const [next] = await db.query<{ name: string; position: number }>(
    `select f.name, p.done_position + 1 as position from import_part p join import_file f using (job_id, file_no)
     where p.job_id = $1 and p.done_position < p.last_position order by p.file_no, p.part_no limit 1`,
    [job.jobId],
  )
  const place = next === undefined ? '' : ` It stands before record ${next.position} of ${next.name}.`
  const reason = `The process that ran the job has ended ${job.deaths} times in a row with nothing done between.${place}`
  return conclude(db, job, {
    status: 'failed',
    reason,
    event: [
      'error',
      'STUCK',
      `${reason} Look for memory and disk, then resume the job; what it had done stays.`,
    ],
  })
}

/** A paused job is taken up again by itself, half a minute later. Where even that cannot be written, the lease runs out. */
const pause = (db: Database, job: JobRow, code: string, reason: string): Promise<JobStatus | null> =>
  conclude(db, job, {
    status: 'paused',
    reason,
    event: ['warning', code, reason],
    leaseUntil: `now() + interval '30 seconds'`,
  }).catch(() => null)

type Conclusion = {
  readonly status: JobStatus
  readonly reason: string | null
  readonly event?: readonly ['note' | 'warning' | 'error', code: string, message: string]
  readonly leaseUntil?: string
}

/** Gives the job up with its status and the event that says so, once; nothing where it is somebody else's by now. */
const conclude = (
  db: Database,
  { jobId, fence }: JobRow,
  { status, reason, event, leaseUntil = 'null' }: Conclusion,
): Promise<JobStatus | null> =>
  retrying(
    () =>
      db.transaction(async (tx) => {
        const [held] = await tx.query<{ status: JobStatus }>(
          `select status from import_job where job_id = $1 and fence = $2 for update`,
          [jobId, fence],
        )
        if (held?.status !== 'running') return held?.status ?? null
        const isOver = status === 'completed' || status === 'cancelled' || status === 'failed'
        await tx.execute(
          `update import_job set status = $2, reason = $3, lease_owner = null, lease_until = ${leaseUntil},
                  cancel_requested_at = case when $4 then null else cancel_requested_at end,
                  finished_at = case when $4 then now() end
           where job_id = $1`,
          [jobId, status, reason, isOver],
        )
        if (event) await addEvent(tx, jobId, ...event)
        return status
      }),
    { findsItsOwnEffects: true },
  )

/** The database was away; whether it has committed is to be looked up. */
export const isPassing = (error: unknown) =>
  !isDiskFull(error) && (isTransient(error) || error instanceof CommitUnknown)
