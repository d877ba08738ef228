import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { getZoneById } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import { CommitUnknown, isDiskFull, isTransient, retrying } from '../db/errors.ts'
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
  const job = await retrying(() => claimJob(db, jobId, owner), { findsItsOwnEffects: true })
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

type FileRow = {
  fileNo: number
  name: string
  entry: string | null
  sha256: string
  isMarc: boolean
  notMarc: string | null
}

async function runFiles(db: Database, dataDir: string, lease: Lease): Promise<void> {
  const { job, signal } = lease
  await frameJob(db, dataDir, lease)
  if (signal.aborted) return
  const files = await retrying(() =>
    db.query<FileRow>(
      `select file_no as "fileNo", name, entry, sha256, format is not null as "isMarc", not_marc as "notMarc"
       from import_file where job_id = $1 order by file_no`,
      [job.jobId],
    ),
  )
  const marc = files.filter(({ isMarc }) => isMarc)
  if (marc.length === 0) throw noMarc(files)
  for (const file of marc) {
    if (signal.aborted) return
    await runFile(db, dataDir, lease, file)
  }
}

function noMarc(files: readonly FileRow[]): ImportRefusal {
  const [only] = files
  return files.length === 1 && only
    ? new ImportRefusal('invalid', 'NO_MARC', `${only.name}: ${only.notMarc}`, 'Then send it again.')
    : new ImportRefusal(
        'invalid',
        'NO_MARC',
        'None of the files is a MARC file.',
        'See what each file is in the events of the job, and send MARC files.',
      )
}

async function runFile(db: Database, dataDir: string, lease: Lease, file: FileRow): Promise<void> {
  const { job, signal } = lease
  if (job.profile === null) throw new Error(`job ${job.jobId} has no profile`)
  const parts = await retrying(() =>
    db.query<LedgerPart & { done: number }>(
      `select part_no as "partNo", first_position as first, last_position as last, done_position as done
       from import_part where job_id = $1 and file_no = $2 order by part_no`,
      [job.jobId, file.fileNo],
    ),
  )
  const last = parts.at(-1)?.last ?? 0
  let done = parts.reduce((most, part) => (part.done >= part.first ? Math.max(most, part.done) : most), 0)
  if (done >= last) return
  const run = await retrying(() => batchRun(db, job, file.fileNo))
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
  for await (const records of batches) {
    if (signal.aborted || (await retrying(() => isCancelled(db, job.jobId)))) return
    const reached = (records.at(-1) as PreparedRecord).position
    if (reached > last) throw changed(file, `it has more than the ${last} records`)
    await runBatch(db, lease, run, file.fileNo, parts, records)
    done = reached
  }
  if (!signal.aborted && done < last) throw changed(file, `it ends at record ${done} of the ${last}`)
}

const changed = ({ name, entry }: FileRow, how: string) =>
  new ImportRefusal(
    'conflict',
    'STORED_FILE_CHANGED',
    `The stored file of ${entry === null ? name : `${name}, ${entry}`} is not what it was when the job began: ${how} that it had then.`,
    'Restore the data directory from its backup, or send the file again.',
  )

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
      if (!isPassing(error) || lease.signal.aborted || attempt >= 60) throw error
      await delay(Math.min(250 * 2 ** attempt, 5000))
    }
  }
}

/** The database was away; whether it has committed is to be looked up. */
const isPassing = (error: unknown) =>
  !isDiskFull(error) && (isTransient(error) || error instanceof CommitUnknown)

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
  const guard = async (tx: Tx) => {
    const held = await tx.query(
      `select from import_job where job_id = $1 and fence = $2 and status = 'running' for key share`,
      [job.jobId, job.fence],
    )
    if (held.length === 0) throw new LeaseLost()
  }
  while (!signal.aborted && !(await retrying(() => isCancelled(db, job.jobId)))) {
    if ((await undoBatch(db, run, guard)) > 0) continue
    const closeIssues = (tx: Tx) =>
      tx.execute(
        `update import_issue set resolved_at = now(), resolution = 'undone', resolved_by = $2
         where job_id = $1 and resolved_at is null`,
        [job.ofJobId, job.submittedBy],
      )
    await retrying(
      () =>
        db.transaction(async (tx) => {
          await guard(tx)
          await closeIssues(tx)
        }),
      { findsItsOwnEffects: true },
    )
    return
  }
}

/** The end of a run that met no error: done, or stopped because somebody or something asked for it. */
async function finish(db: Database, lease: Lease): Promise<JobStatus | null> {
  const { job } = lease
  const why = lease.why()
  if (why === 'lost') return null
  if (why === 'ending') return conclude(db, job, { status: 'pending', reason: null })
  if (why === 'cancelled' || (await retrying(() => isCancelled(db, job.jobId)))) {
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
  return conclude(db, job, {
    status: 'completed',
    reason: null,
    event: ['note', 'COMPLETED', 'The job is complete.'],
  })
}

async function stop(db: Database, lease: Lease, error: unknown): Promise<JobStatus | null> {
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
      : finish(db, lease).catch(() => null)
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
