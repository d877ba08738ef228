import { createCopyBuffer } from '../db/copy.ts'
import type { Database, Tx } from '../db/database.ts'
import { frameFile, type FramedEntry } from './frame-thread.ts'
import type { JunkFrame } from '../marc/frame.ts'
import { addEvent } from './job-row.ts'
import { type Lease, LeaseLost } from './lease.ts'
import { ImportRefusal } from './refusal.ts'
import { storedPath } from './store.ts'

type FileRow = { fileNo: number; name: string; sha256: string }

/**
 * Finds out what each file of a job is made of, once: entries of archives become files of the job, and
 * parts and junk get their rows. A file that was framed before stays as it is.
 */
export async function frameJob(db: Database, dataDir: string, { job, signal }: Lease): Promise<void> {
  const files = await db.query<FileRow>(
    `select file_no as "fileNo", name, sha256 from import_file where job_id = $1 and format is null and not_marc is null order by file_no`,
    [job.jobId],
  )
  for (const file of files) {
    const framed: FramedEntry[] = []
    const junk = new Map<string, JunkFrame[]>()
    for await (const message of frameFile(storedPath(dataDir, file.sha256), signal)) {
      if ('failed' in message)
        throw new ImportRefusal(
          'invalid',
          message.failed.code,
          `${file.name}: ${message.failed.message}`,
          'Check the file and send it again.',
        )
      if ('framed' in message) framed.push(message.framed)
      else junk.set(message.entry, [...(junk.get(message.entry) ?? []), ...message.junk])
    }
    if (signal.aborted) return
    await db.transaction((tx) => writeFramed(tx, job.jobId, job.fence, file, framed, junk))
    for (const entry of framed)
      if (entry.kind === 'not-marc')
        await addEvent(db, job.jobId, 'error', 'NOT_MARC', `${nameOf(file, entry, framed)}: ${entry.why}`)
  }
}

const nameOf = (file: FileRow, entry: FramedEntry, all: readonly FramedEntry[]) =>
  all.length > 1 ? `${file.name}: ${entry.entry}` : file.name

async function writeFramed(
  tx: Tx,
  jobId: string,
  fence: number,
  file: FileRow,
  framed: readonly FramedEntry[],
  junk: ReadonlyMap<string, readonly JunkFrame[]>,
): Promise<void> {
  const held = await tx.query(`select from import_job where job_id = $1 and fence = $2 for key share`, [
    jobId,
    fence,
  ])
  if (held.length === 0) throw new LeaseLost()
  const isArchive = framed.length > 1
  for (const [at, entry] of framed.entries()) {
    const fileNo = at === 0 ? file.fileNo : await addEntry(tx, jobId, file)
    const marc = entry.kind === 'marc' ? entry : null
    await tx.execute(
      `update import_file set entry = $3, format = $4, bytes = $5, records = $6, junk_bytes = $7, not_marc = $8 where job_id = $1 and file_no = $2`,
      [
        jobId,
        fileNo,
        isArchive ? entry.entry : null,
        marc?.format ?? null,
        marc?.bytes ?? null,
        marc?.records ?? 0,
        marc?.junkBytes ?? 0,
        entry.kind === 'not-marc' ? entry.why : null,
      ],
    )
    if (!marc) continue
    await tx.execute(
      `insert into import_part (job_id, file_no, part_no, first_position, last_position, first_offset, done_position)
       select $1, $2, n.part_no, n.first, n.last, n.at, n.first - 1
       from unnest($3::int[], $4::int[], $5::int[], $6::bigint[]) as n (part_no, first, last, at)`,
      [
        jobId,
        fileNo,
        marc.pieces.map((_, number) => number + 1),
        marc.pieces.map(({ first }) => first),
        marc.pieces.map(({ last }) => last),
        marc.pieces.map(({ offset }) => offset),
      ],
    )
    await writeJunk(tx, jobId, fileNo, junk.get(entry.entry) ?? [])
  }
}

async function addEntry(tx: Tx, jobId: string, file: FileRow): Promise<number> {
  const [row] = await tx.query<{ fileNo: number }>(
    `insert into import_file (job_id, file_no, name, sha256)
     select $1, max(file_no) + 1, $2, $3 from import_file where job_id = $1 returning file_no as "fileNo"`,
    [jobId, file.name, file.sha256],
  )
  if (!row) throw new Error(`job ${jobId} has lost its files`)
  return row.fileNo
}

async function writeJunk(tx: Tx, jobId: string, fileNo: number, junk: readonly JunkFrame[]): Promise<void> {
  if (junk.length === 0) return
  const rows = createCopyBuffer()
  for (const { offset, length, why } of junk) {
    rows.row(5)
    rows.int8(Number(jobId))
    rows.int2(fileNo)
    rows.int8(offset)
    rows.int8(length)
    rows.text(why)
  }
  await tx.copyIn(
    'copy import_junk (job_id, file_no, byte_offset, byte_length, why) from stdin (format binary)',
    rows.finish(),
  )
}
