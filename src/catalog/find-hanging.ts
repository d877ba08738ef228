import type { Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { BibState } from '../rules/bib-state.ts'
import { deriveState } from '../rules/derive.ts'
import type { InventoryHanging, LinkedBib } from '../rules/hanging.ts'
import { bibStateColumns } from './bib-state.ts'
import { lockKeys } from './key-locks.ts'

type LinkedRow = BibState & { readonly zoneId: number; readonly zone: string }

/**
 * The bibs that are linked to bibs of another zone, in the order of zones and numbers. With `lockedWith`, the
 * keys of the bibs that they are linked to, they may be moved: they stay locked until the transaction ends, and
 * so does, in each of their zones, what they are found by, which is these keys as well as their own (D14).
 *
 * The caller holds the bibs that they are linked to, so that none comes or goes meanwhile.
 */
export async function findHanging(
  tx: Tx,
  mmsIds: readonly string[],
  { lockedWith }: { readonly lockedWith?: readonly string[] } = {},
): Promise<LinkedBib[]> {
  const found = await findLinked(tx, mmsIds)
  if (lockedWith === undefined || found.length === 0) return found
  const byZone = Map.groupBy(found, ({ zoneId }) => zoneId)
  for (const [zoneId, own] of byZone) {
    const keys = own.flatMap(({ bib }) => deriveState(bib).keys.map(({ value }) => value))
    await lockKeys(tx, zoneId, [...lockedWith, ...keys])
  }
  await tx.query(`select from bib b where ${areLinked} order by b.zone_id, b.mms_id for update of b`, [
    textArray(mmsIds),
  ])
  return findLinked(tx, mmsIds)
}

const areLinked = `b.linked_mms_id = any($1::text[])`

async function findLinked(tx: Tx, mmsIds: readonly string[]): Promise<LinkedBib[]> {
  const rows = await tx.query<LinkedRow>(
    `select b.zone_id as "zoneId", (select z.code from zone z where z.zone_id = b.zone_id) as zone, ${bibStateColumns}
     from bib b where ${areLinked} order by b.zone_id, b.mms_id`,
    [textArray(mmsIds)],
  )
  return rows.map(({ zoneId, zone, ...bib }) => ({ zoneId, zone, bib }))
}

/** How much inventory hangs on bibs of a zone, of those that have any. */
export async function findInventoryHanging(
  tx: Tx,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<Map<string, InventoryHanging>> {
  const rows = await tx.query<InventoryHanging & { readonly mmsId: string }>(
    `select mms_id as "mmsId", sum(holdings)::int as holdings, sum(items)::int as items, sum(portfolios)::int as portfolios
     from (
       select mms_id, 1 as holdings, 0 as items, 0 as portfolios from holdings where zone_id = $1 and mms_id = any($2::text[])
       union all
       select mms_id, 0, 1, 0 from item where zone_id = $1 and mms_id = any($2::text[])
       union all
       select mms_id, 0, 0, 1 from portfolio where zone_id = $1 and mms_id = any($2::text[])) pieces
     group by mms_id`,
    [zoneId, textArray(mmsIds)],
  )
  return new Map(rows.map(({ mmsId, ...counts }) => [mmsId, counts]))
}
