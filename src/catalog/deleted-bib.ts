import type { Queryable } from '../db/database.ts'
import type { Zone } from './zone.ts'

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
