import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { leaseOwner } from './dead-lease.ts'
import { runJob } from './run-job.ts'

/** Jobs run side by side, and how many of them may be large: a small file never waits behind large ones. */
const slots = 4
const largeSlots = 2
const largeBytes = 10 * 1024 * 1024
const lookEvery = 1000

type Waiting = { jobId: string; isLarge: boolean }

/**
 * Takes jobs that nobody has and runs them, several side by side, until asked to end. A job whose
 * process died is taken up when its lease runs out. Looking at the table is the truth, a notification
 * only a hint to look.
 */
export async function runImporter(db: Database, dataDir: string, ending: AbortSignal): Promise<void> {
  const owner = leaseOwner()
  const running = new Map<string, { isLarge: boolean; done: Promise<void> }>()
  let wake = () => {}
  const unlisten = await db.listen('import_job', () => wake()).catch(() => async () => {})
  ending.addEventListener('abort', () => wake())
  while (!ending.aborted) {
    try {
      await showLife(db, owner)
      for (const { jobId, isLarge } of await findWaiting(db)) {
        const large = [...running.values()].filter((one) => one.isLarge).length
        if (running.has(jobId) || running.size >= slots || (isLarge && large >= largeSlots)) continue
        const done = runJob(db, dataDir, jobId, { owner: `${owner}:${jobId}`, ending })
          .then(
            () => undefined,
            () => undefined,
          )
          .finally(() => {
            running.delete(jobId)
            wake()
          })
        running.set(jobId, { isLarge, done })
      }
    } catch {
      // The database is away; the next look finds it or not.
    }
    if (ending.aborted) break
    await Promise.race([
      delay(lookEvery, undefined, { signal: ending }).catch(() => undefined),
      new Promise<void>((resolve) => (wake = resolve)),
    ])
  }
  await Promise.all([...running.values()].map(({ done }) => done))
  await unlisten()
  await db.execute(`delete from importer where importer_id = $1`, [owner]).catch(() => 0)
}

const showLife = (db: Database, owner: string) =>
  db.execute(
    `with gone as (delete from importer where seen_at < now() - interval '1 hour')
     insert into importer (importer_id) values ($1) on conflict (importer_id) do update set seen_at = now()`,
    [owner],
  )

/** Jobs that nobody holds, the oldest first. */
const findWaiting = (db: Database) =>
  db.query<Waiting>(
    `select j.job_id::text as "jobId",
            coalesce((select sum(s.size) from import_file f join stored_file s using (sha256) where f.job_id = j.job_id), 0) > $1 as "isLarge"
     from import_job j
     where j.status in ('pending', 'running', 'paused') and (j.lease_until is null or j.lease_until < now())
     order by j.job_id limit 100`,
    [largeBytes],
  )
