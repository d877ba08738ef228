import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { copyFiles, follow } from './follow-job.ts'
import { getJob, type Job } from './job.ts'
import { getJobRow } from './job-row.ts'
import { permissionsForChange } from './permissions.ts'
import { getProfile } from './profile-versions.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'

/**
 * By what a job is run anew: the present version of its profile or another one, a profile that is nowhere
 * saved, or the job's own, with the rule files as they were then. Of all but the last the rule files are
 * those of now.
 */
export type ReplayBy =
  | { readonly version?: number }
  | { readonly draft: ImportProfile }
  | { readonly same: true }

/**
 * A job that runs the files of another anew, against the catalogue as that one saw it, and writes nothing
 * to it: its differences are what another profile would have made of the same records.
 *
 * @throws {ImportRefusal} with what is wrong, before anything is done
 */
export async function submitReplay(
  db: Database,
  job: number,
  by: ReplayBy,
  person: string | null,
  owner?: string,
): Promise<Job> {
  const jobId = await db.transaction(async (tx) => {
    const { canReplay } = await permissionsForChange(tx, job)
    if (canReplay !== null) throw canReplay
    const { profile, version } = await profileOf(tx, job, by)
    const replay = await follow(tx, job, 'replay', person, owner)
    await tx.execute(
      `update import_job set profile = $2::jsonb, profile_code = $3, profile_version = $4 where job_id = $1`,
      [replay, JSON.stringify(profile), profile.code, version],
    )
    await copyFiles(tx, job, replay)
    return replay
  })
  await db.execute(`notify import_job`)
  return getJob(db, Number(jobId))
}

async function profileOf(
  tx: Queryable,
  job: number,
  by: ReplayBy,
): Promise<{ readonly profile: RunProfile; readonly version: number | null }> {
  const { zoneId, bibZoneId, profile: own } = await getJobRow(tx, job)
  if (own === null) throw new Error(`job ${job} has no profile`)
  const zone = await getZoneById(tx, zoneId)
  if ('same' in by) {
    const [row] = await tx.query<{ version: number | null }>(
      `select profile_version as version from import_job where job_id = $1`,
      [job],
    )
    return { profile: own, version: row?.version ?? null }
  }
  const stored = 'draft' in by ? null : await getProfile(tx, zone, own.code, by.version)
  const profile = 'draft' in by ? by.draft : (stored?.profile ?? own)
  refuseOtherZone(profile, zone, bibZoneId)
  return { profile: await resolveProfile(tx, zone, profile), version: stored?.version ?? null }
}

/** The bibs that the job saw are those of one zone. */
function refuseOtherZone(profile: ImportProfile, zone: Zone, bibZoneId: number): void {
  const wanted = profile.useNetworkZone ? zone.networkZoneId : zone.zoneId
  if (wanted === bibZoneId) return
  throw new ImportRefusal(
    'conflict',
    'OTHER_ZONE',
    profile.useNetworkZone
      ? `The profile ${profile.code} matches in the network zone, and the job did so in ${zone.code} itself.`
      : `The profile ${profile.code} matches in ${zone.code} itself, and the job did so in the network zone.`,
    'A job is replayed by a profile with the same setting of useNetworkZone.',
  )
}
