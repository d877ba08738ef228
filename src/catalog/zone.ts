import type { Queryable } from '../db/database.ts'
import type { CallNumberRow } from '../rules/holdings/call-number-mapping.ts'
import type { CallNumberUpdate } from '../rules/holdings/call-number-shape.ts'
import type { ProtectSettings } from '../rules/merge/protect.ts'

export type Zone = {
  readonly zoneId: number
  readonly code: string
  readonly kind: 'institution' | 'network' | 'community'
  readonly name: string
  /** Last four digits of the zone's record numbers. */
  readonly suffix: string
  readonly networkZoneId: number | null
  readonly settings: ZoneSettings
}

export type ZoneSettings = {
  /** D16: what imports never take from a bib of this zone. */
  readonly protect?: ProtectSettings
  /** Code of the rule for the brief levels of this zone's bibs (D21); nothing: the shipped one. */
  readonly briefRule?: string
  /** By what holdings of this zone take the call number of their bib; nothing: the shipped table. */
  readonly callNumbers?: readonly CallNumberRow[]
  readonly callNumberUpdate?: CallNumberUpdate
  /** Of a network: code of the profile by which institutions share bibs with it; nothing: `repository`. */
  readonly shareProfile?: string
}

/** Thrown where a zone is named that does not exist. */
export class ZoneNotFound extends Error {
  override name = 'ZoneNotFound'
  constructor(code: string, known: readonly string[]) {
    super(`There is no zone ${code}. The zones are ${known.join(', ') || 'none yet'}.`)
  }
}

const columns = `zone_id as "zoneId", code, kind, name, suffix, network_zone_id as "networkZoneId", settings`

export const listZones = (db: Queryable): Promise<Zone[]> =>
  db.query<Zone>(`select ${columns} from zone order by zone_id`)

export const getZone = async (db: Queryable, code: string): Promise<Zone> =>
  zoneNamed(await listZones(db), code)

/** @throws {ZoneNotFound} */
export function zoneNamed(zones: readonly Zone[], code: string): Zone {
  const zone = zones.find((candidate) => candidate.code === code)
  if (!zone)
    throw new ZoneNotFound(
      code,
      zones.map((known) => known.code),
    )
  return zone
}

export async function getZoneById(db: Queryable, zoneId: number): Promise<Zone> {
  const [zone] = await db.query<Zone>(`select ${columns} from zone where zone_id = $1`, [zoneId])
  if (!zone) throw new ZoneNotFound(String(zoneId), [])
  return zone
}

/** Adds a zone; `network` is the code of the network that an institution belongs to. */
export async function addZone(
  db: Queryable,
  zone: {
    code: string
    kind: Zone['kind']
    name: string
    suffix: string
    network?: string
    settings?: ZoneSettings
  },
): Promise<void> {
  await db.execute(
    `insert into zone (zone_id, code, kind, name, suffix, network_zone_id, settings)
     select coalesce(max(zone_id), 0) + 1, $1, $2, $3, $4, (select zone_id from zone where code = $5), $6::jsonb
     from zone`,
    [zone.code, zone.kind, zone.name, zone.suffix, zone.network ?? null, JSON.stringify(zone.settings ?? {})],
  )
}
