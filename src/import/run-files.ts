import { getZoneById } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import type { Expected } from '../rules/plan.ts'
import { beforeAll } from './as-of.ts'
import { type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { frameJob } from './frame-job.ts'
import { isDry, type JobRow } from './job-row.ts'
import { isCancelled, type Lease } from './lease.ts'
import { type LedgerPart, writeLedger } from './ledger.ts'
import { persist } from './persist.ts'
import { forgetPlanned } from './preview.ts'
import { readPrepared } from './prepare-thread.ts'
import { ImportRefusal } from './refusal.ts'
import { writeDifferences } from './replay-differences.ts'
import { storedPath } from './store.ts'

/** Records of a batch: few enough that the gateway never waits long behind one. */
const batchSize = 150

type FileRow = {
  fileNo: number
  name: string
  entry: string | null
  sha256: string
  isMarc: boolean
  notMarc: string | null
}

/**
 * Frames the files of a job and imports their records, after those that the ledger has. Answers whether all
 * is done; not where it was stopped before.
 *
 * @throws {ImportRefusal} where a file cannot be read as it is stored, or none is MARC @throws {LeaseLost}
 */
export async function runFiles(db: Database, dataDir: string, lease: Lease): Promise<boolean> {
  const { job, signal } = lease
  await frameJob(db, dataDir, lease)
  if (signal.aborted) return false
  const files = await retrying(() =>
    db.query<FileRow>(
      `select file_no as "fileNo", name, entry, sha256, format is not null as "isMarc", not_marc as "notMarc"
       from import_file where job_id = $1 order by file_no`,
      [job.jobId],
    ),
  )
  const marc = files.filter(({ isMarc }) => isMarc)
  if (marc.length === 0) throw noMarc(files)
  for (const file of marc) if (!(await runFile(db, dataDir, lease, file))) return false
  if (isDry(job.kind)) await retrying(() => forgetPlanned(db, job.jobId))
  return true
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

async function runFile(db: Database, dataDir: string, lease: Lease, file: FileRow): Promise<boolean> {
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
  if (done >= last) return true
  const run = await retrying(() => batchRun(db, job, file))
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
    if (signal.aborted || (await retrying(() => isCancelled(db, job.jobId)))) return false
    const reached = (records.at(-1) as PreparedRecord).position
    if (reached > last) throw changed(file, `it has more than the ${last} records`)
    await runBatch(db, lease, run, file.fileNo, parts, records)
    done = reached
  }
  if (done >= last) return true
  if (signal.aborted) return false
  throw changed(file, `it ends at record ${done} of the ${last}`)
}

const changed = ({ name, entry }: FileRow, how: string) =>
  new ImportRefusal(
    'conflict',
    'STORED_FILE_CHANGED',
    `The stored file of ${entry === null ? name : `${name}, ${entry}`} is not what it was when the job began: ${how} that it had then.`,
    'Restore the data directory from its backup, or send the file again.',
  )

async function batchRun(db: Database, job: JobRow, { fileNo, sha256 }: FileRow): Promise<BatchRun> {
  const bibZone = await getZoneById(db, job.bibZoneId)
  const inventoryZone = job.zoneId === job.bibZoneId ? bibZone : await getZoneById(db, job.zoneId)
  if (job.profile === null) throw new Error(`job ${job.jobId} has no profile`)
  return {
    profile: job.profile,
    bibZone,
    inventoryZone,
    by: job.submittedBy,
    job: { jobId: job.jobId, fileNo, file: sha256.slice(0, 16) },
    mode: isDry(job.kind) ? 'preview' : 'apply',
    ...(job.kind === 'replay' && job.ofJobId !== null
      ? { asOf: { jobId: job.ofJobId, fileNo, before: beforeAll } }
      : {}),
  }
}

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
  await persist(db, lease, { fileNo, position: last }, async () => {
    const expected =
      job.kind === 'commit' && job.ofJobId !== null
        ? await findExpected(db, job.ofJobId, fileNo, first, last)
        : null
    await importBatch(db, expected ? { ...run, expected } : run, records, async (tx, results) => {
      await writeLedger(tx, { job, fileNo, parts: touched, records: byPosition }, results)
      if (job.kind === 'replay') await writeDifferences(tx, job, fileNo, results)
    })
  })
}

/** What a preview planned for these records; a bib that it would have made has no number. */
export async function findExpected(
  db: Queryable,
  previewJobId: string,
  fileNo: number,
  first: number,
  last: number,
): Promise<Map<number, Expected>> {
  const rows = await db.query<Expected & { position: number }>(
    `select r.position, r.outcome, r.code, r.version_before as "versionBefore", p.content,
            coalesce((
              select json_agg(json_build_object('mmsId', c.mms_id, 'became', c.became, 'versionBefore', c.version_before) order by c.ordinal)
              from combined_bib c where c.job_id = r.job_id and c.file_no = r.file_no and c.position = r.position), '[]') as combined,
            coalesce((
              select json_agg(json_build_object('kind', m.kind, 'result', m.result, 'code', m.code, 'why', m.why,
                'id', m.inventory_id, 'library', m.library, 'location', m.location, 'barcode', m.barcode, 'url', m.url,
                'mmsId', m.mms_id) order by m.inventory_row_id)
              from import_inventory m
              where m.job_id = r.job_id and m.file_no = r.file_no and m.position = r.position), '[]') as inventory,
            case when r.outcome = 'created' or r.mms_id like 'new:%' then null else r.mms_id end as "mmsId"
     from import_record r left join preview_record p using (job_id, file_no, position)
     where r.job_id = $1 and r.file_no = $2 and r.position between $3 and $4`,
    [previewJobId, fileNo, first, last],
  )
  return new Map(rows.map(({ position, ...expected }) => [position, expected]))
}
