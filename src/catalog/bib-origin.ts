import type { Queryable } from '../db/database.ts'

/** Where a bib comes from: when and by whom it was made, and the number that its source knows it by. */
export type BibOrigin = {
  readonly mmsId: string
  readonly originatingNumber: string | null
  readonly createdAt: string
  readonly createdBy: string | null
}

/** Of the bibs of a zone that are there, in no order. */
export const findBibOrigins = (
  db: Queryable,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<BibOrigin[]> =>
  db.query<BibOrigin>(
    `select b.mms_id as "mmsId", b.originating_number as "originatingNumber",
            coalesce(v.changed_at, b.changed_at) as "createdAt",
            case when v.mms_id is null then b.changed_by else v.changed_by end as "createdBy"
     from bib b left join bib_version v on v.zone_id = b.zone_id and v.mms_id = b.mms_id and v.version = 1
     where b.zone_id = $1 and b.mms_id = any($2::text[])`,
    [zoneId, mmsIds],
  )
