import type { Queryable } from '../db/database.ts'
import { type ProtectSettings, defaultProtect } from '../rules/merge/protect.ts'
import type { Zone } from './zone.ts'

/**
 * What imports keep of the bibs of a zone (D16). Where the zone does not say whose `$5` makes a field
 * theirs, the institutions of its network are meant, by their codes.
 */
export async function protectedFields(db: Queryable, zone: Zone): Promise<ProtectSettings> {
  const { fields, members } = zone.settings.protect ?? defaultProtect
  return { fields, members: members ?? (await institutionsOf(db, zone)) }
}

/** Codes of the institutions of a network, or of the one that an institution belongs to. */
async function institutionsOf(db: Queryable, { zoneId, networkZoneId }: Zone): Promise<string[]> {
  const rows = await db.query<{ code: string }>(
    `select code from zone
     where kind = 'institution' and (zone_id = $1 or network_zone_id = $2)
     order by zone_id`,
    [zoneId, networkZoneId ?? zoneId],
  )
  return rows.map(({ code }) => code)
}
