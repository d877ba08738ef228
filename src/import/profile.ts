import type { Database, Queryable } from '../db/database.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { Zone } from '../catalog/zone.ts'
import { refuseInventory } from './inventory-refusal.ts'
import { resolveProfile } from './resolve-profile.ts'
import { lockRules } from './rule-file.ts'

/** A version of an import profile of a zone; every save is one, and jobs keep the one they ran by. */
export type StoredProfile = {
  readonly zone: string
  readonly code: string
  readonly version: number
  readonly isCurrent: boolean
  readonly profile: ImportProfile
  readonly changedAt: string
  readonly changedBy: string | null
}

const columns = `z.code as zone, p.code, p.version, p.is_current as "isCurrent", p.profile, p.changed_at as "changedAt", p.changed_by as "changedBy"`

/** The current profiles of a zone, by name. */
export const listProfiles = (db: Queryable, zone: Zone): Promise<StoredProfile[]> =>
  db.query<StoredProfile>(
    `select ${columns} from import_profile p join zone z using (zone_id)
     where p.zone_id = $1 and p.is_current order by p.profile->>'name', p.code`,
    [zone.zoneId],
  )

/** A version of a profile, the current one where none is named; nothing where there is none. */
export async function findProfile(
  db: Queryable,
  zone: Zone,
  code: string,
  version?: number,
): Promise<StoredProfile | undefined> {
  const [profile] = await db.query<StoredProfile>(
    `select ${columns} from import_profile p join zone z using (zone_id)
     where p.zone_id = $1 and p.code = $2 and case when $3::int is null then p.is_current else p.version = $3 end`,
    [zone.zoneId, code, version ?? null],
  )
  return profile
}

/** A version in the list of them, with the settings of the version before it. */
export type ListedVersion = Pick<
  StoredProfile,
  'version' | 'isCurrent' | 'changedAt' | 'changedBy' | 'profile'
> & { readonly before: ImportProfile | null }

/** The versions of a profile, the newest first, below a version where one is named. */
export const listVersions = (
  db: Queryable,
  zone: Zone,
  code: string,
  { below, limit }: { readonly below?: number; readonly limit: number },
): Promise<ListedVersion[]> =>
  db.query<ListedVersion>(
    `select p.version, p.is_current as "isCurrent", p.profile, b.profile as before,
            p.changed_at as "changedAt", p.changed_by as "changedBy"
     from import_profile p
     left join import_profile b on b.zone_id = p.zone_id and b.code = p.code and b.version = p.version - 1
     where p.zone_id = $1 and p.code = $2 and ($3::int is null or p.version < $3)
     order by p.version desc limit $4`,
    [zone.zoneId, code, below ?? null, limit],
  )

/**
 * Adds a profile, or a version of one that the zone has, and answers its version. A save that changes
 * nothing makes no version. Two who save at once get a version each, one after the other.
 *
 * @throws {ImportRefusal} where it is active and names a rule that cannot be used, or makes physical inventory in a
 * zone that has none
 */
export const saveProfile = (
  db: Database,
  zone: Zone,
  profile: ImportProfile,
  by: string | null,
): Promise<number> =>
  db.transaction(async (tx) => {
    refuseInventory(zone, profile)
    await lockRules(tx)
    if (profile.active) await resolveProfile(tx, zone, profile)
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
