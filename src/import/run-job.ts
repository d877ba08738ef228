import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { getZoneById } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { CommitUnknown, isDiskFull, isTransient } from '../db/errors.ts'
import type { Expected } from '../rules/plan.ts'
import { type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { frameJob } from './frame-job.ts'
import { addEvent, type JobRow, type JobStatus } from './job-row.ts'
import { claimJob, holdLease, isCancelled, type Lease, LeaseLost } from './lease.ts'
import { type LedgerPart, writeLedger } from './ledger.ts'
import { readPrepared } from './prepare-thread.ts'
import { ImportRefusal } from './refusal.ts'
import { storedPath } from './store.ts'
import { undoBatch } from './undo.ts'

/** Records of a batch: few enough that the gateway never waits long behind one. */
const batchSize = 250

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
  const job = await claimJob(db, jobId, owner)
  if (!job) return null
  const lease = holdLease(db, job, ending)
  try {
    if (job.kind === 'undo') await runUndo(db, lease)
    else await runFiles(db, dataDir, lease)
    return await finish(db, lease)
  } catch (error) {
    return await stop(db, lease, error)
  } finally {
    lease.release()
  }
}

type FileRow = { fileNo: number; name: string; entry: string | null; sha256: string }

async function runFiles(db: Database, dataDir: string, lease: Lease): Promise<void> {
  const { job, signal } = lease
  await frameJob(db, dataDir, lease)
  const files = await db.query<FileRow>(
    `select file_no as "fileNo", name, entry, sha256 from import_file where job_id = $1 and format is not null order by file_no`,
    [job.jobId],
  )
  if (files.length === 0 && !signal.aborted)
    throw new ImportRefusal(
      'invalid',
      'NO_MARC',
      'None of the files is a MARC file.',
      'See what each file is in the file details, and send MARC files.',
    )
  for (const file of files) {
    if (signal.aborted) return
    await runFile(db, dataDir, lease, file)
  }
}

async function runFile(db: Database, dataDir: string, lease: Lease, file: FileRow): Promise<void> {
  const { job, signal } = lease
  if (job.profile === null) throw new Error(`job ${job.jobId} has no profile`)
  const parts = await db.query<LedgerPart & { done: number }>(
    `select part_no as "partNo", first_position as first, last_position as last, done_position as done
     from import_part where job_id = $1 and file_no = $2 order by part_no`,
    [job.jobId, file.fileNo],
  )
  const last = parts.at(-1)?.last ?? 0
  let done = parts.reduce((most, part) => (part.done >= part.first ? Math.max(most, part.done) : most), 0)
  if (done >= last) return
  const run = await batchRun(db, job, file.fileNo)
  const batches = readPrepared(
    {
      path: storedPath(dataDir, file.sha256),
      entry: file.entry,
      profile: job.profile,
      afterPosition: done,
      batch: batchSize,
    },
    signal,
  )
  for await (const { records } of batches) {
    if (signal.aborted || (await isCancelled(db, job.jobId))) return
    if (records.length === 0) continue
    await runBatch(db, lease, run, file.fileNo, parts, records)
    done = (records.at(-1) as PreparedRecord).position
  }
  if (!signal.aborted && done < last)
    throw new Error(`${file.name} ended at record ${done} of ${last}: the stored file is not what was framed`)
}

async function batchRun(db: Database, job: JobRow, fileNo: number): Promise<BatchRun> {
  const bibZone = await getZoneById(db, job.bibZoneId)
  const inventoryZone = job.zoneId === job.bibZoneId ? bibZone : await getZoneById(db, job.zoneId)
  if (job.profile === null) throw new Error(`job ${job.jobId} has no profile`)
  return {
    profile: job.profile,
    bibZone,
    inventoryZone,
    by: job.submittedBy,
    job: { jobId: job.jobId, fileNo },
    mode: job.kind === 'preview' ? 'preview' : 'apply',
  }
}

/** One batch, for as long as it takes: a database that goes away is waited for, and asked what it had committed. */
async function runBatch(
  db: Database,
  lease: Lease,
  run: BatchRun,
  fileNo: number,
  parts: readonly LedgerPart[],
  records: readonly PreparedRecord[],
): Promise<void> {
  const { job } = lease
  const byPosition = new Map(records.map((record) => [record.position, record]))
  const first = (records[0] as PreparedRecord).position
  const last = (records.at(-1) as PreparedRecord).position
  const touched = parts.filter((part) => part.first <= last && part.last >= first)
  for (let attempt = 0; ; attempt++) {
    try {
      if (attempt > 0 && (await isDone(db, job, fileNo, last))) return
      const expected =
        job.kind === 'commit' && job.ofJobId !== null
          ? await findExpected(db, job.ofJobId, fileNo, first, last)
          : null
      await importBatch(db, expected ? { ...run, expected } : run, records, (tx, results) =>
        writeLedger(tx, { job, fileNo, parts: touched, records: byPosition }, results),
      )
      return
    } catch (error) {
      if (
        isDiskFull(error) ||
        !(isTransient(error) || error instanceof CommitUnknown) ||
        lease.signal.aborted ||
        attempt >= 60
      )
        throw error
      await delay(Math.min(250 * 2 ** attempt, 5000))
    }
  }
}

async function isDone(db: Database, job: JobRow, fileNo: number, position: number): Promise<boolean> {
  const rows = await db.query(
    `select from import_record where job_id = $1 and file_no = $2 and position = $3`,
    [job.jobId, fileNo, position],
  )
  return rows.length > 0
}

/** What a preview planned for these records; a bib that it would have made has no number. */
async function findExpected(
  db: Database,
  previewJobId: string,
  fileNo: number,
  first: number,
  last: number,
): Promise<Map<number, Expected>> {
  const rows = await db.query<Expected & { position: number }>(
    `select r.position, r.outcome, r.code, r.version_before as "versionBefore", p.content,
            case when r.outcome = 'created' or r.mms_id like 'new:%' then null else r.mms_id end as "mmsId"
     from import_record r left join preview_record p using (job_id, file_no, position)
     where r.job_id = $1 and r.file_no = $2 and r.position between $3 and $4`,
    [previewJobId, fileNo, first, last],
  )
  return new Map(rows.map(({ position, ...expected }) => [position, expected]))
}

async function runUndo(db: Database, lease: Lease): Promise<void> {
  const { job, signal } = lease
  if (job.ofJobId === null) throw new Error(`undo ${job.jobId} names no job`)
  const run = {
    jobId: job.jobId,
    ofJobId: job.ofJobId,
    bibZoneId: job.bibZoneId,
    inventoryZoneId: job.zoneId,
    by: job.submittedBy,
  }
  const guard = async (tx: Parameters<Parameters<typeof undoBatch>[2]>[0]) => {
    const held = await tx.query(
      `select from import_job where job_id = $1 and fence = $2 and status = 'running' for key share`,
      [job.jobId, job.fence],
    )
    if (held.length === 0) throw new LeaseLost()
  }
  while (!signal.aborted && !(await isCancelled(db, job.jobId))) {
    if ((await undoBatch(db, run, guard)) === 0) {
      await db.execute(
        `update import_issue set resolved_at = now(), resolution = 'undone', resolved_by = $2 where job_id = $1 and resolved_at is null`,
        [job.ofJobId, job.submittedBy],
      )
      return
    }
  }
}

/** The end of a run that met no error: done, or stopped because somebody or something asked for it. */
async function finish(db: Database, lease: Lease): Promise<JobStatus | null> {
  const { job } = lease
  const why = lease.why()
  if (why === 'lost') return null
  if (why === 'ending') return setStatus(db, job, 'pending', null)
  if (why === 'cancelled' || (await isCancelled(db, job.jobId))) {
    await addEvent(
      db,
      job.jobId,
      'note',
      'CANCELLED',
      'The job was cancelled; what it had done stays, and it can be resumed or undone.',
    )
    return setStatus(db, job, 'cancelled', 'cancelled on request')
  }
  await addEvent(db, job.jobId, 'note', 'COMPLETED', 'The job is complete.')
  return setStatus(db, job, 'completed', null)
}

async function stop(db: Database, lease: Lease, error: unknown): Promise<JobStatus | null> {
  const { job } = lease
  if (error instanceof LeaseLost || lease.why() === 'lost') return null
  const reason = error instanceof Error ? error.message.slice(0, 500) : String(error)
  if (isDiskFull(error))
    return pause(db, job, 'The disk is full. Make room; the job then goes on by itself.', 'DISK_FULL')
  if (isTransient(error) || error instanceof CommitUnknown)
    return pause(
      db,
      job,
      'The database was away for too long. The job goes on by itself when it is back.',
      'DATABASE_AWAY',
    )
  await addEvent(
    db,
    job.jobId,
    'error',
    error instanceof ImportRefusal ? error.code : 'FAILED',
    error instanceof ImportRefusal ? `${reason} ${error.remedy}` : reason,
  )
  return setStatus(db, job, 'failed', reason)
}

/** A paused job is taken up again by itself, half a minute later. Where even that cannot be written, the lease runs out. */
async function pause(db: Database, job: JobRow, reason: string, code: string): Promise<JobStatus | null> {
  try {
    await addEvent(db, job.jobId, 'warning', code, reason)
    return await setStatus(db, job, 'paused', reason, `now() + interval '30 seconds'`)
  } catch {
    return null
  }
}

async function setStatus(
  db: Database,
  job: JobRow,
  status: JobStatus,
  reason: string | null,
  leaseUntil = 'null',
): Promise<JobStatus | null> {
  const isOver = status === 'completed' || status === 'cancelled' || status === 'failed'
  const changed = await db.execute(
    `update import_job set status = $3, reason = $4, lease_owner = null, lease_until = ${leaseUntil},
            cancel_requested_at = case when $5 then null else cancel_requested_at end, finished_at = case when $5 then now() end
     where job_id = $1 and fence = $2`,
    [job.jobId, job.fence, status, reason, isOver],
  )
  return changed === 1 ? status : null
}
