import type { Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Zone } from './zone.ts'

/**
 * The bib that one which is no more was combined into; nothing where it went in another way. Whether it was, or
 * only would have been in a preview, is known by the job, which need not be one that the asker sees.
 */
export async function findSuccessor(db: Queryable, { zoneId }: Zone, mmsId: string): Promise<string | null> {
  const [row] = await beyondScope(() =>
    db.query<{ into: string }>(
      `select c.into_mms_id as "into"
       from combined_bib c
       where c.zone_id = $1 and c.mms_id = $2 and c.became in ('deleted', 'joined')
         and not exists (select from import_job j where j.job_id = c.job_id and j.kind in ('preview', 'replay'))
         and not exists (select from bib b where b.zone_id = $1 and b.mms_id = $2)
         and c.version_after = (select max(v.version) from bib_version v where v.zone_id = $1 and v.mms_id = $2)`,
      [zoneId, mmsId],
    ),
  )
  return row?.into ?? null
}
