import type { Queryable } from '../db/database.ts'

/** What is numbered, and what its numbers start with. */
export const prefixes = { holdings: '22', item: '23', portfolio: '53' } as const

/** What portfolios are offered in. */
const offerPrefixes = { collection: '61', service: '62' } as const

export type InventoryKind = keyof typeof prefixes

/** What a number is the number of; nothing where it is that of no inventory. */
export const kindOf = (id: string): InventoryKind | null =>
  id.startsWith('22') ? 'holdings' : id.startsWith('23') ? 'item' : id.startsWith('53') ? 'portfolio' : null

/** New numbers: the prefix of the kind, the next number of the sequence, the zone's suffix. Gaps are normal. */
export async function reserveInventoryIds(
  db: Queryable,
  kind: InventoryKind | keyof typeof offerPrefixes,
  suffix: string,
  count: number,
): Promise<string[]> {
  if (count === 0) return []
  const [row] = await db.query<{ numbers: string }>(
    `select string_agg(nextval('inventory_id_sequence')::text, ',') as numbers from generate_series(1, $1::int)`,
    [count],
  )
  return (row?.numbers ?? '')
    .split(',')
    .map((number) => `${{ ...prefixes, ...offerPrefixes }[kind]}${number}${suffix}`)
}
