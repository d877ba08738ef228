import { getZone, listZones, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { type Actor, may } from '../people/permissions.ts'
import { Refusal } from './refusal.ts'

/**
 * The zone that a request of Alma's API is about, which has none in its addresses: an API key there is of one
 * institution. Here it is the zone that the query names, else the only one in which the key counts, else the
 * only institution among them.
 *
 * @throws {Refusal} where that leaves several @throws {ZoneNotFound}
 */
export async function zoneOfKey(db: Database, actor: Actor, asked: unknown): Promise<Zone> {
  if (typeof asked === 'string' && asked !== '') return getZone(db, asked)
  const zones = (await listZones(db)).filter(({ code }) => may(actor, 'zone.view', code))
  const institutions = zones.filter(({ kind }) => kind === 'institution')
  const [only, ...others] = institutions.length === 1 ? institutions : zones
  if (only && others.length === 0) return only
  const codes = zones.map(({ code }) => code)
  throw new Refusal(
    400,
    'WHICH_ZONE',
    codes.length === 0
      ? 'The API key counts in no zone.'
      : `The API key counts in several zones: ${codes.join(', ')}.`,
    { remedy: 'Name one in the query, as zone=CODE, or use a key that is for one zone.' },
  )
}
