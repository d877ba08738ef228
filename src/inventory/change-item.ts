import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import type { Place } from '../rules/holdings/holdings-record.ts'
import { type BibOfInventory, bibOfInventory } from './bib-of-inventory.ts'
import { addHoldings, removeHoldings, updateHoldings } from './change-holdings.ts'
import { getHoldings } from './holdings.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { findItemByBarcode, getItem, type Item, type ItemContent } from './item.ts'
import { findPlace } from './place.ts'
import { InventoryRefusal } from './refusal.ts'
import { type By, holdToVersion, keepVersions, lockPiece, noSuchPiece, removePieces } from './revision.ts'

export type AddedItem = {
  readonly itemId: string
  readonly holdingsId: string
  readonly bib: BibOfInventory
}

/**
 * Adds an item to a bib at a place. Holdings of the bib at the same library and location take it; where there are
 * none they are made (D35).
 *
 * @throws {InventoryRefusal}
 */
export async function addItemAt(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  place: Place,
  content: ItemContent,
  by: By,
): Promise<AddedItem> {
  const bib = await bibOfInventory(tx, zone, mmsId, 'physical', by.by)
  await findPlace(tx, zone, place)
  // One after the other: of two who find no holdings there, the second finds those that the first has made.
  await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `holdings at ${[bib.mmsId, place.library, place.location].join(' ')}`,
  ])
  const [found] = await tx.query<{ holdingsId: string }>(
    `select holdings_id as "holdingsId" from holdings
     where zone_id = $1 and mms_id = $2 and library = $3 and location = $4
     order by holdings_id limit 1 for share`,
    [zone.zoneId, bib.mmsId, place.library, place.location],
  )
  const holdingsId = found?.holdingsId ?? (await addHoldings(tx, zone, bib.mmsId, place, by)).holdingsId
  return { itemId: await addTo(tx, zone, bib.mmsId, holdingsId, content, by), holdingsId, bib }
}

/** Adds an item to holdings. @throws {InventoryRefusal} */
export async function addItem(
  tx: Tx,
  zone: Zone,
  holdingsId: string,
  content: ItemContent,
  by: By,
): Promise<AddedItem> {
  const bib = await holdHoldings(tx, zone, holdingsId)
  return { itemId: await addTo(tx, zone, bib.mmsId, holdingsId, content, by), holdingsId, bib }
}

/** Gives an item other content, all of it. @throws {InventoryRefusal} */
export async function updateItem(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  content: ItemContent,
  by: By,
): Promise<void> {
  const found = await lockPiece(tx, 'item', zone, id)
  const before = await getItem(tx, zone, id)
  holdToVersion('item', id, seen, found)
  await holdToPlace(tx, zone, content)
  if (content.barcode !== before.barcode) {
    // In this order nobody who has given up a barcode waits for one, as two who exchange theirs would for ever.
    await takeBarcode(tx, zone, content.barcode, id, found.mmsId)
    await dropBarcode(tx, zone, id)
  }
  await keepVersions(tx, 'item', zone.zoneId, [id])
  await tx.execute(
    `update item set version = version + 1, barcode = $3, status = $4, policy = $5, material_type = $6, copy_number = $7,
       description = $8, enumeration = $9, chronology = $10, public_note = $11, fulfilment_note = $12, internal_note = $13,
       inventory_number = $14, received_on = $15, temporary_library = $16, temporary_location = $17,
       action = 'changed', changed_at = now(), changed_by = $18, job_id = $19, file_no = $20, position = $21
     where zone_id = $1 and item_id = $2`,
    [zone.zoneId, id, ...valuesOf(content), by.by, by.jobId, by.fileNo, by.position],
  )
}

/** @throws {InventoryRefusal} */
async function removeItem(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  by: By,
): Promise<{ readonly mmsId: string; readonly holdingsId: string }> {
  const found = await lockPiece(tx, 'item', zone, id)
  const before = await getItem(tx, zone, id)
  holdToVersion('item', id, seen, found)
  await dropBarcode(tx, zone, id)
  await removePieces(tx, 'item', zone.zoneId, [id], by)
  return { mmsId: before.mmsId, holdingsId: before.holdingsId }
}

/** What becomes of what is left empty. */
export type Settling = 'keep' | 'suppress' | 'delete'

/**
 * Deletes an item and, where it was the last in its holdings, does with them what is asked.
 *
 * @throws {InventoryRefusal}
 */
export async function removeItemWith(
  tx: Tx,
  zone: Zone,
  { itemId, holdingsId }: Pick<Item, 'itemId' | 'holdingsId'>,
  seen: number,
  holdings: Settling,
  by: By,
): Promise<void> {
  // Held first, so that no item comes meanwhile: who adds one, or takes one away so, holds them too.
  if (holdings !== 'keep') await lockPiece(tx, 'holdings', zone, holdingsId)
  await removeItem(tx, zone, itemId, seen, by)
  if (holdings === 'keep') return
  const left = await getHoldings(tx, zone, holdingsId)
  if (left.items > 0) return
  if (holdings === 'delete') await removeHoldings(tx, zone, holdingsId, left.version, by)
  else if (!left.suppressed) {
    const { record } = left
    await updateHoldings(tx, zone, holdingsId, left.version, { record, suppressed: true }, by)
  }
}

async function addTo(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  holdingsId: string,
  content: ItemContent,
  by: By,
): Promise<string> {
  await holdToPlace(tx, zone, content)
  const [itemId = ''] = await reserveInventoryIds(tx, 'item', zone.suffix, 1)
  await takeBarcode(tx, zone, content.barcode, itemId, mmsId)
  await tx.execute(
    `insert into item (zone_id, item_id, barcode, status, policy, material_type, copy_number, description, enumeration,
       chronology, public_note, fulfilment_note, internal_note, inventory_number, received_on, temporary_library,
       temporary_location, changed_by, job_id, file_no, position, holdings_id, mms_id, part, version, action)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 1, 'added')`,
    [
      zone.zoneId,
      itemId,
      ...valuesOf(content),
      by.by,
      by.jobId,
      by.fileNo,
      by.position,
      holdingsId,
      mmsId,
      partOf(mmsId),
    ],
  )
  return itemId
}

const valuesOf = (content: ItemContent): readonly unknown[] => [
  content.barcode,
  content.status,
  content.policy,
  content.materialType,
  content.copyNumber,
  content.description,
  content.enumeration,
  content.chronology,
  content.publicNote,
  content.fulfilmentNote,
  content.internalNote,
  content.inventoryNumber,
  content.receivedOn,
  content.temporaryLibrary,
  content.temporaryLocation,
]

/** Tries that are made to find the bib of holdings which others bring from one bib to another. */
const tries = 3

/**
 * The bib of holdings; neither it nor they go away before the transaction ends. The bib is held first, as by those
 * who combine bibs, so that nobody waits for the other in turn.
 */
async function holdHoldings(tx: Tx, zone: Zone, id: string): Promise<BibOfInventory> {
  for (let tried = 0; tried < tries; tried++) {
    const [seen] = await tx.query<{ mmsId: string }>(
      `select mms_id as "mmsId" from holdings where zone_id = $1 and holdings_id = $2`,
      [zone.zoneId, id],
    )
    if (!seen) break
    await tx.query(`select from bib where zone_id = $1 and mms_id = $2 for key share`, [
      zone.zoneId,
      seen.mmsId,
    ])
    const held = await tx.query(
      `select from holdings where zone_id = $1 and holdings_id = $2 and mms_id = $3 for share`,
      [zone.zoneId, id, seen.mmsId],
    )
    if (held.length > 0) return { mmsId: seen.mmsId, isNew: false }
  }
  throw noSuchPiece('holdings', zone.code, id)
}

async function holdToPlace(
  tx: Tx,
  zone: Zone,
  { temporaryLibrary, temporaryLocation }: ItemContent,
): Promise<void> {
  if (temporaryLibrary === null && temporaryLocation === null) return
  if (temporaryLibrary === null || temporaryLocation === null)
    throw new InventoryRefusal(
      'invalid',
      'HALF_A_PLACE',
      'A temporary place has both a library and a location.',
      'Give both, or neither.',
    )
  await findPlace(tx, zone, { library: temporaryLibrary, location: temporaryLocation })
}

/** A barcode is that of one item of the zone; the primary key holds it against others at the same moment. */
async function takeBarcode(
  tx: Tx,
  zone: Zone,
  barcode: string | null,
  itemId: string,
  mmsId: string,
): Promise<void> {
  if (barcode === null) return
  const taken = await tx.execute(
    `insert into item_barcode (zone_id, barcode, item_id, mms_id, part) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [zone.zoneId, barcode, itemId, mmsId, partOf(barcode)],
  )
  if (taken > 0) return
  const other = await findItemByBarcode(tx, zone, barcode)
  const where = other
    ? `item ${other.itemId} of bib ${other.mmsId}, in ${other.library}, ${other.location}`
    : 'another item, which has just gone'
  throw new InventoryRefusal(
    'conflict',
    'BARCODE_TAKEN',
    `Barcode ${barcode} is that of ${where}.`,
    other ? 'Scan the barcode again, or look at that item.' : 'Try again.',
  )
}

const dropBarcode = (tx: Tx, { zoneId }: Zone, itemId: string) =>
  tx.execute(
    `delete from item_barcode c using item i
     where i.zone_id = $1 and i.item_id = $2 and c.zone_id = i.zone_id and c.barcode = i.barcode and c.item_id = i.item_id`,
    [zoneId, itemId],
  )
