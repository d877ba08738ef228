import type { Queryable } from '../db/database.ts'
import {
  type InventoryRequest,
  placeKey,
  type PresentInventory,
  sourceKey,
  urlKey,
} from '../rules/inventory/plan-inventory.ts'
import type { BatchRun } from './batch.ts'
import { joinPreviewInventory } from './preview-inventory.ts'

/** What there is already of what the records of a batch ask for: one query a kind. */
export async function findPresent(
  tx: Queryable,
  { mode, job, inventoryZone: { zoneId } }: Pick<BatchRun, 'mode' | 'job' | 'inventoryZone'>,
  requests: readonly InventoryRequest[],
): Promise<PresentInventory> {
  const mmsIds = [...new Set(requests.flatMap(({ mmsId }) => mmsId ?? []))]
  const physical = requests.some(({ wanted }) => wanted.physical.length > 0)
  const electronic = requests.some(({ wanted }) => wanted.portfolios.length > 0)
  const present: PresentInventory = {
    holdings: physical ? await holdingsAt(tx, zoneId, mmsIds) : new Map(),
    barcodes: physical ? await itemsWith(tx, zoneId, barcodesOf(requests)) : new Map(),
    sources: new Map([
      ...(physical ? await madeFrom(tx, zoneId, 'item', sourcesOf(requests, 'item')) : []),
      ...(electronic ? await madeFrom(tx, zoneId, 'portfolio', sourcesOf(requests, 'portfolio')) : []),
    ]),
    portfolios: electronic ? await portfoliosOf(tx, zoneId, mmsIds) : new Map(),
  }
  if (mode === 'preview' && job) await joinPreviewInventory(tx, job.jobId, requests, present)
  return present
}

const barcodesOf = (requests: readonly InventoryRequest[]): string[] =>
  requests.flatMap(({ wanted }) => wanted.physical.flatMap(({ item }) => item?.barcode ?? []))

const sourcesOf = (requests: readonly InventoryRequest[], kind: 'item' | 'portfolio'): string[] =>
  requests.flatMap(({ contentKey, wanted }) =>
    (kind === 'item' ? wanted.physical : wanted.portfolios).map((_, at) => sourceKey(contentKey, kind, at)),
  )

async function holdingsAt(tx: Queryable, zoneId: number, mmsIds: readonly string[]) {
  const rows = await tx.query<{ mmsId: string; library: string; location: string; holdingsId: string }>(
    `select mms_id as "mmsId", library, location, min(holdings_id) as "holdingsId" from holdings
     where zone_id = $1 and mms_id = any($2::text[])
     group by mms_id, library, location`,
    [zoneId, mmsIds],
  )
  return new Map(rows.map(({ mmsId, holdingsId, ...place }) => [placeKey(mmsId, place), holdingsId]))
}

async function itemsWith(tx: Queryable, zoneId: number, barcodes: readonly string[]) {
  const rows = await tx.query<{ barcode: string; itemId: string; mmsId: string }>(
    `select barcode, item_id as "itemId", mms_id as "mmsId" from item_barcode
     where zone_id = $1 and barcode = any($2::text[])`,
    [zoneId, barcodes],
  )
  return new Map(rows.map(({ barcode, ...item }) => [barcode, item]))
}

async function madeFrom(
  tx: Queryable,
  zoneId: number,
  kind: 'item' | 'portfolio',
  sources: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ source: string; id: string }>(
    `select source, ${kind}_id as id from ${kind} where zone_id = $1 and source = any($2::text[])`,
    [zoneId, sources],
  )
  return new Map(rows.map(({ source, id }) => [source, id]))
}

async function portfoliosOf(tx: Queryable, zoneId: number, mmsIds: readonly string[]) {
  const rows = await tx.query<{ mmsId: string; url: string; portfolioId: string }>(
    `select mms_id as "mmsId", url, min(portfolio_id) as "portfolioId" from portfolio
     where zone_id = $1 and mms_id = any($2::text[]) and url is not null
     group by mms_id, url`,
    [zoneId, mmsIds],
  )
  return new Map(rows.map(({ mmsId, url, portfolioId }) => [urlKey(mmsId, url), portfolioId]))
}
