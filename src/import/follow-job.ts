import type { Database, Queryable } from '../db/database.ts'
import { getJob, type Job } from './job.ts'
import { leaseLife } from './lease.ts'
import { permissionsForChange } from './permissions.ts'

/** A job that does exactly what a preview showed, or leaves a record to a person. */
export async function submitCommit(
  db: Database,
  preview: number,
  by: string | null,
  owner?: string,
): Promise<Job> {
  const jobId = await db.transaction(async (tx) => {
    const { canCommit } = await permissionsForChange(tx, preview)
    if (canCommit !== null) throw canCommit
    const job = await follow(tx, preview, 'commit', by, owner)
    await copyFiles(tx, preview, job)
    return job
  })
  await db.execute(`notify import_job`)
  return getJob(db, Number(jobId))
}

/** Gives a job the files of another, framed as they are there. */
export async function copyFiles(tx: Queryable, from: number, to: string): Promise<void> {
  await tx.execute(
    `insert into import_file (job_id, file_no, name, entry, sha256, format, bytes, records, junk_bytes, not_marc)
     select $1, file_no, name, entry, sha256, format, bytes, records, junk_bytes, not_marc from import_file where job_id = $2`,
    [to, from],
  )
  await tx.execute(
    `insert into import_part (job_id, file_no, part_no, first_position, last_position, first_offset, done_position)
     select $1, file_no, part_no, first_position, last_position, first_offset, first_position - 1 from import_part where job_id = $2`,
    [to, from],
  )
  await tx.execute(
    `insert into import_junk (job_id, file_no, byte_offset, byte_length, why)
     select $1, file_no, byte_offset, byte_length, why from import_junk where job_id = $2`,
    [to, from],
  )
}

/** A job that takes back what another has done. */
export async function submitUndo(db: Database, job: number, by: string | null, owner?: string): Promise<Job> {
  const jobId = await db.transaction(async (tx) => {
    const { canUndo } = await permissionsForChange(tx, job)
    if (canUndo !== null) throw canUndo
    return follow(tx, job, 'undo', by, owner)
  })
  await db.execute(`notify import_job`)
  return getJob(db, Number(jobId))
}

/** Adds a job that is about another, with its zones, profile and words; the new job's number. */
export async function follow(
  tx: Queryable,
  ofJob: number,
  kind: 'commit' | 'undo' | 'replay',
  by: string | null,
  owner: string | undefined,
): Promise<string> {
  const [row] = await tx.query<{ jobId: string }>(
    `insert into import_job (kind, zone_id, bib_zone_id, profile, link, profile_code, profile_version, of_job_id, label, notes, submitted_by,
                             lease_owner, lease_until, status)
     select $2, zone_id, bib_zone_id, profile, link, profile_code, profile_version, job_id, label, notes, $3,
            $4::text, case when $4::text is not null then now() + ${leaseLife} end, 'pending'
     from import_job where job_id = $1
     returning job_id::text as "jobId"`,
    [ofJob, kind, by, owner ?? null],
  )
  if (!row) throw new Error(`job ${ofJob} is gone`)
  return row.jobId
}
