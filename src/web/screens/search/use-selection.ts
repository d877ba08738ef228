import { useState } from 'react'
import type { FoundBib } from '../../../server/api/search.ts'

/** What a row is in a set: the item or portfolio that it is about, or the bib. */
export const memberId = ({ mmsId, item, portfolio }: FoundBib): string =>
  item?.itemId ?? portfolio?.portfolioId ?? mmsId

/** The rows that were chosen, over the pages of a list. */
export type Selection = {
  readonly ids: ReadonlySet<string>
  readonly has: (row: FoundBib) => boolean
  readonly toggle: (row: FoundBib) => void
  /** All rows of a page; none of them where all were. */
  readonly togglePage: (rows: readonly FoundBib[]) => void
  readonly clear: () => void
}

/** Nothing is chosen any more once the list is another: `of` says which it is. */
export function useSelection(of: string): Selection {
  const [chosen, setChosen] = useState<{ readonly of: string; readonly ids: ReadonlySet<string> }>({
    of,
    ids: new Set(),
  })
  const ids = chosen.of === of ? chosen.ids : new Set<string>()
  const choose = (next: ReadonlySet<string>) => setChosen({ of, ids: next })
  return {
    ids,
    has: (row) => ids.has(memberId(row)),
    toggle: (row) => choose(ids.symmetricDifference(new Set([memberId(row)]))),
    togglePage: (rows) => {
      const page = new Set(rows.map(memberId))
      choose(page.isSubsetOf(ids) ? ids.difference(page) : ids.union(page))
    },
    clear: () => choose(new Set()),
  }
}
