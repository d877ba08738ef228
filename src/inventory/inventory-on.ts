import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'

/** How much inventory hangs on a bib. */
export type InventoryCounts = {
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
}

/** How much inventory a bib has in its zone. */
export async function countInventory(
  db: Queryable,
  { zoneId }: Zone,
  mmsId: string,
): Promise<InventoryCounts> {
  const [row] = await db.query<InventoryCounts>(
    `select (select count(*)::int from holdings where zone_id = $1 and mms_id = $2) as holdings,
       (select count(*)::int from item where zone_id = $1 and mms_id = $2) as items,
       (select count(*)::int from portfolio where zone_id = $1 and mms_id = $2) as portfolios`,
    [zoneId, mmsId],
  )
  return row ?? { holdings: 0, items: 0, portfolios: 0 }
}
