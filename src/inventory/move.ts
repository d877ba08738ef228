import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { stampOf } from '../rules/save-stamp.ts'
import { type BibOfInventory, bibOfInventory } from './bib-of-inventory.ts'
import { type By, holdToVersion, lockPiece, type Move, movePieces } from './revision.ts'

/** Inventory that went, or is to go, from a bib to another of its zone: holdings with their items, or a portfolio. */
export type MovedInventory = {
  readonly inventoryId: string
  readonly from: string
  readonly into: string
}

export type Relinked = {
  /** The bib that it was on. */
  readonly from: string
  readonly bib: BibOfInventory
}

/**
 * Brings holdings and their items, or a portfolio, to another bib of the zone, or to the linked bib of one of the
 * network or the community zone (D3).
 *
 * @throws {InventoryRefusal}
 */
export async function relinkInventory(
  tx: Tx,
  zone: Zone,
  kind: 'holdings' | 'portfolio',
  id: string,
  seen: number,
  mmsId: string,
  by: By,
): Promise<Relinked> {
  const bib = await bibOfInventory(tx, zone, mmsId, kind === 'holdings' ? 'physical' : 'electronic', by.by)
  const found = await lockPiece(tx, kind, zone, id)
  holdToVersion(kind, id, seen, found)
  if (found.mmsId !== bib.mmsId) await carryInventory(tx, zone.zoneId, [{ id, into: bib.mmsId, by }])
  return { from: found.mmsId, bib }
}

/** Bibs that become one, in the order in which they do: what was on one goes to the other. */
export type CombinedPair = { readonly from: string; readonly into: string; readonly by: By }

/**
 * Brings all inventory of bibs to those that they were combined into, and answers what went where, each step of it.
 * Both bibs of a pair are there, and the caller holds them.
 */
export async function moveCombined(
  tx: Tx,
  zoneId: number,
  pairs: readonly CombinedPair[],
): Promise<(MovedInventory & { readonly by: By })[]> {
  const found = await tx.query<{ id: string; mmsId: string }>(
    `select holdings_id as id, mms_id as "mmsId" from holdings where zone_id = $1 and mms_id = any($2::text[])
     union all
     select portfolio_id, mms_id from portfolio where zone_id = $1 and mms_id = any($2::text[])
     order by id`,
    [zoneId, pairs.map(({ from }) => from)],
  )
  const on = new Map<string, string[]>()
  for (const { id, mmsId } of found) on.set(mmsId, [...(on.get(mmsId) ?? []), id])
  const steps: (MovedInventory & { readonly by: By })[] = []
  const last = new Map<string, Move>()
  for (const { from, into, by } of pairs) {
    const ids = on.get(from) ?? []
    on.delete(from)
    on.set(into, [...(on.get(into) ?? []), ...ids])
    for (const id of ids) {
      steps.push({ inventoryId: id, from, into, by })
      last.set(id, { id, into, by })
    }
  }
  await carryInventory(tx, zoneId, [...last.values()])
  return steps
}

/** Brings holdings with their items, and portfolios, to bibs of their zone; once each, from wherever they are. */
export async function carryInventory(tx: Tx, zoneId: number, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const stamp = stampOf(new Date())
  const holdings = moves.filter(({ id }) => id.startsWith('22'))
  const portfolios = moves.filter(({ id }) => id.startsWith('53'))
  await lockRows(tx, 'holdings', zoneId, holdings)
  await movePieces(tx, 'holdings', zoneId, holdings, stamp)
  const moveOf = new Map(holdings.map((move) => [move.id, move]))
  const items = await tx.query<{ id: string; holdingsId: string }>(
    `select item_id as id, holdings_id as "holdingsId" from item
     where zone_id = $1 and holdings_id = any($2::text[]) order by item_id for update`,
    [zoneId, [...moveOf.keys()]],
  )
  const carried = items.map(({ id, holdingsId }) => ({ ...(moveOf.get(holdingsId) as Move), id }))
  await movePieces(tx, 'item', zoneId, carried, stamp)
  await tx.execute(
    `update item_barcode c set mms_id = n.into_mms_id
     from unnest($2::text[], $3::text[]) as n (id, into_mms_id)
     join item i on i.zone_id = $1 and i.item_id = n.id
     where c.zone_id = $1 and c.barcode = i.barcode`,
    [zoneId, carried.map(({ id }) => id), carried.map(({ into }) => into)],
  )
  await lockRows(tx, 'portfolio', zoneId, portfolios)
  await movePieces(tx, 'portfolio', zoneId, portfolios, stamp)
}

/** In the order of their numbers, so that two who bring inventory elsewhere do not wait for each other in turn. */
const lockRows = (tx: Tx, kind: 'holdings' | 'portfolio', zoneId: number, moves: readonly Move[]) =>
  tx.query(
    `select from ${kind} where zone_id = $1 and ${kind}_id = any($2::text[]) order by ${kind}_id for update`,
    [zoneId, moves.map(({ id }) => id)],
  )
