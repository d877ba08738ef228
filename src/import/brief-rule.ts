import { getZone, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { findBriefRule } from './resolve-profile.ts'
import { lockRules } from './rule-file.ts'

/**
 * Sets the rule for the brief levels of a zone's bibs. Records that come in and bibs that they meet are
 * levelled by it from now on; the level that a bib was saved with stays until it is saved again.
 *
 * @throws {ImportRefusal} where there is no such rule that the zone may use, or it is not active
 */
export const setBriefRule = (db: Database, { code: zoneCode }: Zone, code: string): Promise<Zone> =>
  db.transaction(async (tx) => {
    await lockRules(tx)
    const zone = await getZone(tx, zoneCode)
    await findBriefRule(tx, { ...zone, settings: { ...zone.settings, briefRule: code } })
    await tx.execute(
      `update zone set settings = settings || jsonb_build_object('briefRule', $2::text) where zone_id = $1`,
      [zone.zoneId, code],
    )
    return getZone(tx, zoneCode)
  })
