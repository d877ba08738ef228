import { getZone, getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { access, stat } from 'node:fs/promises'
import type { ImportProfile } from '../rules/import-profile.ts'
import { addEvent, type JobKind } from './job-row.ts'
import type { LinkSettings } from './link-settings.ts'
import { leaseLife } from './lease.ts'
import { listLoads } from './loads.ts'
import { findProfile, listProfiles } from './profile.ts'
import { refuseInventory } from './inventory-refusal.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'
import { getJob, type Job } from './job.ts'
import { storedPath } from './store.ts'

export type Submission = {
  readonly zone: string
  readonly profile: string
  readonly files: readonly { readonly sha256: string; readonly name: string }[]
  readonly label?: string
  readonly notes?: string
  readonly kind: 'import' | 'preview'
  /** The same key again in the same zone is the same job. */
  readonly idempotencyKey?: string
  readonly by: string | null
  /** Throws where whoever submits may not change the bibs of that zone; asked where that is not the job's own. */
  readonly holdTo?: (bibZone: string) => void
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
  const zone = await getZone(db, submission.zone)
  if (idempotencyKey !== undefined) {
    const known = await findByKey(db, zone, idempotencyKey)
    if (known !== null) return { job: await getJob(db, known), isNew: false }
  }
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
  refuseUnrunnable(zone, profile)
  if (submission.files.length === 0)
    throw new ImportRefusal('invalid', 'NO_FILES', 'No file was named.', 'Choose one file or more.')
  const bibZone =
    profile.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  if (bibZone.zoneId !== zone.zoneId && submission.kind === 'import') submission.holdTo?.(bibZone.code)
  const sizes = await Promise.all(submission.files.map((file) => sizeOf(dataDir, file)))
  const jobId = await db.transaction(async (tx) => {
    const job = await addJob(tx, {
      kind: submission.kind,
      zoneId: zone.zoneId,
      bibZoneId: bibZone.zoneId,
      profile: JSON.stringify(await resolveProfile(tx, zone, profile)),
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
      const loads = (await listLoads(tx, sha256, [zone.code])).filter((load) => String(load.job) !== job)
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
    return { job: await getJob(db, (await findByKey(db, zone, idempotencyKey)) ?? 0), isNew: false }
  await db.execute(`notify import_job`)
  return { job: await getJob(db, Number(jobId)), isNew: true }
}

/** @throws {ImportRefusal} where nothing can be imported into a zone by a profile */
export function refuseUnrunnable(zone: Zone, profile: ImportProfile): void {
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
  refuseInventory(zone, profile)
  if (profile.useNetworkZone && zone.networkZoneId === null) {
    throw new ImportRefusal(
      'conflict',
      'NO_NETWORK_ZONE',
      `The profile ${profile.code} uses the network zone, and ${zone.code} belongs to none.`,
      'Choose an institution that belongs to a network, or another profile.',
    )
  }
}

/** In bytes. @throws {ImportRefusal} where it is not stored */
export async function sizeOf(
  dataDir: string,
  { sha256, name }: { sha256: string; name: string },
): Promise<number> {
  const path = /^[0-9a-f]{64}$/.test(sha256) ? storedPath(dataDir, sha256) : ''
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (!isThere)
    throw new ImportRefusal('missing', 'NO_SUCH_FILE', `${name} has not been uploaded.`, 'Upload it first.')
  return (await stat(path)).size
}

export async function findByKey(db: Queryable, { zoneId }: Zone, key: string): Promise<number | null> {
  const [row] = await db.query<{ job: number }>(
    `select job_id as job from import_job where zone_id = $1 and idempotency_key = $2`,
    [zoneId, key],
  )
  return row?.job ?? null
}

export type NewJob = {
  kind: JobKind
  zoneId: number
  bibZoneId: number
  profile: string | null
  link?: LinkSettings
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
export async function addJob(db: Queryable, job: NewJob): Promise<string | null> {
  const [row] = await db.query<{ jobId: string }>(
    `insert into import_job (kind, zone_id, bib_zone_id, profile, profile_code, profile_version, of_job_id, label, notes, submitted_by,
                             lease_owner, lease_until, idempotency_key, link, status)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7, $8, $9, $10, $11::text, case when $11::text is not null then now() + ${leaseLife} end, $12, $13::jsonb, 'pending')
     on conflict (zone_id, idempotency_key) do nothing returning job_id::text as "jobId"`,
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
      job.link === undefined ? null : JSON.stringify(job.link),
    ],
  )
  return row?.jobId ?? null
}
