import type { BibState } from './bib-state.ts'
import { portfoliosOn } from './hanging.ts'
import type { PlanContext } from './plan.ts'
import type { ReadyRecord } from './prepare.ts'

/*
 * A provider's record that asks for a deletion withdraws a resource. What its portfolios come to is the profile's to
 * say; those of others on the same bib are not meant.
 */

/** A portfolio on a bib, as a deletion looks at it. */
export type PortfolioOn = {
  readonly portfolioId: string
  readonly url: string | null
  readonly library: string | null
  readonly collectionId: string | null
  readonly isAvailable: boolean
  /** One of a title list, or one that others have activated: its list alone withdraws it. */
  readonly isListed: boolean
}

export type Withdrawn = PortfolioOn & {
  readonly mmsId: string
  readonly becomes: 'removed' | 'unavailable'
}

export type Withdrawal = {
  readonly withdrawn: readonly Withdrawn[]
  /** What hangs on the bib afterwards, in words. */
  readonly hangs: readonly string[]
}

/**
 * What becomes of the portfolios of a bib by a record that asks for its deletion: of those with an address that the
 * record has, or, where it has none, those of the collection of the profile.
 */
export function withdrawalOf(
  { mmsId, hangs }: BibState,
  { inventory }: ReadyRecord,
  { profile, hanging }: PlanContext,
): Withdrawal {
  const { operations = 'none', electronic } = profile.inventory ?? {}
  const onDelete = electronic?.onDelete ?? 'keep'
  const isAbout = operations === 'electronic' || operations === 'mixed'
  if (!isAbout || onDelete === 'keep' || !hangs.includes(portfoliosOn)) return { withdrawn: [], hangs }
  const on = hanging.portfolios.get(mmsId)
  if (!on) {
    hanging.askedPortfolios.add(mmsId)
    return { withdrawn: [], hangs }
  }
  const urls = new Set(inventory?.portfolios.map(({ url }) => url))
  const collection = electronic?.collection
  const meant = on.filter(
    ({ url, collectionId, isListed }) =>
      !isListed &&
      (urls.size > 0
        ? url !== null && urls.has(url)
        : collection !== undefined && collectionId === collection),
  )
  const isGone = onDelete === 'delete' && meant.length === on.length
  return {
    withdrawn: meant
      .filter(({ isAvailable }) => onDelete === 'delete' || isAvailable)
      .map((portfolio) => ({
        ...portfolio,
        mmsId,
        becomes: onDelete === 'delete' ? 'removed' : 'unavailable',
      })),
    hangs: isGone ? hangs.filter((what) => what !== portfoliosOn) : hangs,
  }
}

/** What is on bibs after a record, for those that come later in the file. */
export function followWithdrawn(withdrawn: readonly Withdrawn[], { hanging, index }: PlanContext): void {
  for (const { portfolioId, mmsId, becomes } of withdrawn) {
    const on = (hanging.portfolios.get(mmsId) ?? []).flatMap((portfolio) => {
      if (portfolio.portfolioId !== portfolioId) return [portfolio]
      return becomes === 'removed' ? [] : [{ ...portfolio, isAvailable: false }]
    })
    hanging.portfolios.set(mmsId, on)
    const bib = index.bibs.get(mmsId)
    if (bib && on.length === 0)
      index.bibs.set(mmsId, { ...bib, hangs: bib.hangs.filter((what) => what !== portfoliosOn) })
  }
}
