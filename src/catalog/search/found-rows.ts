import type { Queryable } from '../../db/database.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { type BibPage, findBibPages } from '../bib-page.ts'
import type { Zone } from '../zone.ts'
import { tableOfEntity } from './inventory-condition.ts'

/** How much hangs on a bib. */
export type InventoryCount = {
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
}

export type FoundItem = {
  readonly itemId: string
  readonly holdingsId: string
  readonly barcode: string | null
  readonly status: string
  readonly policy: string | null
  readonly description: string | null
  readonly library: string
  readonly location: string
  readonly callNumber: string
}

export type FoundPortfolio = {
  readonly portfolioId: string
  readonly url: string | null
  readonly availability: string
  readonly coverage: string | null
  readonly collectionId: string | null
}

/** A row of the results: a bib, and the item or portfolio that it is about, if it is. */
export type FoundRow = {
  readonly bib: BibPage
  readonly inventory: InventoryCount
  readonly item: FoundItem | null
  readonly portfolio: FoundPortfolio | null
}

/** The rows of some numbers, in their order; what is gone meanwhile is left out. */
export async function foundRows(
  db: Queryable,
  zone: Zone,
  entity: Entity,
  ids: readonly string[],
): Promise<FoundRow[]> {
  const table = tableOfEntity[entity]
  const items = table === 'item' ? await findItems(db, zone, ids) : new Map<string, Of<FoundItem>>()
  const portfolios =
    table === 'portfolio' ? await findPortfolios(db, zone, ids) : new Map<string, Of<FoundPortfolio>>()
  const bibOf = (id: string): string | undefined =>
    table === null ? id : (items.get(id) ?? portfolios.get(id))?.mmsId
  const mmsIds = [...new Set(ids.flatMap((id) => bibOf(id) ?? []))]
  const bibs = new Map((await findBibPages(db, zone, mmsIds)).map((bib) => [bib.mmsId, bib]))
  const inventory = await countInventory(db, [zone.zoneId], mmsIds)
  return ids.flatMap((id) => {
    const mmsId = bibOf(id)
    const bib = mmsId === undefined ? undefined : bibs.get(mmsId)
    if (mmsId === undefined || bib === undefined) return []
    const counted = inventory.find((each) => each.mmsId === mmsId)
    return [
      {
        bib,
        inventory: {
          holdings: counted?.holdings ?? 0,
          items: counted?.items ?? 0,
          portfolios: counted?.portfolios ?? 0,
        },
        item: items.get(id)?.row ?? null,
        portfolio: portfolios.get(id)?.row ?? null,
      },
    ]
  })
}

/** Of bibs of some zones how much hangs on each; those without anything are left out. */
const countInventory = (
  db: Queryable,
  zones: readonly number[],
  mmsIds: readonly string[],
): Promise<(InventoryCount & { readonly mmsId: string })[]> =>
  db.query(
    `select mms_id as "mmsId", sum(holdings)::int as holdings, sum(items)::int as items, sum(portfolios)::int as portfolios
     from (
       select mms_id, count(*) as holdings, 0 as items, 0 as portfolios
       from holdings where zone_id = any($1::smallint[]) and mms_id = any($2::text[]) group by mms_id
       union all
       select mms_id, 0, count(*), 0 from item where zone_id = any($1::smallint[]) and mms_id = any($2::text[]) group by mms_id
       union all
       select mms_id, 0, 0, count(*) from portfolio where zone_id = any($1::smallint[]) and mms_id = any($2::text[]) group by mms_id
     ) each group by mms_id`,
    [zones, mmsIds],
  )

type Of<Row> = { readonly mmsId: string; readonly row: Row }

async function findItems(
  db: Queryable,
  zone: Zone,
  ids: readonly string[],
): Promise<Map<string, Of<FoundItem>>> {
  const rows = await db.query<FoundItem & { mmsId: string }>(
    `select i.item_id as "itemId", i.holdings_id as "holdingsId", i.mms_id as "mmsId", i.barcode, i.status, i.policy, i.description,
       coalesce(i.temporary_library, h.library) as library, coalesce(i.temporary_location, h.location) as location,
       h.call_number as "callNumber"
     from item i join holdings h on h.zone_id = i.zone_id and h.holdings_id = i.holdings_id
     where i.zone_id = $1 and i.item_id = any($2::text[])`,
    [zone.zoneId, ids],
  )
  return new Map(rows.map(({ mmsId, ...row }) => [row.itemId, { mmsId, row }]))
}

async function findPortfolios(
  db: Queryable,
  zone: Zone,
  ids: readonly string[],
): Promise<Map<string, Of<FoundPortfolio>>> {
  const rows = await db.query<FoundPortfolio & { mmsId: string }>(
    `select portfolio_id as "portfolioId", mms_id as "mmsId", url, availability, coverage, collection_id as "collectionId"
     from portfolio where zone_id = $1 and portfolio_id = any($2::text[])`,
    [zone.zoneId, ids],
  )
  return new Map(rows.map(({ mmsId, ...row }) => [row.portfolioId, { mmsId, row }]))
}
