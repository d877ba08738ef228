import type { Database } from '../db/database.ts'
import { getJob, type Job } from './job.ts'
import { addEvent } from './job-row.ts'
import { leaseLife } from './lease.ts'
import { permissionsForChange } from './permissions.ts'

/** Asks a job to stop after the batch in hand; one that nobody runs stops at once. */
export async function cancelJob(db: Database, job: number): Promise<Job> {
  await db.transaction(async (tx) => {
    const { canCancel } = await permissionsForChange(tx, job)
    if (canCancel !== null) throw canCancel
    await tx.execute(
      `update import_job set cancel_requested_at = now() where job_id = $1 and status = 'running'`,
      [job],
    )
    await tx.execute(
      `update import_job set status = 'cancelled', reason = 'cancelled before it went on', finished_at = now(),
              lease_owner = null, lease_until = null, fence = fence + 1
       where job_id = $1 and status in ('pending', 'paused')`,
      [job],
    )
  })
  return getJob(db, job)
}

/** Lets a job go on after its last record. */
export async function resumeJob(db: Database, job: number, owner?: string): Promise<Job> {
  await db.transaction(async (tx) => {
    const { canResume } = await permissionsForChange(tx, job)
    if (canResume !== null) throw canResume
    await tx.execute(
      `update import_job set status = 'pending', reason = null, finished_at = null, cancel_requested_at = null,
              lease_owner = $2::text, lease_until = case when $2::text is not null then now() + ${leaseLife} end
       where job_id = $1`,
      [job, owner ?? null],
    )
    await addEvent(tx, String(job), 'note', 'RESUMED', 'The job goes on after its last record.')
  })
  await db.execute(`notify import_job`)
  return getJob(db, job)
}
