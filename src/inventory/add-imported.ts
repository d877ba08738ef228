import { partOf } from '../catalog/part.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { pack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { numberedHoldings, readHoldings } from '../rules/holdings/holdings-record.ts'
import type { NewHoldings, NewItem, NewPortfolio } from '../rules/inventory/plan-inventory.ts'
import type { PortfolioContent } from './portfolio.ts'

/** What a batch of an import adds; the caller holds the bibs, and the places are such that there are. */
export type ImportedInventory = {
  readonly holdings: readonly (NewHoldings & { readonly record: MarcRecord })[]
  readonly items: readonly NewItem[]
  readonly portfolios: readonly NewPortfolio[]
  /** Of all its portfolios. */
  readonly availability: PortfolioContent['availability']
  readonly collectionId: string | null
  readonly serviceId: string | null
}

/** The job that adds it; each piece names the position of its record. */
export type ImportedBy = {
  readonly by: string | null
  readonly jobId: string | null
  readonly fileNo: number | null
  /** `yyyymmddhhmmss.0` */
  readonly stamp: string
}

/**
 * Adds the inventory of a batch, a statement a table. Answers the items that were not added, since others took their
 * barcodes in the same moment.
 */
export async function addImported(
  tx: Tx,
  zone: Zone,
  inventory: ImportedInventory,
  by: ImportedBy,
): Promise<ReadonlySet<string>> {
  await addHoldings(tx, zone, inventory, by)
  const lost = await takeBarcodes(tx, zone, inventory.items)
  await addItems(
    tx,
    zone,
    inventory.items.filter(({ itemId }) => !lost.has(itemId)),
    by,
  )
  await addPortfolios(tx, zone, inventory, by)
  return lost
}

async function addHoldings(tx: Tx, { zoneId }: Zone, { holdings }: ImportedInventory, by: ImportedBy) {
  if (holdings.length === 0) return
  const rows = holdings.map(({ holdingsId, mmsId, position, record }) => {
    const numbered = numberedHoldings(record, { holdingsId, mmsId, stamp: by.stamp })
    const facts = readHoldings(numbered)
    if ('message' in facts) throw new Error(`holdings ${holdingsId}: ${facts.message}`)
    const { library, location, callNumber, callNumberSort } = facts
    return {
      holdings_id: holdingsId,
      mms_id: mmsId,
      record: pack(numbered),
      library,
      location,
      call_number: callNumber,
      call_number_sort: callNumberSort,
      position,
      part: partOf(mmsId),
    }
  })
  await tx.execute(
    `insert into holdings (zone_id, version, suppressed, action, changed_by, job_id, file_no, holdings_id, mms_id, record,
       library, location, call_number, call_number_sort, position, part)
     select $1, 1, false, 'added', $2, $3, $4, n.*
     from jsonb_to_recordset($5::jsonb) as n (holdings_id text, mms_id text, record text, library text, location text,
       call_number text, call_number_sort text, position int, part smallint)`,
    [zoneId, by.by, by.jobId, by.fileNo, JSON.stringify(rows)],
  )
}

/** In the order of the barcodes, so that two jobs with the same ones do not wait for each other in turn. */
async function takeBarcodes(tx: Tx, { zoneId }: Zone, items: readonly NewItem[]): Promise<Set<string>> {
  const wanting = items.flatMap(({ itemId, mmsId, wanted: { barcode } }) =>
    barcode === null ? [] : [{ itemId, mmsId, barcode }],
  )
  if (wanting.length === 0) return new Set()
  const taken = await tx.query<{ itemId: string }>(
    `insert into item_barcode (zone_id, barcode, item_id, mms_id, part)
     select $1, n.* from unnest($2::text[], $3::text[], $4::text[], $5::smallint[]) as n (barcode, item_id, mms_id, part)
     order by n.barcode collate "C"
     on conflict do nothing returning item_id as "itemId"`,
    [
      zoneId,
      wanting.map(({ barcode }) => barcode),
      wanting.map(({ itemId }) => itemId),
      wanting.map(({ mmsId }) => mmsId),
      wanting.map(({ barcode }) => partOf(barcode)),
    ],
  )
  const ours = new Set(taken.map(({ itemId }) => itemId))
  return new Set(wanting.map(({ itemId }) => itemId).filter((itemId) => !ours.has(itemId)))
}

async function addItems(tx: Tx, { zoneId }: Zone, items: readonly NewItem[], by: ImportedBy): Promise<void> {
  if (items.length === 0) return
  const rows = items.map(({ itemId, holdingsId, mmsId, position, wanted, receivedOn, source }) => ({
    item_id: itemId,
    holdings_id: holdingsId,
    mms_id: mmsId,
    barcode: wanted.barcode,
    policy: wanted.policy,
    material_type: wanted.materialType,
    copy_number: wanted.copyNumber,
    description: wanted.description,
    enumeration: wanted.enumeration,
    chronology: wanted.chronology,
    public_note: wanted.publicNote,
    fulfilment_note: wanted.fulfilmentNote,
    internal_note: wanted.internalNote,
    inventory_number: wanted.inventoryNumber,
    received_on: receivedOn,
    source,
    position,
    part: partOf(mmsId),
  }))
  await tx.execute(
    `insert into item (zone_id, version, status, action, changed_by, job_id, file_no, item_id, holdings_id, mms_id, barcode,
       policy, material_type, copy_number, description, enumeration, chronology, public_note, fulfilment_note,
       internal_note, inventory_number, received_on, source, position, part)
     select $1, 1, 'in-place', 'added', $2, $3, $4, n.*
     from jsonb_to_recordset($5::jsonb) as n (item_id text, holdings_id text, mms_id text, barcode text, policy text,
       material_type text, copy_number text, description text, enumeration text[], chronology text[], public_note text,
       fulfilment_note text, internal_note text, inventory_number text, received_on date, source text, position int,
       part smallint)`,
    [zoneId, by.by, by.jobId, by.fileNo, JSON.stringify(rows)],
  )
}

async function addPortfolios(
  tx: Tx,
  { zoneId }: Zone,
  { portfolios, availability, collectionId, serviceId }: ImportedInventory,
  by: ImportedBy,
): Promise<void> {
  if (portfolios.length === 0) return
  const rows = portfolios.map(({ portfolioId, mmsId, position, wanted, source }) => ({
    portfolio_id: portfolioId,
    mms_id: mmsId,
    url: wanted.url,
    library: wanted.library,
    public_note: wanted.publicNote,
    internal_note: wanted.internalNote,
    authentication_note: wanted.authenticationNote,
    material_type: wanted.materialType,
    source,
    position,
    part: partOf(mmsId),
  }))
  await tx.execute(
    `insert into portfolio (zone_id, version, action, changed_by, job_id, file_no, availability, collection_id, service_id,
       portfolio_id, mms_id, url, library, public_note, internal_note, authentication_note, material_type, source,
       position, part)
     select $1, 1, 'added', $2, $3, $4, $5, $6, $7, n.*
     from jsonb_to_recordset($8::jsonb) as n (portfolio_id text, mms_id text, url text, library text, public_note text,
       internal_note text, authentication_note text, material_type text, source text, position int, part smallint)`,
    [zoneId, by.by, by.jobId, by.fileNo, availability, collectionId, serviceId, JSON.stringify(rows)],
  )
}
