import type { Tx } from '../db/database.ts'
import { type InventoryKind, kindOf } from '../inventory/inventory-id.ts'
import { removePieces } from '../inventory/revision.ts'

/** What a record of a job made of inventory, and whether it may go. */
export type MadeInventory = {
  /** Numbers of what nobody has touched since. */
  readonly untouched: readonly string[]
  /** The rest that is still there, each in a sentence. */
  readonly touched: readonly string[]
}

export const nothingMade: MadeInventory = { untouched: [], touched: [] }

export const placeOf = ({
  fileNo,
  position,
}: {
  readonly fileNo: number
  readonly position: number
}): string => `${fileNo} ${position}`

type MadeRow = {
  readonly fileNo: number
  readonly position: number
  readonly kind: InventoryKind
  readonly id: string
  /** Its versions are of the job, or of this undo. */
  readonly isOurs: boolean
  /** Of an item. */
  readonly holdingsId: string | null
}

/**
 * What records made that is still there, its rows locked, by `placeOf`. Holdings may go when all that is in them may:
 * what stands in them from elsewhere, another record of the job among them, keeps them.
 */
export async function findMadeInventory(
  tx: Tx,
  { jobId, ofJobId }: { readonly jobId: string; readonly ofJobId: string },
  rows: readonly { readonly fileNo: number; readonly position: number }[],
): Promise<Map<string, MadeInventory>> {
  const made = await tx.query<MadeRow>(
    `with made as materialized (
       select file_no, position, kind, zone_id, inventory_id from import_inventory
       where job_id = $1 and (file_no, position) in (select * from unnest($3::smallint[], $4::int[]))
         and result = 'added'
     ), there as (
       select zone_id, holdings_id as id, job_id, null as holdings_id from holdings
       where (zone_id, holdings_id) in (select zone_id, inventory_id from made where kind = 'holdings') for update
     ), pieces as (
       select zone_id, item_id as id, job_id, holdings_id from item
       where (zone_id, item_id) in (select zone_id, inventory_id from made where kind = 'item') for update
     ), portfolios as (
       select zone_id, portfolio_id as id, job_id, null as holdings_id from portfolio
       where (zone_id, portfolio_id) in (select zone_id, inventory_id from made where kind = 'portfolio') for update
     )
     select m.file_no as "fileNo", m.position, m.kind, t.id, t.holdings_id as "holdingsId",
       coalesce(t.job_id in ($1, $2), false) and not exists (
         select from inventory_version v
         where v.zone_id = t.zone_id and v.inventory_id = t.id and (v.job_id is null or v.job_id not in ($1, $2)))
         as "isOurs"
     from made m
     join (select * from there union all select * from pieces union all select * from portfolios) t
       on t.zone_id = m.zone_id and t.id = m.inventory_id
     order by m.file_no desc, m.position desc, t.id`,
    [ofJobId, jobId, rows.map(({ fileNo }) => fileNo), rows.map(({ position }) => position)],
  )
  const itemsIn = await findItemsIn(tx, made)
  const gone = new Set<string>()
  const found = new Map<string, { untouched: string[]; touched: string[] }>()
  const of = (row: MadeRow) => {
    const own = found.get(placeOf(row)) ?? { untouched: [], touched: [] }
    found.set(placeOf(row), own)
    return own
  }
  const byRecord = [...Map.groupBy(made, placeOf).values()]
  for (const own of byRecord) {
    // Items first: their holdings are looked at when they are gone.
    for (const row of own.toSorted((one, other) => order[one.kind] - order[other.kind])) {
      const why = row.isOurs
        ? row.kind === 'holdings' && (itemsIn.get(row.id) ?? []).some((id) => !gone.has(id))
          ? 'has items that stay'
          : null
        : 'has been changed since'
      if (why === null) {
        gone.add(row.id)
        of(row).untouched.push(row.id)
      } else of(row).touched.push(`${words[row.kind]} ${row.id} ${why}, and stays`)
    }
  }
  return found
}

const order: Readonly<Record<InventoryKind, number>> = { item: 0, portfolio: 1, holdings: 2 }

const words: Readonly<Record<InventoryKind, string>> = {
  holdings: 'holdings record',
  item: 'item',
  portfolio: 'portfolio',
}

async function findItemsIn(tx: Tx, made: readonly MadeRow[]): Promise<Map<string, string[]>> {
  const holdings = made.filter(({ kind }) => kind === 'holdings').map(({ id }) => id)
  if (holdings.length === 0) return new Map()
  const rows = await tx.query<{ holdingsId: string; itemId: string }>(
    `select i.holdings_id as "holdingsId", i.item_id as "itemId"
     from holdings h join item i on i.zone_id = h.zone_id and i.holdings_id = h.holdings_id
     where h.holdings_id = any($1::text[])`,
    [holdings],
  )
  return new Map(
    [...Map.groupBy(rows, ({ holdingsId }) => holdingsId)].map(([id, items]) => [
      id,
      items.map(({ itemId }) => itemId),
    ]),
  )
}

/** Takes away what an undo has found to go, with the barcodes of items; its past stays. */
export async function removeMade(
  tx: Tx,
  {
    jobId,
    inventoryZoneId,
    by,
  }: { readonly jobId: string; readonly inventoryZoneId: number; readonly by: string | null },
  dropped: ReadonlySet<string>,
): Promise<void> {
  if (dropped.size === 0) return
  const of = (kind: InventoryKind) => [...dropped].filter((id) => kindOf(id) === kind)
  const items = of('item')
  if (items.length > 0)
    await tx.execute(
      `delete from item_barcode c using item i
       where i.zone_id = $1 and i.item_id = any($2::text[]) and c.zone_id = i.zone_id and c.barcode = i.barcode
         and c.item_id = i.item_id`,
      [inventoryZoneId, items],
    )
  const undo = { by, jobId, fileNo: null, position: null }
  for (const kind of ['item', 'holdings', 'portfolio'] as const) {
    const ids = of(kind)
    if (ids.length > 0) await removePieces(tx, kind, inventoryZoneId, ids, undo)
  }
}
