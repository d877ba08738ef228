import type { Queryable } from '../../db/database.ts'
import { beyondScope } from '../../db/scope.ts'
import type { PublishToOclc } from '../../rules/bib-state.ts'
import type { Zone } from '../zone.ts'
import type { InventoryCount } from './found-rows.ts'

/** An institution that has a bib linked to one of a network or community zone, and what it has of it. */
export type HeldByInstitution = {
  readonly zone: string
  readonly name: string
  /** Its own bib. */
  readonly mmsId: string
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly inventory: InventoryCount
}

/** Who has the title; of an institution's linked bib, who has the one that it is linked to. Nothing where there is no such bib. */
export async function findHeldBy(
  db: Queryable,
  zone: Zone,
  mmsId: string,
): Promise<HeldByInstitution[] | null> {
  const [bib] = await db.query<{ title: string }>(
    `select coalesce(linked_mms_id, mms_id) as title from bib where zone_id = $1 and mms_id = $2`,
    [zone.zoneId, mmsId],
  )
  if (bib === undefined) return null
  const counts = ['holdings', 'item', 'portfolio'].map(
    (table) =>
      `(select count(*)::int from ${table} h where h.zone_id = b.zone_id and h.mms_id = b.mms_id) as ${table}`,
  )
  // Of all institutions, whoever asks.
  const rows = await beyondScope(() =>
    db.query<Omit<HeldByInstitution, 'inventory'> & { holdings: number; item: number; portfolio: number }>(
      `select z.code as zone, z.name, b.mms_id as "mmsId", b.suppressed,
       b.publish_to_oclc as "publishToOclc", ${counts.join(', ')}
     from bib b join zone z using (zone_id)
     where b.linked_mms_id = $1 or (b.mms_id = $1 and b.zone_id = $2 and z.kind = 'institution')
     order by z.name, z.code`,
      [bib.title, zone.zoneId],
    ),
  )
  return rows.map(({ holdings, item, portfolio, ...row }) => ({
    ...row,
    inventory: { holdings, items: item, portfolios: portfolio },
  }))
}
