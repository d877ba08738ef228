import { lockBibs } from '../catalog/bib-state.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import type { Settling } from '../inventory/change-item.ts'
import { findLeft, type LeftBib } from '../inventory/inventory-on.ts'
import { removeBib, tagBib } from './save-bib.ts'

/** What was taken from a bib, and what is left there. */
export type Settled<Taken> = {
  readonly taken: Taken
  readonly left: LeftBib
  /** `keep` too where the bib has inventory still. */
  readonly became: Settling
}

/**
 * D8: takes inventory from a bib and, where that was the last it had, does with the bib what was asked: in one
 * transaction, so that both are done or neither. The bib is held meanwhile, so that of two who take the last two
 * pieces the second finds it empty.
 *
 * @param take may run several times; what a run did that was taken back is gone
 * @throws {InventoryRefusal} by `take` @throws {BibRefusal} where the bib cannot be settled as asked
 */
export async function takeFromBib<Taken>(
  db: Database,
  zone: Zone,
  mmsId: string,
  { empty, by }: { readonly empty: Settling; readonly by: string },
  take: (tx: Tx) => Promise<Taken>,
): Promise<Settled<Taken>> {
  return retrying(() =>
    empty === 'keep'
      ? db.transaction(async (tx) => {
          const taken = await take(tx)
          return { taken, left: await findLeft(tx, zone, mmsId), became: empty }
        })
      : takeAndSettle(db, zone, mmsId, { empty, by }, take),
  )
}

async function takeAndSettle<Taken>(
  db: Database,
  zone: Zone,
  mmsId: string,
  { empty, by }: { readonly empty: Exclude<Settling, 'keep'>; readonly by: string },
  take: (tx: Tx) => Promise<Taken>,
): Promise<Settled<Taken>> {
  // Of what is on the bib others may add and take until it is held: then it shows which of the two ways this goes.
  for (;;) {
    try {
      return await db.transaction(async (tx) => {
        const settled = await takeHeld(tx, zone, mmsId, take)
        if (isEmpty(settled.left)) throw new OtherWay()
        return { ...settled, became: 'keep' }
      })
    } catch (error) {
      if (!(error instanceof OtherWay)) throw error
    }
    const last: Omit<Settled<Taken>, 'became'>[] = []
    const first = async (tx: Tx) => {
      const settled = await takeHeld(tx, zone, mmsId, take)
      if (!isEmpty(settled.left)) throw new OtherWay()
      last.push(settled)
    }
    try {
      if (empty === 'delete') await removeBib(db, zone, mmsId, { by, first })
      else await tagBib(db, zone, mmsId, { suppressed: true }, { by, first })
    } catch (error) {
      if (error instanceof OtherWay) continue
      throw error
    }
    const settled = last.at(-1)
    if (settled === undefined) throw new Error(`bib ${mmsId} was settled, and nothing taken from it`)
    return { ...settled, became: empty }
  }
}

/** Takes the transaction back: the bib is not as this way of settling it takes for granted. */
class OtherWay extends Error {}

async function takeHeld<Taken>(tx: Tx, zone: Zone, mmsId: string, take: (tx: Tx) => Promise<Taken>) {
  await lockBibs(tx, zone.zoneId, [mmsId])
  const taken = await take(tx)
  return { taken, left: await findLeft(tx, zone, mmsId) }
}

const isEmpty = ({ holdings, portfolios }: LeftBib): boolean => holdings === 0 && portfolios === 0
