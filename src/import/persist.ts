import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { isPassing } from './end-job.ts'
import type { JobRow } from './job-row.ts'
import type { Lease } from './lease.ts'

/**
 * Does a batch of a job, for as long as it takes: a database that goes away is waited for, and asked whether
 * it had committed the batch, by the last of its records.
 */
export async function persist(
  db: Database,
  lease: Lease,
  last: { readonly fileNo: number; readonly position: number },
  work: () => Promise<void>,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt > 0 && (await isDone(db, lease.job, last))) return
      await work()
      return
    } catch (error) {
      if (!isPassing(error) || lease.signal.aborted || attempt >= 60) throw error
      await delay(Math.min(250 * 2 ** attempt, 5000))
    }
  }
}

async function isDone(
  db: Database,
  { jobId }: JobRow,
  { fileNo, position }: { readonly fileNo: number; readonly position: number },
): Promise<boolean> {
  const rows = await db.query(
    `select from import_record where job_id = $1 and file_no = $2 and position = $3`,
    [jobId, fileNo, position],
  )
  return rows.length > 0
}
