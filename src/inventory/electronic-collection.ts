import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { InventoryRefusal } from './refusal.ts'

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
       and p.source_id is not null) as activated
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

/** A portfolio of a collection, as a zone sees it that may have activated it. */
export type OfferedPortfolio = {
  readonly portfolioId: string
  readonly mmsId: string
  readonly title: string
  readonly titleKey: string | null
  readonly url: string | null
  readonly coverage: string | null
  readonly availability: 'available' | 'unavailable'
  readonly withdrawnAt: string | null
  /** The portfolio of the zone that asks. */
  readonly activatedId: string | null
}

/** The portfolios of a collection by number, from after one of them. */
export const listOffered = (
  db: Queryable,
  { zoneId }: Zone,
  { collectionId, zone }: Pick<ElectronicCollection, 'collectionId' | 'zone'>,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<OfferedPortfolio[]> =>
  db.query<OfferedPortfolio>(
    `select p.portfolio_id as "portfolioId", p.mms_id as "mmsId", b.title, p.title_key as "titleKey", p.url, p.coverage,
       p.availability, p.withdrawn_at as "withdrawnAt",
       (select min(l.portfolio_id) from portfolio l where l.zone_id = $1 and l.source_id = p.portfolio_id) as "activatedId"
     from portfolio p
     join zone z on z.zone_id = p.zone_id and z.code = $3
     join bib_search b on b.zone_id = p.zone_id and b.mms_id = p.mms_id
     where p.collection_id = $2 and ($4::text is null or p.portfolio_id > $4)
     order by p.portfolio_id limit $5`,
    [zoneId, collectionId, zone, after, limit],
  )

/** An activated portfolio that a title list has changed. */
export type ChangedPortfolio = {
  readonly portfolioId: string
  readonly mmsId: string
  readonly collectionId: string | null
  readonly url: string | null
  readonly coverage: string | null
  readonly isWithdrawn: boolean
  readonly changedAt: string
}

/** What title lists have changed of the portfolios that a zone has activated, the last first. */
export const listSourceChanges = (
  db: Queryable,
  { zoneId }: Zone,
  limit: number,
): Promise<ChangedPortfolio[]> =>
  db.query<ChangedPortfolio>(
    `select portfolio_id as "portfolioId", mms_id as "mmsId", collection_id as "collectionId", url, coverage,
       withdrawn_at is not null as "isWithdrawn", source_changed_at as "changedAt"
     from portfolio where zone_id = $1 and source_changed_at is not null
     order by source_changed_at desc, portfolio_id limit $2`,
    [zoneId, limit],
  )
