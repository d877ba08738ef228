import type { TracedCandidate } from '../trace.ts'
import { shareAuthor } from './author.ts'
import type { MatchFeatures } from './match-features.ts'
import { isTelling } from './title.ts'

/**
 * What keys cannot say of a record and a bib, and a step may ask of them besides.
 *
 * - `year`: both have one, and they differ by one at most
 * - `type`: leader/06 is the same
 * - `level`: both are serials (D12) or neither is
 * - `serial`, `non-serial`: the bib is one, or is none
 * - `author`: they have a name in common; a record without names is not asked
 * - `no author`: only of a record without names, whose title alone has to tell
 * - `author or none`: a name in common, or no name on either side and a telling title
 */
export type Comparison =
  | 'year'
  | 'type'
  | 'level'
  | 'serial'
  | 'non-serial'
  | 'author'
  | 'no author'
  | 'author or none'

type Compared = {
  /** Whether a step that asks this can be tried for the record at all. */
  readonly asks: (incoming: MatchFeatures) => boolean
  readonly agree: (incoming: MatchFeatures, existing: MatchFeatures) => boolean
  readonly dropped: NonNullable<TracedCandidate['dropped']>
}

const always = () => true

const hasTellingTitle = ({ titles }: MatchFeatures): boolean =>
  titles[0] !== undefined && isTelling(titles[0])

const comparisons: Readonly<Record<Comparison, Compared>> = {
  year: {
    asks: ({ year }) => year !== null,
    agree: (incoming, existing) =>
      incoming.year !== null && existing.year !== null && Math.abs(incoming.year - existing.year) <= 1,
    dropped: 'other-year',
  },
  type: {
    asks: always,
    agree: (incoming, existing) => incoming.type === existing.type,
    dropped: 'other-type',
  },
  level: {
    asks: always,
    agree: (incoming, existing) => incoming.isSerial === existing.isSerial,
    dropped: 'other-type',
  },
  serial: { asks: always, agree: (_, existing) => existing.isSerial, dropped: 'other-type' },
  'non-serial': { asks: always, agree: (_, existing) => !existing.isSerial, dropped: 'other-type' },
  author: {
    asks: ({ authors }) => authors.length > 0,
    agree: (incoming, existing) => shareAuthor(incoming.authors, existing.authors),
    dropped: 'other-author',
  },
  'no author': {
    asks: (incoming) => incoming.authors.length === 0 && hasTellingTitle(incoming),
    agree: always,
    dropped: 'other-author',
  },
  'author or none': {
    asks: (incoming) => incoming.authors.length > 0 || hasTellingTitle(incoming),
    agree: (incoming, existing) =>
      incoming.authors.length === 0
        ? existing.authors.length === 0
        : shareAuthor(incoming.authors, existing.authors),
    dropped: 'other-author',
  },
}

/** Whether a step that asks all these can be tried for a record. */
export const canAsk = (asked: readonly Comparison[], incoming: MatchFeatures): boolean =>
  asked.every((comparison) => comparisons[comparison].asks(incoming))

/** The first thing that does not agree, as a trace names it; nothing where all does. */
export function disagreement(
  asked: readonly Comparison[],
  incoming: MatchFeatures,
  existing: MatchFeatures,
): TracedCandidate['dropped'] {
  for (const comparison of asked) {
    const { agree, dropped } = comparisons[comparison]
    if (!agree(incoming, existing)) return dropped
  }
  return undefined
}
