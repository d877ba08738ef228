import type { Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { parseProfile } from '../rules/parse-profile.ts'
import { inOrder } from '../rules/profile-in-order.ts'
import { type SettingChange, settingChanges } from '../rules/settings.ts'
import {
  findProfile,
  listProfiles,
  type ListedVersion,
  listVersions,
  saveProfile,
  type StoredProfile,
} from './profile.ts'
import { ImportRefusal } from './refusal.ts'

/** A version of a profile with what it changed of the one before it; of the first, nothing. */
export type ProfileVersion = Omit<ListedVersion, 'profile' | 'before'> & {
  readonly changes: readonly SettingChange[]
}

/** The versions of a profile, the newest first. @throws {ImportRefusal} where the zone has no such profile */
export async function listProfileVersions(
  db: Queryable,
  zone: Zone,
  code: string,
  page: { readonly below?: number; readonly limit: number },
): Promise<ProfileVersion[]> {
  await getProfile(db, zone, code)
  const versions = await listVersions(db, zone, code, page)
  return versions.map(({ profile, before, ...version }) => ({
    ...version,
    changes: before === null ? [] : settingChanges(inOrder(before), inOrder(profile)),
  }))
}

/** A version of a profile, the current one where none is named. @throws {ImportRefusal} where there is none */
export async function getProfile(
  db: Queryable,
  zone: Zone,
  code: string,
  version?: number,
): Promise<StoredProfile> {
  const found = await findProfile(db, zone, code, version)
  if (found) return found
  const current = version === undefined ? undefined : await findProfile(db, zone, code)
  if (current)
    throw new ImportRefusal(
      'missing',
      'NO_SUCH_VERSION',
      `The profile ${code} of zone ${zone.code} has no version ${version}.`,
      `Its versions are 1 to ${current.version}.`,
    )
  const codes = (await listProfiles(db, zone)).map((profile) => profile.code)
  throw new ImportRefusal(
    'missing',
    'NO_SUCH_PROFILE',
    `Zone ${zone.code} has no import profile ${code}.`,
    `Its profiles are ${codes.join(', ') || 'none yet'}.`,
  )
}

/** What differs between two versions of a profile. @throws {ImportRefusal} where one of them is not there */
export async function compareVersions(
  db: Queryable,
  zone: Zone,
  code: string,
  { from, to }: { readonly from: number; readonly to?: number },
): Promise<{ readonly from: StoredProfile; readonly to: StoredProfile; readonly changes: SettingChange[] }> {
  const before = await getProfile(db, zone, code, from)
  const after = await getProfile(db, zone, code, to)
  return { from: before, to: after, changes: settingChanges(inOrder(before.profile), inOrder(after.profile)) }
}

/**
 * Makes a profile again what it was in a version: as a new version, so that nothing of its past is lost.
 * Answers the version that it has then.
 *
 * @throws {ImportRefusal} where there is no such version, or what it says is no longer a profile
 */
export async function restoreProfile(
  db: Database,
  zone: Zone,
  code: string,
  version: number,
  by: string | null,
): Promise<number> {
  const parsed = parseProfile((await getProfile(db, zone, code, version)).profile)
  if (parsed.ok) return saveProfile(db, zone, parsed.profile, by)
  const faults = parsed.problems.map(({ path, message }) => `${path}: ${message}`).join('; ')
  throw new ImportRefusal(
    'conflict',
    'OUTDATED_VERSION',
    `Version ${version} of the profile ${code} is from before profiles had their present form: ${faults}.`,
    'Save it under its code with these places corrected.',
  )
}
