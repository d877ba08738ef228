import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { type BatchResult, importBatch } from './batch.ts'
import { frameOf } from './one-record.ts'
import { prepareFrame } from './prepare-frame.ts'
import { getProfile } from './profile-versions.ts'
import { resolveProfile } from './resolve-profile.ts'
import { refuseUnrunnable } from './submit.ts'

/** One record, and what it is imported by. */
export type OneImport = {
  /** Code of a profile of the zone. */
  readonly profile: string
  readonly record: Uint8Array
  readonly by: string
  /** Asked where the bib goes into another zone than the profile's. @throws to stop the import */
  readonly holdTo: (zone: string) => void
}

/**
 * Imports one record by a profile, without a job: what it comes to is answered and kept nowhere else, so that
 * one that is left to a person opens no issue.
 *
 * @throws {ImportRefusal} where there is no such profile, it cannot be run, or there is no record
 */
export async function importOne(
  db: Database,
  zone: Zone,
  { profile: code, record, by, holdTo }: OneImport,
): Promise<BatchResult> {
  const { profile: own } = await getProfile(db, zone, code)
  refuseUnrunnable(zone, own)
  const profile = await resolveProfile(db, zone, own)
  const bibZone =
    own.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  if (bibZone.zoneId !== zone.zoneId) holdTo(bibZone.code)
  const { format, frame } = await frameOf(record)
  const prepared = prepareFrame(format, frame, profile)
  const run = { profile, bibZone, inventoryZone: zone, by, job: null, mode: 'apply' } as const
  const [result] = await importBatch(db, run, [prepared], async () => undefined)
  if (!result) throw new Error('the record came to no result')
  return result
}
