import type { Database, Queryable, Tx } from '../db/database.ts'
import { type JobRow, jobColumns } from './job-row.ts'

/** The lease of a job has gone to somebody else: whoever held it writes nothing more. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

/** How long a job belongs to a process that gives no sign of life. On the database's clock. */
export const leaseLife = `interval '15 seconds'`
const renewEvery = 3000

/** With the job's number, an advisory lock; any number of our own. */
const writersLock = 1094927957

/**
 * To be called first in a transaction that writes for a job: it lets whoever takes the job over find the
 * session. A process that is frozen in mid-batch commits nothing, by the fence, but its session would hold
 * on to the locks of keys and bibs for as long as it stays frozen.
 */
export const showWriter = (tx: Tx, jobId: string): Promise<number> =>
  tx.execute(`select pg_advisory_xact_lock_shared($1::int, $2::int)`, [writersLock, jobId])

/** Ends the sessions in which somebody who has lost the job is still writing for it. */
const endWriters = (db: Queryable, jobId: string): Promise<number> =>
  db.execute(
    `select pg_terminate_backend(pid, 5000) from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
       and classid = $1::int::oid and objid = $2::int::oid and objsubid = 2`,
    [writersLock, jobId],
  )

/** Records of a job, or of what an undo takes back, that are done. */
const doneOf = (job: string) => `
  (select case when ${job}.kind = 'undo'
     then (select count(*) from undo_record where job_id = ${job}.job_id)
     else (select coalesce(sum(done_position - first_position + 1), 0)::bigint from import_part where job_id = ${job}.job_id)
   end)`

/** So often in a row may a process end with a job that it has done nothing of. */
export const mostDeaths = 5

/**
 * Takes a job to run, if nobody has it: pending, paused, or left by a process that died. `deaths` counts
 * the processes in a row that died with nothing done between them.
 */
export async function claimJob(
  db: Queryable,
  jobId: string,
  owner: string,
): Promise<(JobRow & { readonly deaths: number }) | undefined> {
  const [row] = await db.query<JobRow & { deaths: number }>(
    `update import_job j set status = 'running', reason = null, started_at = coalesce(started_at, now()),
            sampled_at = null, sampled_done = null, rate = null, lease_owner = $2,
            lease_until = now() + ${leaseLife}, fence = fence + 1,
            deaths = case when status = 'running' and claimed_done = ${doneOf('j')} then deaths + 1 else 0 end,
            claimed_done = ${doneOf('j')}
     where job_id = $1 and status in ('pending', 'paused', 'running')
       and (lease_until is null or lease_until < now() or lease_owner = $2)
     returning ${jobColumns}, deaths`,
    [jobId, owner],
  )
  if (row) await endWriters(db, jobId)
  return row
}

/** A claimed job; `signal` aborts when the lease is lost, somebody cancels, or the process is to end. */
export type Lease = {
  readonly job: JobRow
  readonly signal: AbortSignal
  readonly why: () => 'cancelled' | 'lost' | 'ending' | null
  release(): void
}

/** Keeps a lease alive, and looks whether the job is to be cancelled. */
export function holdLease(db: Database, job: JobRow, ending?: AbortSignal): Lease {
  const stop = new AbortController()
  let why: ReturnType<Lease['why']> = null
  const end = (because: NonNullable<typeof why>) => {
    why ??= because
    stop.abort()
  }
  const onEnding = () => end('ending')
  if (ending?.aborted) onEnding()
  ending?.addEventListener('abort', onEnding)
  const renew = async () => {
    const [row] = await db.query<{ cancelled: boolean }>(
      `with progress as (select ${doneOf('p')} as done from import_job p where p.job_id = $1)
       update import_job set lease_until = now() + ${leaseLife}, sampled_at = now(), sampled_done = progress.done,
              rate = (progress.done - sampled_done) / greatest(extract(epoch from now() - sampled_at), 0.1)
       from progress
       where job_id = $1 and fence = $2 and status = 'running'
       returning cancel_requested_at is not null as cancelled`,
      [job.jobId, job.fence],
    )
    if (!row) end('lost')
    else if (row.cancelled) end('cancelled')
  }
  // A database that is away for a moment is the batch's to notice; the fence decides in the end.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEvery)
  return {
    job,
    signal: stop.signal,
    why: () => why,
    release() {
      clearInterval(timer)
      ending?.removeEventListener('abort', onEnding)
    },
  }
}

/** To be called in a transaction that writes for a job: whoever has lost the lease commits nothing. @throws {LeaseLost} */
export async function holdFence(tx: Tx, { jobId, fence }: JobRow): Promise<void> {
  const held = await tx.query(
    `select from import_job where job_id = $1 and fence = $2 and status = 'running' for key share`,
    [jobId, fence],
  )
  if (held.length === 0) throw new LeaseLost(`job ${jobId} has been taken over`)
}

/** Whether a cancellation is asked for; looked at between batches, so that it is heard at once. */
export async function isCancelled(db: Queryable, jobId: string): Promise<boolean> {
  const [row] = await db.query<{ cancelled: boolean }>(
    `select cancel_requested_at is not null as cancelled from import_job where job_id = $1`,
    [jobId],
  )
  return row?.cancelled === true
}
