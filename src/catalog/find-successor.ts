import type { Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Zone } from './zone.ts'

/** Where what a bib had went: the bib that it was combined into, and how many holdings, with their items, and portfolios came along. */
export type Succession = { readonly into: string; readonly inventory: number }

/**
 * The bib that one which is no more was combined into; nothing where it went in another way. Whether it was, or
 * only would have been in a preview, is known by the job, which need not be one that the asker sees.
 */
export async function findSuccession(
  db: Queryable,
  { zoneId }: Zone,
  mmsId: string,
): Promise<Succession | null> {
  const isDone = (alias: string) =>
    `not exists (select from import_job j where j.job_id = ${alias}.job_id and j.kind in ('preview', 'replay'))`
  const [row] = await beyondScope(() =>
    db.query<Succession>(
      `select c.into_mms_id as "into",
         (select count(distinct i.inventory_id)::int from combined_inventory i
          where i.zone_id = $1 and i.from_mms_id = $2 and i.into_mms_id = c.into_mms_id and ${isDone('i')}) as inventory
       from combined_bib c
       where c.zone_id = $1 and c.mms_id = $2 and c.became in ('deleted', 'joined') and ${isDone('c')}
         and not exists (select from bib b where b.zone_id = $1 and b.mms_id = $2)
         and c.version_after = (select max(v.version) from bib_version v where v.zone_id = $1 and v.mms_id = $2)`,
      [zoneId, mmsId],
    ),
  )
  return row ?? null
}

/** The same without what came along. */
export const findSuccessor = async (db: Queryable, zone: Zone, mmsId: string): Promise<string | null> =>
  (await findSuccession(db, zone, mmsId))?.into ?? null
