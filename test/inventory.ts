import { getZone } from '../src/catalog/zone.ts'
import type { Database } from '../src/db/database.ts'
import { addHoldings } from '../src/inventory/change-holdings.ts'
import { addItem } from '../src/inventory/change-item.ts'
import { addPortfolio } from '../src/inventory/change-portfolio.ts'
import { emptyItem } from '../src/inventory/item.ts'
import { addLibrary, addLocation } from '../src/inventory/place.ts'
import { emptyPortfolio } from '../src/inventory/portfolio.ts'
import { byPerson } from '../src/inventory/revision.ts'

/** Two libraries of a zone, MAIN with the locations STACKS and REF, and LAW with STACKS. */
export async function addPlaces(db: Database, zoneCode: string): Promise<void> {
  const zone = await getZone(db, zoneCode)
  await addLibrary(db, zone, { code: 'MAIN', name: 'Main library' })
  await addLibrary(db, zone, { code: 'LAW', name: 'Law library' })
  const stacks = { code: 'STACKS', name: 'Stacks', callNumberType: null }
  await addLocation(db, zone, 'MAIN', stacks)
  await addLocation(db, zone, 'MAIN', { code: 'REF', name: 'Reference', callNumberType: '1' })
  await addLocation(db, zone, 'LAW', stacks)
}

const ada = byPerson('Ada')

const main = { library: 'MAIN', location: 'STACKS' } as const

/** Holdings on a bib, with an item for each barcode; their number. */
export const putHoldings = (
  db: Database,
  zoneCode: string,
  mmsId: string,
  barcodes: readonly string[] = [],
  place: { readonly library: string; readonly location: string } = main,
): Promise<string> =>
  db.transaction(async (tx) => {
    const zone = await getZone(tx, zoneCode)
    const { holdingsId } = await addHoldings(tx, zone, mmsId, place, ada)
    for (const barcode of barcodes) await addItem(tx, zone, holdingsId, { ...emptyItem, barcode }, ada)
    return holdingsId
  })

export const putPortfolio = (db: Database, zoneCode: string, mmsId: string, url: string): Promise<string> =>
  db.transaction(
    async (tx) =>
      (await addPortfolio(tx, await getZone(tx, zoneCode), mmsId, { ...emptyPortfolio, url }, ada))
        .portfolioId,
  )

/** Where all inventory of a database is: its number with that of its bib, by number. */
export async function placesOf(db: Database): Promise<Record<string, string>> {
  const rows = await db.query<{ id: string; mmsId: string }>(
    `select holdings_id as id, mms_id as "mmsId" from holdings
     union all select item_id, mms_id from item
     union all select portfolio_id, mms_id from portfolio
     union all select barcode || ' of ' || zone_id, mms_id from item_barcode order by id`,
  )
  return Object.fromEntries(rows.map(({ id, mmsId }) => [id, mmsId]))
}
