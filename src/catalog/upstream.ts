import type { Queryable } from '../db/database.ts'
import type { Zone } from './zone.ts'

/** The zones whose bibs an institution's may be linked to. */
export async function upstreamOf(db: Queryable, zone: Zone): Promise<number[]> {
  if (zone.kind !== 'institution') return []
  const zones = await db.query<{ zoneId: number }>(
    `select zone_id as "zoneId" from zone where zone_id = $1 or kind = 'community'`,
    [zone.networkZoneId],
  )
  return zones.map(({ zoneId }) => zoneId)
}
