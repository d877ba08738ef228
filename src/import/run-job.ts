import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import { finish, giveUp, stop } from './end-job.ts'
import type { JobRow, JobStatus } from './job-row.ts'
import { claimJob, holdFence, holdLease, isCancelled, type Lease, mostDeaths } from './lease.ts'
import { runFiles } from './run-files.ts'
import { runLinks } from './run-links.ts'
import { undoBatch } from './undo.ts'

export type RunOptions = {
  /** Who takes the lease; a name of its own where none is given. */
  readonly owner?: string
  /** Ends the run after the batch in hand; the job stays to be taken up again. */
  readonly ending?: AbortSignal
}

/**
 * Runs a job to its end, or until it is cancelled, paused or taken away. Exactly once: what is in the
 * ledger is done, and the ledger row commits with its effects, so a job that was cut off anywhere goes
 * on after its last row. Answers the status that the job has now; nothing where somebody else has it.
 */
export async function runJob(
  db: Database,
  dataDir: string,
  jobId: string,
  { owner = randomUUID(), ending }: RunOptions = {},
): Promise<JobStatus | null> {
  const job = await retrying(() => claimJob(db, jobId, owner), { findsItsOwnEffects: true })
  if (!job) return null
  if (job.deaths >= mostDeaths) return await giveUp(db, job)
  const lease = holdLease(db, job, ending)
  try {
    const isDone =
      job.kind === 'undo'
        ? await runUndo(db, lease)
        : job.link === null
          ? await runFiles(db, dataDir, lease)
          : await runLinks(db, dataDir, lease, job.link)
    return await finish(db, lease, isDone)
  } catch (error) {
    return await stop(db, lease, error)
  } finally {
    lease.release()
  }
}

/** Takes back what a job has done, batch by batch. Answers whether all is done. @throws {LeaseLost} */
async function runUndo(db: Database, lease: Lease): Promise<boolean> {
  const { job, signal } = lease
  if (job.ofJobId === null) throw new Error(`undo ${job.jobId} names no job`)
  const run = {
    jobId: job.jobId,
    ofJobId: job.ofJobId,
    bibZoneId: job.bibZoneId,
    inventoryZoneId: job.zoneId,
    by: job.submittedBy,
  }
  while (!signal.aborted && !(await retrying(() => isCancelled(db, job.jobId)))) {
    if ((await undoBatch(db, run, (tx) => holdFence(tx, job))) > 0) continue
    await closeIssues(db, job)
    return true
  }
  return false
}

/** What waited for a person has gone with the job. */
const closeIssues = (db: Database, job: JobRow): Promise<number> =>
  retrying(
    () =>
      db.transaction(async (tx) => {
        await holdFence(tx, job)
        return tx.execute(
          `update import_issue set resolved_at = now(), resolution = 'undone', resolved_by = $2
           where job_id = $1 and resolved_at is null`,
          [job.ofJobId, job.submittedBy],
        )
      }),
    { findsItsOwnEffects: true },
  )
