import type { Database } from '../db/database.ts'
import type { ProtectSettings } from '../rules/merge/protect.ts'
import { protectedFields } from './protected-fields.ts'
import { getZone, type Zone } from './zone.ts'

/**
 * Sets what imports keep of a zone's bibs (D16): patterns of fields as `parseProtectPattern` reads them, and
 * whose `$5` makes a field theirs. What is not given stays.
 */
export const setProtectedFields = (
  db: Database,
  { code }: Zone,
  wanted: Partial<ProtectSettings>,
): Promise<Zone> =>
  db.transaction(async (tx) => {
    await tx.query(`select from zone where code = $1 for update`, [code])
    const zone = await getZone(tx, code)
    const now = zone.settings.protect ?? { fields: (await protectedFields(tx, zone)).fields }
    await tx.execute(
      `update zone set settings = settings || jsonb_build_object('protect', $2::jsonb) where zone_id = $1`,
      [zone.zoneId, JSON.stringify({ ...now, ...wanted })],
    )
    return getZone(tx, code)
  })
