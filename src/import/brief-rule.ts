import { getZone, type Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { type BriefLevels, shippedBriefLevels } from '../rules/brief-level.ts'
import { zoneBriefLevels } from '../rules/compiled-profile.ts'
import { attempt, RuleFailure } from '../rules/normalize/budget.ts'
import type { RuleText } from '../rules/language/rule.ts'
import { findBriefRule } from './resolve-profile.ts'
import { lockRules } from './rule-file.ts'

/** The brief levels of a zone's bibs, by its rule of now (D21); a record that breaks the rule has that of the shipped one. */
export async function findBriefLevels(db: Queryable, zone: Zone): Promise<BriefLevels> {
  const levels = zoneBriefLevels(await findBriefRule(db, zone))
  return (record, budget) => {
    const found = attempt(() => levels(record, budget))
    return found instanceof RuleFailure ? shippedBriefLevels(record) : found
  }
}

/**
 * For each zone all levels that a save may have given a record: by the shipped rule, and by any version of a
 * rule that the zone could have used. A bib keeps the level of its last save.
 */
export async function findPastLevels(db: Queryable): Promise<ReadonlyMap<number, readonly BriefLevels[]>> {
  const rows = await db.query<{ zoneId: number; rule: RuleText }>(
    `select z.zone_id as "zoneId",
            jsonb_build_object('kind', f.kind, 'zone', o.code, 'code', f.code, 'version', f.version, 'text', f.text) as rule
     from rule_file f
     join zone o on o.zone_id = f.zone_id
     join zone z on coalesce(z.network_zone_id, z.zone_id) = coalesce(o.network_zone_id, o.zone_id)
     where f.kind = 'brief-level' and f.active and (f.shared or z.zone_id = o.zone_id)`,
  )
  const levels = Map.groupBy(rows, ({ zoneId }) => zoneId)
  return new Map([...levels].map(([zoneId, own]) => [zoneId, own.map(({ rule }) => zoneBriefLevels(rule))]))
}

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
