import type { Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { findBibVersion } from './bib-past.ts'
import { findSuccession, type Succession } from './find-successor.ts'
import { linkedRecord } from './linked-record.ts'
import { listZones, type Zone } from './zone.ts'

/** How a bib that is no more came to its end. */
export type Deletion = {
  readonly mmsId: string
  /** The version that the deletion is. */
  readonly version: number
  readonly deletedAt: string
  readonly deletedBy: string | null
  readonly job: number | null
  readonly file: number | null
  readonly position: number | null
}

/** Of bibs of a zone that were deleted and are not there now, in no order. */
export const findDeletions = (db: Queryable, zone: Zone, mmsIds: readonly string[]): Promise<Deletion[]> =>
  db.query<Deletion>(
    `select v.mms_id as "mmsId", v.version, v.changed_at as "deletedAt", v.changed_by as "deletedBy", v.job_id as job,
       v.file_no as file, v.position
     from bib_version v
     where v.zone_id = $1 and v.mms_id = any($2::text[]) and v.action = 'deleted'
       and not exists (select from bib b where b.zone_id = v.zone_id and b.mms_id = v.mms_id)
       and v.version = (select max(l.version) from bib_version l where l.zone_id = v.zone_id and l.mms_id = v.mms_id)`,
    [zone.zoneId, mmsIds],
  )

/** As `was deleted on 2026-11-26 by Wren Okafor`. */
export const deletionWords = ({ deletedAt, deletedBy, job }: Deletion): string =>
  `was deleted on ${deletedAt.slice(0, 10)}${deletedBy === null ? '' : ` by ${deletedBy}`}${job === null ? '' : ` in job ${job}`}`

/** A bib that is no more, as it was last. */
export type DeletedBib = Deletion & {
  readonly lastVersion: number
  /** Of a linked one, with what the record that it was linked to says now. */
  readonly record: MarcRecord
  readonly linkedMmsId: string | null
  readonly successor: Succession | null
}

/** Nothing where it is there, or never was. */
export async function findDeletedBib(db: Queryable, zone: Zone, mmsId: string): Promise<DeletedBib | null> {
  const [deletion] = await findDeletions(db, zone, [mmsId])
  if (deletion === undefined) return null
  const lastVersion = deletion.version - 1
  const last = await findBibVersion(db, zone.zoneId, mmsId, lastVersion)
  if (last === null) throw new Error(`Bib ${mmsId} has no version before its deletion.`)
  const own = unpack(last.record)
  const network = last.linkedMmsId === null ? null : await findUpstream(db, last.linkedMmsId)
  return {
    ...deletion,
    lastVersion,
    record: network === null ? own : linkedRecord(network, own, mmsId),
    linkedMmsId: last.linkedMmsId,
    successor: await findSuccession(db, zone, mmsId),
  }
}

async function findUpstream(db: Queryable, mmsId: string): Promise<MarcRecord | null> {
  const zone = (await listZones(db)).find(({ suffix }) => mmsId.endsWith(suffix))
  const [row] = await db.query<{ record: string }>(
    `select record from bib where zone_id = $1 and mms_id = $2`,
    [zone?.zoneId ?? null, mmsId],
  )
  return row === undefined ? null : unpack(row.record)
}
