import { listZones, type Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { findProfile, listProfiles, type StoredProfile } from '../import/profile.ts'
import { getProfile } from '../import/profile-versions.ts'
import { nearest } from '../rules/nearest.ts'
import type { Option } from './command.ts'
import { CommandFailure } from './failure.ts'

export const zoneOption = {
  type: 'text',
  shown: 'CODE',
  required: true,
  meaning: 'the zone, as accession zone list has it',
} as const satisfies Option

/** The zone of a code. @throws {CommandFailure} with the one that may have been meant */
export async function chooseZone(db: Queryable, code: string): Promise<Zone> {
  const zones = await listZones(db)
  return (
    zones.find((zone) => zone.code === code) ??
    unknown(
      `There is no zone ${code}.`,
      code,
      zones.map((zone) => zone.code),
      'The zones are',
    )
  )
}

/**
 * The import profile of a code, as it is or as it was in a version.
 *
 * @throws {CommandFailure} with the code that may have been meant @throws {ImportRefusal} where it has no such version
 */
export async function chooseProfile(
  db: Queryable,
  zone: Zone,
  code: string,
  version?: number,
): Promise<StoredProfile> {
  const found = await findProfile(db, zone, code)
  if (found) return version === undefined ? found : getProfile(db, zone, code, version)
  const codes = (await listProfiles(db, zone)).map((profile) => profile.code)
  return unknown(`Zone ${zone.code} has no import profile ${code}.`, code, codes, 'Its profiles are')
}

function unknown(message: string, typed: string, known: readonly string[], listed: string): never {
  const near = nearest(typed, known)
  throw new CommandFailure(
    message,
    near === null ? `${listed} ${known.join(', ') || 'none yet'}.` : `Did you mean ${near}?`,
  )
}
