import { copyRows } from '../db/copy-rows.ts'
import type { Database, Tx } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import type { JunkFrame } from '../marc/frame.ts'
import { frameFile, type FramedEntry } from './frame-thread.ts'
import { addEvent } from './job-row.ts'
import { holdFence, type Lease } from './lease.ts'
import { ImportRefusal } from './refusal.ts'
import { storedPath } from './store.ts'

type FileRow = { fileNo: number; name: string; sha256: string }

/** What a file number can be. */
const mostFiles = 32_767

/**
 * Finds out what each file of a job is made of, once: entries of archives become files of the job, in
 * their place, and parts and junk get their rows. A file that was framed before stays as it is.
 *
 * @throws {ImportRefusal} where a stored file cannot be read
 */
export async function frameJob(db: Database, dataDir: string, lease: Lease): Promise<void> {
  while (!lease.signal.aborted) {
    const next = await retrying(() => findUnframed(db, lease.job.jobId))
    if (!next) return
    await retrying(() => frameNext(db, dataDir, lease), { findsItsOwnEffects: true })
  }
}

async function findUnframed(db: Database, jobId: string): Promise<FileRow | undefined> {
  const [file] = await db.query<FileRow>(
    `select file_no as "fileNo", name, sha256 from import_file
     where job_id = $1 and format is null and not_marc is null
     order by file_no limit 1`,
    [jobId],
  )
  return file
}

/** Begins anew each time; a file that was framed after all is not found again. */
async function frameNext(db: Database, dataDir: string, { job, signal }: Lease): Promise<void> {
  const file = await findUnframed(db, job.jobId)
  if (!file) return
  const inFence = <T>(run: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction(async (tx) => {
      await holdFence(tx, job)
      return run(tx)
    })
  // What an attempt that was cut off has left; files after this one have no junk yet.
  await inFence((tx) =>
    tx.execute(`delete from import_junk where job_id = $1 and file_no >= $2`, [job.jobId, file.fileNo]),
  )
  const framed: FramedEntry[] = []
  const notes: string[] = []
  for await (const message of inWords(file, frameFile(storedPath(dataDir, file.sha256), signal))) {
    if ('note' in message) notes.push(message.note)
    else if ('framed' in message) framed.push(message.framed)
    else await inFence((tx) => writeJunk(tx, job.jobId, file.fileNo + framed.length, message.junk))
  }
  if (signal.aborted) return
  await inFence(async (tx) => {
    await makeRoom(tx, job.jobId, file, framed.length - 1)
    for (const [at, entry] of framed.entries()) {
      await writeFramed(tx, job.jobId, file.fileNo + at, entry)
      const name = entry.entry === null ? file.name : `${file.name}, ${entry.entry}`
      if (entry.kind === 'not-marc')
        await addEvent(tx, job.jobId, 'error', entry.code, `${name}: ${entry.why}`)
      else if (entry.records === 0)
        await addEvent(tx, job.jobId, 'warning', 'NO_RECORDS', `${name}: There are no records in it.`)
    }
    for (const note of notes) await addEvent(tx, job.jobId, 'note', 'PASSED_OVER', `${file.name}: ${note}`)
  })
}

/** Which of the job's files it was that could not be read. */
async function* inWords<T>({ name }: FileRow, messages: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* messages
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error
    throw new ImportRefusal(error.kind, error.code, `${name}: ${error.message}`, error.remedy)
  }
}

/** Entries of an archive take the numbers after its own; the files that follow move on. None of them has parts yet. */
async function makeRoom(tx: Tx, jobId: string, file: FileRow, count: number): Promise<void> {
  if (count <= 0) return
  const [row] = await tx.query<{ last: number }>(
    `select max(file_no) as last from import_file where job_id = $1`,
    [jobId],
  )
  if ((row?.last ?? 0) + count > mostFiles)
    throw new ImportRefusal(
      'invalid',
      'TOO_MANY_FILES',
      `With ${file.name} the job has more than ${mostFiles} files.`,
      'Spread the files over several jobs.',
    )
  // By way of negative numbers, since a row would meet the number that another still has.
  await tx.execute(
    `update import_file set file_no = -(file_no + $3::int) where job_id = $1 and file_no > $2`,
    [jobId, file.fileNo, count],
  )
  await tx.execute(`update import_file set file_no = -file_no where job_id = $1 and file_no < 0`, [jobId])
  await tx.execute(
    `insert into import_file (job_id, file_no, name, sha256)
     select $1, n, $2, $3 from generate_series($4::int, $5::int) n`,
    [jobId, file.name, file.sha256, file.fileNo + 1, file.fileNo + count],
  )
}

async function writeFramed(tx: Tx, jobId: string, fileNo: number, entry: FramedEntry): Promise<void> {
  const marc = entry.kind === 'marc' ? entry : null
  await tx.execute(
    `update import_file set entry = $3, format = $4, bytes = $5, records = $6, junk_bytes = $7, not_marc = $8
     where job_id = $1 and file_no = $2`,
    [
      jobId,
      fileNo,
      entry.entry,
      marc?.format ?? null,
      marc?.bytes ?? null,
      marc?.records ?? 0,
      marc?.junkBytes ?? 0,
      entry.kind === 'not-marc' ? entry.why : null,
    ],
  )
  if (!marc) {
    await tx.execute(`delete from import_junk where job_id = $1 and file_no = $2`, [jobId, fileNo])
    return
  }
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
}

async function writeJunk(tx: Tx, jobId: string, fileNo: number, junk: readonly JunkFrame[]): Promise<void> {
  await copyRows(
    tx,
    'copy import_junk (job_id, file_no, byte_offset, byte_length, why) from stdin (format binary)',
    (rows) => {
      for (const { offset, length, why } of junk) {
        rows.row(5)
        rows.int8(Number(jobId))
        rows.int2(fileNo)
        rows.int8(offset)
        rows.int8(length)
        rows.text(why)
      }
    },
  )
}
