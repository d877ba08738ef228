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
  const [row] = await db.query<Omit<LeftBib, 'mmsId' | 'choices'> & { readonly isLinkedTo: boolean }>(
    `select (select count(*)::int from holdings where zone_id = $1 and mms_id = $2) as holdings,
       (select count(*)::int from item where zone_id = $1 and mms_id = $2) as items,
       (select count(*)::int from portfolio where zone_id = $1 and mms_id = $2) as portfolios,
       exists (select from bib where linked_mms_id = $2) as "isLinkedTo"`,
    [zoneId, mmsId],
  )
  const { holdings = 0, items = 0, portfolios = 0, isLinkedTo = false } = row ?? {}
  const hasInventory = holdings > 0 || portfolios > 0
  return {
    mmsId,
    holdings,
    items,
    portfolios,
    choices: hasInventory ? [] : isLinkedTo ? ['suppress', 'keep'] : ['delete', 'suppress', 'keep'],
  }
}
