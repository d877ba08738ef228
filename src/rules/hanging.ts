import type { BibState } from './bib-state.ts'
import type { PortfolioOn } from './withdraw.ts'

/*
 * What hangs on a bib, and goes over to another when the two become one: the bibs of institutions that are
 * linked to a bib of the network, and inventory.
 */

/** A bib of another zone, linked to the bib that it hangs on. */
export type LinkedBib = {
  readonly zoneId: number
  /** Code of its zone. */
  readonly zone: string
  readonly bib: BibState
}

/** How many pieces of inventory a bib has in its own zone. */
export type InventoryHanging = {
  readonly holdings: number
  readonly items: number
  readonly portfolios: number
}

export type Hanging = { readonly linked: readonly LinkedBib[]; readonly inventory: InventoryHanging }

export const noInventory: InventoryHanging = { holdings: 0, items: 0, portfolios: 0 }

export const nothingHangs: Hanging = { linked: [], inventory: noInventory }

export const addInventory = (one: InventoryHanging, other: InventoryHanging): InventoryHanging => ({
  holdings: one.holdings + other.holdings,
  items: one.items + other.items,
  portfolios: one.portfolios + other.portfolios,
})

/** How much hangs there: what the preferred of several bibs is told by. */
export const countHanging = ({ linked, inventory: { holdings, items, portfolios } }: Hanging): number =>
  linked.length + holdings + items + portfolios

/** How a bib says what hangs on it. Items are in holdings. */
export const linkedBibs = 'linked bibs'
export const holdingsOn = 'holdings'
export const portfoliosOn = 'portfolios'

/** What hangs there in words, as a bib has them. */
export const hangsOf = ({ linked, inventory: { holdings, portfolios } }: Hanging): string[] => [
  ...(linked.length > 0 ? [linkedBibs] : []),
  ...(holdings > 0 ? [holdingsOn] : []),
  ...(portfolios > 0 ? [portfoliosOn] : []),
]

/** What hangs on bibs, by MMS ID. It changes as the fold of a batch goes on. */
export type HangingIndex = {
  readonly known: Map<string, Hanging>
  /**
   * Bibs that something hangs on, and what that is has not been read: few batches ask. Where one does,
   * its plans are made anew when it has been.
   */
  readonly asked: Set<string>
  /** The portfolios of bibs that are to be deleted, and bibs whose portfolios have not been read: the same again. */
  readonly portfolios: Map<string, readonly PortfolioOn[]>
  readonly askedPortfolios: Set<string>
}

export const createHangingIndex = (): HangingIndex => ({
  known: new Map(),
  asked: new Set(),
  portfolios: new Map(),
  askedPortfolios: new Set(),
})

export function hangingOn({ known, asked }: HangingIndex, { mmsId, hangs }: BibState): Hanging {
  const found = known.get(mmsId)
  if (found) return found
  if (hangs.length > 0) asked.add(mmsId)
  return nothingHangs
}
