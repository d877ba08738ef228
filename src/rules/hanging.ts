import type { BibState } from './bib-state.ts'

/*
 * What hangs on a bib, and goes over to another when the two become one. Today these are the bibs of
 * institutions that are linked to a bib of the network; inventory and orders join them here.
 */

/** A bib of another zone, linked to the bib that it hangs on. */
export type LinkedBib = {
  readonly zoneId: number
  /** Code of its zone. */
  readonly zone: string
  readonly bib: BibState
}

export type Hanging = { readonly linked: readonly LinkedBib[] }

export const nothingHangs: Hanging = { linked: [] }

/** How much hangs there: what the preferred of several bibs is told by. */
export const countHanging = ({ linked }: Hanging): number => linked.length

/** How a bib says that bibs are linked to it. */
export const linkedBibs = 'linked bibs'

/** What hangs there in words, as a bib has them. */
export const hangsOf = ({ linked }: Hanging): string[] => (linked.length === 0 ? [] : [linkedBibs])

/** What hangs on bibs, by MMS ID. It changes as the fold of a batch goes on. */
export type HangingIndex = {
  readonly known: Map<string, Hanging>
  /**
   * Bibs that something hangs on, and what that is has not been read: few batches ask. Where one does,
   * its plans are made anew when it has been.
   */
  readonly asked: Set<string>
}

export const createHangingIndex = (): HangingIndex => ({ known: new Map(), asked: new Set() })

export function hangingOn({ known, asked }: HangingIndex, { mmsId, hangs }: BibState): Hanging {
  const found = known.get(mmsId)
  if (found) return found
  if (hangs.length > 0) asked.add(mmsId)
  return nothingHangs
}
