import { addZone, getZone, listZones, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { shippedProfile } from '../rules/profiles.ts'
import { saveProfile } from './profile.ts'

/**
 * First use of an empty catalogue: a network zone, an institution zone and the shipped profiles, so that
 * a first import needs no configuration. A catalogue that has a zone is left alone.
 */
export async function setUpCatalogue(db: Database): Promise<void> {
  const isNew = await db.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('accession set-up'))`)
    if ((await listZones(tx)).length > 0) return false
    await addZone(tx, { code: 'NZ', kind: 'network', name: 'Network zone', suffix: '5816' })
    await addZone(tx, {
      code: 'IZ',
      kind: 'institution',
      name: 'Institution zone',
      suffix: '5801',
      network: 'NZ',
    })
    return true
  })
  if (!isNew) return
  for (const code of ['NZ', 'IZ']) await addShippedProfiles(db, await getZone(db, code), null)
}

/** Orders and inventory belong to institutions (D3); the community zone is loaded from files by its keeper. */
const shippedCodes: Readonly<Record<Zone['kind'], readonly string[]>> = {
  network: ['repository'],
  institution: ['repository', 'new-order', 'update-inventory'],
  community: ['repository'],
}

/** Gives a new zone the shipped profiles of its kind, and answers their codes. */
export async function addShippedProfiles(
  db: Database,
  zone: Zone,
  by: string | null,
): Promise<readonly string[]> {
  const codes = shippedCodes[zone.kind]
  for (const code of codes) await saveProfile(db, zone, shippedProfile(code), by)
  return codes
}
