import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'

/** How much inventory a bib has in its zone, and what may become of it where that is none (D8). */
export type LeftBib = {
  readonly mmsId: string
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
  /** None where it has inventory; a bib that others are linked to cannot be deleted. */
  readonly choices: readonly ('delete' | 'suppress' | 'keep')[]
}

/** What is left on a bib that inventory was taken from. */
export async function findLeft(db: Queryable, { zoneId }: Zone, mmsId: string): Promise<LeftBib> {
  const [row] = await db.query<Omit<LeftBib, 'mmsId' | 'choices'> & { readonly isLinked: boolean }>(
    `select (select count(*)::int from holdings where zone_id = $1 and mms_id = $2) as holdings,
       (select count(*)::int from item where zone_id = $1 and mms_id = $2) as items,
       (select count(*)::int from portfolio where zone_id = $1 and mms_id = $2) as portfolios,
       ${isLinked} as "isLinked"`,
    [zoneId, mmsId],
  )
  const { holdings = 0, items = 0, portfolios = 0, isLinked: isHeld = false } = row ?? {}
  const hasInventory = holdings > 0 || portfolios > 0
  return {
    mmsId,
    holdings,
    items,
    portfolios,
    choices: hasInventory ? [] : isHeld ? ['suppress', 'keep'] : ['delete', 'suppress', 'keep'],
  }
}

/** A bib that is linked, or that others are linked to, is not deleted (D8). */
const isLinked = `exists (
         select from bib where linked_mms_id = $2 or (zone_id = $1 and mms_id = $2 and linked_mms_id is not null))`

/** Whether a bib could be deleted when it has no inventory any more. */
export async function mayBeDeleted(db: Queryable, { zoneId }: Zone, mmsId: string): Promise<boolean> {
  const [row] = await db.query<{ isLinked: boolean }>(`select ${isLinked} as "isLinked"`, [zoneId, mmsId])
  return row?.isLinked === false
}
