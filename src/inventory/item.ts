import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { noSuchPiece } from './revision.ts'

export const itemStatuses = ['in-place', 'not-in-place', 'missing', 'on-order', 'in-process'] as const
export type ItemStatus = (typeof itemStatuses)[number]

/** What an item says of itself; texts are null where nothing is said. */
export type ItemContent = {
  /** Unique in the zone. */
  readonly barcode: string | null
  readonly status: ItemStatus
  readonly policy: string | null
  readonly materialType: string | null
  readonly copyNumber: string | null
  /** How one of several items is told from the others: `v.3 (1998:Jan.)`. */
  readonly description: string | null
  /** From the highest level down: volume, number; year, month. */
  readonly enumeration: readonly string[]
  readonly chronology: readonly string[]
  readonly publicNote: string | null
  readonly fulfilmentNote: string | null
  readonly internalNote: string | null
  readonly inventoryNumber: string | null
  /** `yyyy-mm-dd`. */
  readonly receivedOn: string | null
  /** Where it is for a time, other than its holdings say: both or neither. */
  readonly temporaryLibrary: string | null
  readonly temporaryLocation: string | null
}

/** A piece of physical holdings. */
export type Item = ItemContent & {
  readonly itemId: string
  readonly holdingsId: string
  readonly mmsId: string
  readonly version: number
  /** Of its holdings. */
  readonly library: string
  readonly location: string
  readonly callNumber: string
  readonly createdAt: string
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
}

export const emptyItem: ItemContent = {
  barcode: null,
  status: 'in-place',
  policy: null,
  materialType: null,
  copyNumber: null,
  description: null,
  enumeration: [],
  chronology: [],
  publicNote: null,
  fulfilmentNote: null,
  internalNote: null,
  inventoryNumber: null,
  receivedOn: null,
  temporaryLibrary: null,
  temporaryLocation: null,
}

const itemQuery = `
  select i.item_id as "itemId", i.holdings_id as "holdingsId", i.mms_id as "mmsId", i.version, i.barcode, i.status, i.policy,
    i.material_type as "materialType", i.copy_number as "copyNumber", i.description, i.enumeration, i.chronology,
    i.public_note as "publicNote", i.fulfilment_note as "fulfilmentNote", i.internal_note as "internalNote",
    i.inventory_number as "inventoryNumber", i.received_on as "receivedOn", i.temporary_library as "temporaryLibrary",
    i.temporary_location as "temporaryLocation", h.library, h.location, h.call_number as "callNumber",
    i.created_at as "createdAt", i.changed_at as "changedAt", i.changed_by as "changedBy", i.job_id as job
  from item i join holdings h on h.zone_id = i.zone_id and h.holdings_id = i.holdings_id`

/** A page of the items of holdings, in the order in which they were added. */
export const listItems = (
  db: Queryable,
  { zoneId }: Zone,
  holdingsId: string,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<Item[]> =>
  db.query<Item>(
    `${itemQuery} where i.zone_id = $1 and i.holdings_id = $2 and i.item_id > $3
     order by i.item_id limit $4`,
    [zoneId, holdingsId, after, limit],
  )

/** An item by its number; nothing where there is none. */
export async function findItem(db: Queryable, { zoneId }: Zone, id: string): Promise<Item | undefined> {
  const [item] = await db.query<Item>(`${itemQuery} where i.zone_id = $1 and i.item_id = $2`, [zoneId, id])
  return item
}

/** @throws {InventoryRefusal} */
export async function getItem(db: Queryable, zone: Zone, id: string): Promise<Item> {
  const item = await findItem(db, zone, id)
  if (!item) throw noSuchPiece('item', zone.code, id)
  return item
}

/** The item of a zone that has a barcode; nothing where none has. */
export async function findItemByBarcode(
  db: Queryable,
  { zoneId }: Zone,
  barcode: string,
): Promise<Item | undefined> {
  const [item] = await db.query<Item>(
    `${itemQuery} join item_barcode c on c.zone_id = i.zone_id and c.item_id = i.item_id
     where c.zone_id = $1 and c.barcode = $2`,
    [zoneId, barcode],
  )
  return item
}
