import type { Database, Queryable } from '../db/database.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { Zone } from '../catalog/zone.ts'

/** An import profile of a zone as it is now; every save is a version, and jobs keep the one they ran by. */
export type StoredProfile = {
  readonly zone: string
  readonly code: string
  readonly version: number
  readonly profile: ImportProfile
  readonly changedAt: string
  readonly changedBy: string | null
}

const columns = `z.code as zone, p.code, p.version, p.profile, p.changed_at as "changedAt", p.changed_by as "changedBy"`

/** The current profiles of a zone, by name. */
export const listProfiles = (db: Queryable, zone: Zone): Promise<StoredProfile[]> =>
  db.query<StoredProfile>(
    `select ${columns} from import_profile p join zone z using (zone_id)
     where p.zone_id = $1 and p.is_current order by p.profile->>'name', p.code`,
    [zone.zoneId],
  )

/** The current version of a profile, or nothing. */
export async function findProfile(
  db: Queryable,
  zone: Zone,
  code: string,
): Promise<StoredProfile | undefined> {
  const [profile] = await db.query<StoredProfile>(
    `select ${columns} from import_profile p join zone z using (zone_id)
     where p.zone_id = $1 and p.code = $2 and p.is_current`,
    [zone.zoneId, code],
  )
  return profile
}

/**
 * Adds a profile, or a version of one that the zone has, and answers its version. A save that changes
 * nothing makes no version. Two who save at once get a version each, one after the other.
 */
export const saveProfile = (
  db: Database,
  zone: Zone,
  profile: ImportProfile,
  by: string | null,
): Promise<number> =>
  db.transaction(async (tx) => {
    await tx.query('select from zone where zone_id = $1 for no key update', [zone.zoneId])
    const [current] = await tx.query<{ version: number; isSame: boolean }>(
      `select version, profile = $3::jsonb as "isSame" from import_profile where zone_id = $1 and code = $2 and is_current`,
      [zone.zoneId, profile.code, JSON.stringify(profile)],
    )
    if (current?.isSame === true) return current.version
    const version = (current?.version ?? 0) + 1
    await tx.execute(
      'update import_profile set is_current = false where zone_id = $1 and code = $2 and is_current',
      [zone.zoneId, profile.code],
    )
    await tx.execute(
      `insert into import_profile (zone_id, code, version, is_current, profile, changed_by)
       values ($1, $2, $3, true, $4::jsonb, $5)`,
      [zone.zoneId, profile.code, version, JSON.stringify(profile), by],
    )
    return version
  })
