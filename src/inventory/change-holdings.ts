import { findBibPages } from '../catalog/bib-page.ts'
import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { pack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { findCallNumber, schemeOf } from '../rules/holdings/call-number-mapping.ts'
import type { ShelvingScheme } from '../rules/holdings/call-number-sort.ts'
import {
  hasCallNumber,
  newHoldingsRecord,
  numberedHoldings,
  type Place,
  readHoldings,
  withCallNumber,
} from '../rules/holdings/holdings-record.ts'
import { isSerial } from '../rules/match/is-serial.ts'
import { stampOf } from '../rules/save-stamp.ts'
import { type BibOfInventory, bibOfInventory } from './bib-of-inventory.ts'
import { callNumberTable } from './call-number-table.ts'
import { getHoldings } from './holdings.ts'
import { reserveInventoryIds } from './inventory-id.ts'
import { findPlace } from './place.ts'
import { InventoryRefusal } from './refusal.ts'
import { type By, holdToVersion, keepVersions, lockPiece, removePieces } from './revision.ts'

/** New holdings: a record of their own, or the default template at a place. */
export type HoldingsToAdd = (
  | { readonly record: MarcRecord }
  | (Place & { readonly callNumberType?: ShelvingScheme })
) & { readonly suppressed?: boolean }

export type AddedHoldings = { readonly holdingsId: string; readonly bib: BibOfInventory }

/**
 * Adds holdings to a bib, or to the linked bib of one of the network or the community zone (D3). Where their record
 * has no call number they take that of the bib, by the table of the zone.
 *
 * @throws {InventoryRefusal}
 */
export async function addHoldings(
  tx: Tx,
  zone: Zone,
  mmsId: string,
  toAdd: HoldingsToAdd,
  by: By,
): Promise<AddedHoldings> {
  const bib = await bibOfInventory(tx, zone, mmsId, 'physical', by.by)
  const bibRecord = await recordOfBib(tx, zone, bib.mmsId)
  const record = 'record' in toAdd ? toAdd.record : await fromTemplate(tx, zone, bibRecord, toAdd)
  const [holdingsId = ''] = await reserveInventoryIds(tx, 'holdings', zone.suffix, 1)
  const numbered = numberedHoldings(hasCallNumber(record) ? record : callNumbered(record, bibRecord, zone), {
    holdingsId,
    mmsId: bib.mmsId,
    stamp: stampOf(new Date()),
  })
  const facts = await factsOf(tx, zone, numbered)
  await tx.execute(
    `insert into holdings (zone_id, holdings_id, mms_id, version, record, library, location, call_number,
       call_number_sort, suppressed, action, changed_by, job_id, file_no, position, part)
     values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, 'added', $10, $11, $12, $13, $14)`,
    [
      zone.zoneId,
      holdingsId,
      bib.mmsId,
      pack(numbered),
      facts.library,
      facts.location,
      facts.callNumber,
      facts.callNumberSort,
      toAdd.suppressed ?? false,
      by.by,
      by.jobId,
      by.fileNo,
      by.position,
      partOf(bib.mmsId),
    ],
  )
  return { holdingsId, bib }
}

/** Gives holdings another record, and says whether they are shown. @throws {InventoryRefusal} */
export async function updateHoldings(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  change: { readonly record: MarcRecord; readonly suppressed: boolean },
  by: By,
): Promise<void> {
  const { mmsId } = await lockSeen(tx, zone, id, seen)
  const record = numberedHoldings(change.record, { holdingsId: id, mmsId, stamp: stampOf(new Date()) })
  const facts = await factsOf(tx, zone, record)
  await keepVersions(tx, 'holdings', zone.zoneId, [id])
  await tx.execute(
    `update holdings set version = version + 1, record = $3, library = $4, location = $5, call_number = $6,
       call_number_sort = $7, suppressed = $8, action = 'changed', changed_at = now(), changed_by = $9, job_id = $10,
       file_no = $11, position = $12
     where zone_id = $1 and holdings_id = $2`,
    [
      zone.zoneId,
      id,
      pack(record),
      facts.library,
      facts.location,
      facts.callNumber,
      facts.callNumberSort,
      change.suppressed,
      by.by,
      by.jobId,
      by.fileNo,
      by.position,
    ],
  )
}

/** Update from bibliographic: holdings take the call number that their bib has for them now. @throws {InventoryRefusal} */
export async function takeCallNumber(tx: Tx, zone: Zone, id: string, seen: number, by: By): Promise<void> {
  await lockSeen(tx, zone, id, seen)
  const { record, mmsId, suppressed } = await getHoldings(tx, zone, id)
  const bibRecord = await recordOfBib(tx, zone, mmsId)
  const facts = readHoldings(record)
  const found =
    'message' in facts ? null : findCallNumber(bibRecord, facts.scheme, facts.source, callNumberTable(zone))
  if (found === null)
    throw new InventoryRefusal(
      'invalid',
      'NO_CALL_NUMBER',
      `Bib ${mmsId} has no call number for the shelving scheme of holdings ${id}.`,
      'Set the first indicator of 852 to the scheme of a number that the bib has, or write the number in $h and $i.',
    )
  await updateHoldings(tx, zone, id, seen, { record: withCallNumber(record, found), suppressed }, by)
}

/** Holdings go when nothing is in them. @throws {InventoryRefusal} */
export async function removeHoldings(
  tx: Tx,
  zone: Zone,
  id: string,
  seen: number,
  by: By,
): Promise<{ readonly mmsId: string }> {
  const { mmsId } = await lockSeen(tx, zone, id, seen)
  const { items } = await getHoldings(tx, zone, id)
  if (items > 0)
    throw new InventoryRefusal(
      'conflict',
      'HOLDINGS_HAVE_ITEMS',
      `Holdings ${id} have ${items === 1 ? 'an item' : `${items} items`}.`,
      'Delete the items first, or move the holdings to another bib.',
    )
  await removePieces(tx, 'holdings', zone.zoneId, [id], by)
  return { mmsId }
}

async function lockSeen(tx: Tx, zone: Zone, id: string, seen: number) {
  const found = await lockPiece(tx, 'holdings', zone, id)
  holdToVersion('holdings', id, seen, found)
  return found
}

async function fromTemplate(
  tx: Tx,
  zone: Zone,
  bib: MarcRecord,
  { library, location, callNumberType }: Place & { readonly callNumberType?: ShelvingScheme },
): Promise<MarcRecord> {
  const place = await findPlace(tx, zone, { library, location })
  return newHoldingsRecord({
    library,
    location,
    scheme: callNumberType ?? place.callNumberType ?? schemeOf(bib, callNumberTable(zone)) ?? '8',
    isSerial: isSerial(bib),
    entered: stampOf(new Date()).slice(2, 8),
  })
}

function callNumbered(record: MarcRecord, bib: MarcRecord, zone: Zone): MarcRecord {
  const facts = readHoldings(record)
  if ('message' in facts) return record
  const found = findCallNumber(bib, facts.scheme, facts.source, callNumberTable(zone))
  return found === null ? record : withCallNumber(record, found)
}

/** What a record says of its place, which is one that there is. @throws {InventoryRefusal} */
async function factsOf(tx: Tx, zone: Zone, record: MarcRecord) {
  const facts = readHoldings(record)
  if ('message' in facts) throw new InventoryRefusal('invalid', 'NOT_HOLDINGS', facts.message, facts.remedy)
  await findPlace(tx, zone, facts)
  return facts
}

/** Of a linked bib with the record that it is linked to: the number of the network's bib is that of the holdings. */
async function recordOfBib(tx: Tx, zone: Zone, mmsId: string): Promise<MarcRecord> {
  const [page] = await findBibPages(tx, zone, [mmsId])
  if (!page) throw new Error(`bib ${mmsId}, which is held, is not there`)
  return page.record
}
