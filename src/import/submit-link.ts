import { getZone, getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { getJob, type Job } from './job.ts'
import { type LinkMethods, type ShareDecision, shareProfile } from './link-settings.ts'
import { ImportRefusal } from './refusal.ts'
import { holdToList } from './stored-list.ts'
import { addJob, findByKey, sizeOf } from './submit.ts'

export type LinkSubmission = LinkMethods & {
  readonly zone: string
  /** A stored list of MMS IDs of the institution. */
  readonly list: { readonly sha256: string; readonly name: string }
  /** Bibs without a match in the network are contributed as new. */
  readonly contribute: boolean
  /** Decide all, and change nothing. */
  readonly dryRun: boolean
  readonly label?: string
  readonly notes?: string
  /** The same key again in the same zone is the same job. */
  readonly idempotencyKey?: string
  /** What a person has decided about the one bib of the list. */
  readonly decided?: ShareDecision
  readonly by: string | null
  /** Throws where whoever submits may not change the bibs of the network. */
  readonly holdTo?: (network: string) => void
  readonly owner?: string
}

/** In bytes: about a million numbers, which the job has in memory. */
const listLimit = 20 * 1024 * 1024

/** Submits a job that links bibs of an institution to those of its network. @throws {ImportRefusal} before anything is done */
export async function submitLink(
  db: Database,
  dataDir: string,
  submission: LinkSubmission,
): Promise<{ readonly job: Job; readonly isNew: boolean }> {
  const { list, contribute, dryRun, decided, idempotencyKey } = submission
  const zone = await getZone(db, submission.zone)
  const network = await networkOf(db, zone)
  if (!dryRun) submission.holdTo?.(network.code)
  if (idempotencyKey !== undefined) {
    const known = await findByKey(db, zone, idempotencyKey)
    if (known !== null) return { job: await getJob(db, known), isNew: false }
  }
  const size = await sizeOf(dataDir, list)
  if (size > listLimit)
    throw new ImportRefusal(
      'invalid',
      'LIST_TOO_LARGE',
      `${list.name} is larger than the limit of 20 MB for a list of bibs.`,
      'Split it into several lists.',
    )
  await holdToList(dataDir, list)
  const profile = await shareProfile(db, network, submission, contribute)
  const jobId = await db.transaction(async (tx) => {
    const job = await addJob(tx, {
      kind: dryRun ? 'preview' : 'link',
      zoneId: zone.zoneId,
      bibZoneId: network.zoneId,
      profile: JSON.stringify(profile),
      link: { contribute, decided: decided ?? null },
      profileCode: profile.code,
      profileVersion: null,
      ofJobId: null,
      label: submission.label ?? null,
      notes: submission.notes ?? null,
      by: submission.by,
      owner: submission.owner ?? null,
      idempotencyKey: idempotencyKey ?? null,
    })
    if (job === null) return null
    await tx.execute(`insert into stored_file (sha256, size) values ($1, $2) on conflict do nothing`, [
      list.sha256,
      size,
    ])
    await tx.execute(`insert into import_file (job_id, file_no, name, sha256) values ($1, 1, $2, $3)`, [
      job,
      list.name,
      list.sha256,
    ])
    return job
  })
  if (jobId === null && idempotencyKey !== undefined)
    return { job: await getJob(db, (await findByKey(db, zone, idempotencyKey)) ?? 0), isNew: false }
  await db.execute(`notify import_job`)
  return { job: await getJob(db, Number(jobId)), isNew: true }
}

/** The network that an institution shares its bibs with. @throws {ImportRefusal} where there is none */
export async function networkOf(db: Queryable, zone: Zone): Promise<Zone> {
  if (zone.kind !== 'institution')
    throw new ImportRefusal(
      'conflict',
      'NOT_AN_INSTITUTION',
      `${zone.name} (${zone.code}) is no institution, and only institutions share their bibs.`,
      'Name an institution zone.',
    )
  if (zone.networkZoneId === null)
    throw new ImportRefusal(
      'conflict',
      'NO_NETWORK_ZONE',
      `${zone.name} (${zone.code}) belongs to no network.`,
      'Choose an institution that belongs to one.',
    )
  return getZoneById(db, zone.networkZoneId)
}
