import { getZone, getZoneById } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { access, stat } from 'node:fs/promises'
import { addEvent, getJobRow, type JobKind } from './job-row.ts'
import { leaseLife } from './lease.ts'
import { listLoads } from './loads.ts'
import { findProfile, listProfiles } from './profile.ts'
import { ImportRefusal } from './refusal.ts'
import { getJob, type Job } from './job.ts'
import { storedPath } from './store.ts'

export type Submission = {
  readonly zone: string
  readonly profile: string
  readonly files: readonly { readonly sha256: string; readonly name: string }[]
  readonly label?: string
  readonly notes?: string
  readonly kind: 'import' | 'preview'
  /** The same key again is the same job. */
  readonly idempotencyKey?: string
  readonly by: string | null
  /** Who will run the job; others leave it alone while that process lives. */
  readonly owner?: string
}

/** Submits a job over stored files. @throws {ImportRefusal} with what is wrong, before anything is done */
export async function submitJob(
  db: Database,
  dataDir: string,
  submission: Submission,
): Promise<{ job: Job; isNew: boolean }> {
  const { idempotencyKey } = submission
  if (idempotencyKey !== undefined) {
    const known = await findByKey(db, idempotencyKey)
    if (known !== null) return { job: await getJob(db, known), isNew: false }
  }
  const zone = await getZone(db, submission.zone)
  const stored = await findProfile(db, zone, submission.profile)
  if (!stored) {
    const codes = (await listProfiles(db, zone)).map(({ code }) => code)
    throw new ImportRefusal(
      'missing',
      'NO_SUCH_PROFILE',
      `Zone ${zone.code} has no import profile ${submission.profile}.`,
      `Its profiles are ${codes.join(', ') || 'none yet'}.`,
    )
  }
  const { profile } = stored
  if (!profile.active)
    throw new ImportRefusal(
      'conflict',
      'PROFILE_INACTIVE',
      `The import profile ${profile.code} is not active.`,
      'Activate it, or choose another.',
    )
  if (profile.type !== 'repository') {
    throw new ImportRefusal(
      'conflict',
      'PROFILE_TYPE',
      `Import profiles of type ${profile.type} cannot be run yet.`,
      'Choose a profile of type repository.',
    )
  }
  if (profile.useNetworkZone && zone.networkZoneId === null) {
    throw new ImportRefusal(
      'conflict',
      'NO_NETWORK_ZONE',
      `The profile ${profile.code} uses the network zone, and ${zone.code} belongs to none.`,
      'Choose an institution that belongs to a network, or another profile.',
    )
  }
  if (submission.files.length === 0)
    throw new ImportRefusal('invalid', 'NO_FILES', 'No file was named.', 'Choose one file or more.')
  const bibZone =
    profile.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  const sizes = await Promise.all(submission.files.map((file) => sizeOf(dataDir, file)))
  const jobId = await db.transaction(async (tx) => {
    const job = await addJob(tx, {
      kind: submission.kind,
      zoneId: zone.zoneId,
      bibZoneId: bibZone.zoneId,
      profile: JSON.stringify(profile),
      profileCode: profile.code,
      profileVersion: stored.version,
      ofJobId: null,
      label: submission.label ?? null,
      notes: submission.notes ?? null,
      by: submission.by,
      owner: submission.owner ?? null,
      idempotencyKey: idempotencyKey ?? null,
    })
    if (job === null) return null
    for (const [at, { sha256, name }] of submission.files.entries()) {
      await tx.execute(`insert into stored_file (sha256, size) values ($1, $2) on conflict do nothing`, [
        sha256,
        sizes[at],
      ])
      await tx.execute(`insert into import_file (job_id, file_no, name, sha256) values ($1, $2, $3, $4)`, [
        job,
        at + 1,
        name,
        sha256,
      ])
      const loads = (await listLoads(tx, sha256)).filter((load) => String(load.job) !== job)
      const [load] = loads
      if (load)
        await addEvent(
          tx,
          job,
          'note',
          'LOADED_BEFORE',
          `${name} was loaded before, by job ${load.job} on ${load.at.slice(0, 10)} with profile ${load.profile} into ${load.zone}.`,
        )
    }
    return job
  })
  if (jobId === null && idempotencyKey !== undefined)
    return { job: await getJob(db, (await findByKey(db, idempotencyKey)) ?? 0), isNew: false }
  await db.execute(`notify import_job`)
  return { job: await getJob(db, Number(jobId)), isNew: true }
}

async function sizeOf(dataDir: string, { sha256, name }: { sha256: string; name: string }): Promise<number> {
  const path = /^[0-9a-f]{64}$/.test(sha256) ? storedPath(dataDir, sha256) : ''
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (!isThere)
    throw new ImportRefusal('missing', 'NO_SUCH_FILE', `${name} has not been uploaded.`, 'Upload it first.')
  return (await stat(path)).size
}

async function findByKey(db: Queryable, key: string): Promise<number | null> {
  const [row] = await db.query<{ job: number }>(
    `select job_id as job from import_job where idempotency_key = $1`,
    [key],
  )
  return row?.job ?? null
}

type NewJob = {
  kind: JobKind
  zoneId: number
  bibZoneId: number
  profile: string | null
  profileCode: string | null
  profileVersion: number | null
  ofJobId: string | null
  label: string | null
  notes: string | null
  by: string | null
  owner: string | null
  idempotencyKey: string | null
}

/** The new job's number; nothing where its idempotency key is taken. */
async function addJob(db: Queryable, job: NewJob): Promise<string | null> {
  const [row] = await db.query<{ jobId: string }>(
    `insert into import_job (kind, zone_id, bib_zone_id, profile, profile_code, profile_version, of_job_id, label, notes, submitted_by,
                             lease_owner, lease_until, idempotency_key, status)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11::text, case when $11::text is not null then now() + ${leaseLife} end, $12, 'pending')
     on conflict (idempotency_key) do nothing returning job_id::text as "jobId"`,
    [
      job.kind,
      job.zoneId,
      job.bibZoneId,
      job.profile,
      job.profileCode,
      job.profileVersion,
      job.ofJobId,
      job.label,
      job.notes,
      job.by,
      job.owner,
      job.idempotencyKey,
    ],
  )
  return row?.jobId ?? null
}

/** A job that does exactly what a preview showed, or leaves a record to a person. */
export async function submitCommit(
  db: Database,
  preview: number,
  by: string | null,
  owner?: string,
): Promise<Job> {
  const jobId = await db.transaction(async (tx) => {
    const { canCommit } = await permissions(tx, preview)
    if (canCommit !== null) throw canCommit
    const job = await follow(tx, preview, 'commit', by, owner)
    await tx.execute(
      `insert into import_file (job_id, file_no, name, entry, sha256, format, bytes, records, junk_bytes, not_marc)
       select $1, file_no, name, entry, sha256, format, bytes, records, junk_bytes, not_marc from import_file where job_id = $2`,
      [job, preview],
    )
    await tx.execute(
      `insert into import_part (job_id, file_no, part_no, first_position, last_position, first_offset, done_position)
       select $1, file_no, part_no, first_position, last_position, first_offset, first_position - 1 from import_part where job_id = $2`,
      [job, preview],
    )
    await tx.execute(
      `insert into import_junk (job_id, file_no, byte_offset, byte_length, why)
       select $1, file_no, byte_offset, byte_length, why from import_junk where job_id = $2`,
      [job, preview],
    )
    return job
  })
  await db.execute(`notify import_job`)
  return getJob(db, Number(jobId))
}

/** A job that takes back what another has done. */
export async function submitUndo(db: Database, job: number, by: string | null, owner?: string): Promise<Job> {
  const jobId = await db.transaction(async (tx) => {
    const { canUndo } = await permissions(tx, job)
    if (canUndo !== null) throw canUndo
    return follow(tx, job, 'undo', by, owner)
  })
  await db.execute(`notify import_job`)
  return getJob(db, Number(jobId))
}

/** @throws {ImportRefusal} where somebody else submits the same at the same moment */
async function follow(
  tx: Queryable,
  ofJob: number,
  kind: 'commit' | 'undo',
  by: string | null,
  owner: string | undefined,
): Promise<string> {
  const [row] = await tx.query<{ jobId: string }>(
    `insert into import_job (kind, zone_id, bib_zone_id, profile, profile_code, profile_version, of_job_id, label, notes, submitted_by,
                             lease_owner, lease_until, idempotency_key, status)
     select $2, zone_id, bib_zone_id, profile, profile_code, profile_version, job_id, label, notes, $3,
            $4::text, case when $4::text is not null then now() + ${leaseLife} end,
            $2 || ' of ' || job_id || ' after ' || (select count(*) from import_job o where o.of_job_id = $1 and o.kind = $2),
            'pending'
     from import_job where job_id = $1
     on conflict (idempotency_key) do nothing returning job_id::text as "jobId"`,
    [ofJob, kind, by, owner ?? null],
  )
  if (!row)
    throw new ImportRefusal(
      'conflict',
      'ALREADY_SUBMITTED',
      `The ${kind} of job ${ofJob} was submitted at the same moment by somebody else.`,
      'Look at the list of jobs.',
    )
  return row.jobId
}

/** Asks a job to stop after the batch in hand; one that nobody runs stops at once. */
export async function cancelJob(db: Database, job: number): Promise<Job> {
  const { canCancel } = await permissions(db, job)
  if (canCancel !== null) throw canCancel
  await db.execute(
    `update import_job set cancel_requested_at = now() where job_id = $1 and status = 'running'`,
    [job],
  )
  await db.execute(
    `update import_job set status = 'cancelled', reason = 'cancelled before it went on', finished_at = now(), lease_owner = null, lease_until = null, fence = fence + 1
     where job_id = $1 and status in ('pending', 'paused')`,
    [job],
  )
  return getJob(db, job)
}

/** Lets a job go on after its last record. */
export async function resumeJob(db: Database, job: number, owner?: string): Promise<Job> {
  const { canResume } = await permissions(db, job)
  if (canResume !== null) throw canResume
  await db.execute(
    `update import_job set status = 'pending', reason = null, finished_at = null, cancel_requested_at = null, lease_owner = $2::text,
            lease_until = case when $2::text is not null then now() + ${leaseLife} end
     where job_id = $1`,
    [job, owner ?? null],
  )
  await addEvent(db, String(job), 'note', 'RESUMED', 'The job goes on after its last record.')
  await db.execute(`notify import_job`)
  return getJob(db, job)
}

export type Permissions = {
  readonly [what in 'canCommit' | 'canUndo' | 'canCancel' | 'canResume']: ImportRefusal | null
}

/** What may be done with a job now, and why not: nothing where it may. */
export async function permissions(db: Queryable, job: number): Promise<Permissions> {
  const row = await getJobRow(db, job)
  const [state] = await db.query<{ committed: number | null; undone: number | null; isDead: boolean }>(
    `select (select min(job_id) from import_job o where o.of_job_id = j.job_id and o.kind = 'commit') as committed,
            (select max(job_id) from import_job o where o.of_job_id = j.job_id and o.kind = 'undo' and o.status <> 'failed') as undone,
            coalesce(j.lease_until < now(), true) as "isDead"
     from import_job j where job_id = $1`,
    [job],
  )
  const no = (code: string, message: string, remedy: string) =>
    new ImportRefusal('conflict', code, message, remedy)
  const isOver = row.status === 'completed' || row.status === 'cancelled' || row.status === 'failed'
  const committed = state?.committed ?? null
  const undone = state?.undone ?? null
  return {
    canCommit:
      row.kind !== 'preview'
        ? no('NOT_A_PREVIEW', `Job ${job} is no preview.`, 'Only a preview can be committed.')
        : committed !== null
          ? no('COMMITTED', `Job ${committed} has committed this preview.`, `See job ${committed}.`)
          : row.status !== 'completed'
            ? no('NOT_COMPLETE', `The preview is ${row.status}.`, 'Let it finish first.')
            : null,
    canUndo:
      row.kind === 'preview' || row.kind === 'undo'
        ? no(
            'NOTHING_TO_UNDO',
            `A job of kind ${row.kind} has changed nothing that could be taken back.`,
            'Undo the job that changed the catalogue.',
          )
        : undone !== null
          ? no('UNDONE', `Job ${undone} takes this job back already.`, `See job ${undone}.`)
          : !isOver
            ? no('NOT_COMPLETE', `The job is ${row.status}.`, 'Cancel it, or let it finish first.')
            : null,
    canCancel: isOver ? no('OVER', `The job is ${row.status}.`, 'There is nothing to cancel.') : null,
    canResume:
      row.status === 'completed'
        ? no('OVER', 'The job is complete.', 'There is nothing to resume.')
        : undone !== null
          ? no('UNDONE', `Job ${undone} takes this job back.`, 'Submit the files again.')
          : row.status === 'running' && state?.isDead === false
            ? no(
                'RUNNING',
                'The job is running.',
                'Another process has it; it is taken over by itself if that dies.',
              )
            : null,
  }
}
