import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { InventoryRefusal } from './refusal.ts'
import { isUnseen } from './source-change.ts'

/** What a provider offers as one. */
export type ElectronicCollection = {
  readonly collectionId: string
  /** Code of its zone. */
  readonly zone: string
  readonly name: string
  readonly provider: string | null
  readonly services: readonly { readonly serviceId: string; readonly name: string }[]
  readonly portfolios: number
  /** Of them, those that the last title list has no more. */
  readonly withdrawn: number
  /** Portfolios of its that the zone that asks has activated. */
  readonly activated: number
  /** Of those, the ones that a title list has changed since that zone last looked. */
  readonly changes: number
  readonly createdAt: string
  readonly loadedAt: string | null
  readonly loadedBy: string | null
  readonly fileName: string | null
}

const collectionQuery = `
  select c.collection_id as "collectionId", z.code as zone, c.name, c.provider, c.created_at as "createdAt",
    c.loaded_at as "loadedAt", c.loaded_by as "loadedBy", c.file_name as "fileName",
    (select coalesce(json_agg(json_build_object('serviceId', s.service_id, 'name', s.name) order by s.service_id), '[]')
     from electronic_service s where s.zone_id = c.zone_id and s.collection_id = c.collection_id) as services,
    (select count(*)::int from portfolio p where p.collection_id = c.collection_id and p.zone_id = c.zone_id) as portfolios,
    (select count(*)::int from portfolio p where p.collection_id = c.collection_id and p.zone_id = c.zone_id
       and p.withdrawn_at is not null) as withdrawn,
    (select count(*)::int from portfolio p where p.collection_id = c.collection_id and p.zone_id = $1
       and p.source_id is not null) as activated,
    (select count(*)::int from portfolio p where p.collection_id = c.collection_id and p.zone_id = $1
       and ${isUnseen('p')}) as changes
  from electronic_collection c join zone z using (zone_id)
  where (c.zone_id = $1 or z.kind = 'community')`

/** The collections that a zone can have portfolios of: its own and those of the community zone, by name. */
export const listCollections = (db: Queryable, { zoneId }: Zone): Promise<ElectronicCollection[]> =>
  db.query<ElectronicCollection>(`${collectionQuery} order by c.name, c.collection_id`, [zoneId])

/** @throws {InventoryRefusal} */
export async function getCollection(db: Queryable, zone: Zone, id: string): Promise<ElectronicCollection> {
  const [found] = await db.query<ElectronicCollection>(`${collectionQuery} and c.collection_id = $2`, [
    zone.zoneId,
    id,
  ])
  if (!found)
    throw new InventoryRefusal(
      'missing',
      'NO_SUCH_COLLECTION',
      `There is no electronic collection ${id} in zone ${zone.code} or the community zone.`,
      'Look in the list of collections.',
    )
  return found
}

/** Adds a collection with one service, Full text. @returns its number */
export async function addCollection(
  tx: Tx,
  zone: Zone,
  { name, provider }: Pick<ElectronicCollection, 'name' | 'provider'>,
  by: string | null,
): Promise<string> {
  const [collectionId = ''] = await reserveInventoryIds(tx, 'collection', zone.suffix, 1)
  const [serviceId = ''] = await reserveInventoryIds(tx, 'service', zone.suffix, 1)
  await tx.execute(
    `insert into electronic_collection (zone_id, collection_id, name, provider, created_by) values ($1, $2, $3, $4, $5)`,
    [zone.zoneId, collectionId, name, provider, by],
  )
  await tx.execute(
    `insert into electronic_service (zone_id, service_id, collection_id, name) values ($1, $2, $3, 'Full text')`,
    [zone.zoneId, serviceId, collectionId],
  )
  return collectionId
}
