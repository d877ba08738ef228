import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { isPassing } from './end-job.ts'
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
export async function runImporter(
  db: Database,
  dataDir: string,
  ending: AbortSignal,
  log: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): Promise<void> {
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
            // What stops a job is in its row; this is what could not even be written there.
            (error: unknown) => log(`Job ${jobId} could not be run: ${messageOf(error)}`),
          )
          .finally(() => {
            running.delete(jobId)
            wake()
          })
        running.set(jobId, { isLarge, done })
      }
    } catch (error) {
      // The database is away; the next look finds it or not.
      if (!isPassing(error)) log(`Jobs could not be looked for: ${messageOf(error)}`)
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

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500)

const showLife = (db: Database, owner: string) =>
  db.execute(
    `with gone as (delete from importer where seen_at < now() - interval '1 hour')
     insert into importer (importer_id) values ($1) on conflict (importer_id) do update set seen_at = now()`,
    [owner],
  )

/**
 * Jobs that nobody holds, the oldest first; as many of each size as could be run, so that a small one is
 * seen behind any number of large ones. An undo is as large as what it takes back.
 */
const findWaiting = (db: Database) =>
  db.query<Waiting>(
    `with waiting as (
       select j.job_id, coalesce((
         select sum(coalesce(f.bytes, s.size))
         from import_file f join stored_file s using (sha256)
         where f.job_id = case when j.kind = 'undo' then j.of_job_id else j.job_id end), 0) > $1 as is_large
       from import_job j
       where j.status in ('pending', 'running', 'paused') and (j.lease_until is null or j.lease_until < now()))
     select job_id::text as "jobId", is_large as "isLarge"
     from (select *, row_number() over (partition by is_large order by job_id) as place from waiting) placed
     where place <= $2
     order by job_id`,
    [largeBytes, slots],
  )
