import type { MatchSettings } from '../import-profile.ts'
import { type WeightedFeature, weightedFeatures } from './weighted-features.ts'

/** How the weighted method sums up: what each feature counts, and what a sum means. */
export type Weighing = {
  readonly weights: Readonly<Record<WeightedFeature, FeatureWeight>>
  /** Where a full difference is no match, whatever else agrees. */
  readonly vetoes: ReadonlySet<WeightedFeature>
  /** Where a full difference leaves it to a person, however much agrees. */
  readonly doubts: ReadonlySet<WeightedFeature>
  readonly match: number
  readonly review: number
}

/** What a feature adds where it agrees wholly, and what it takes away, below zero, where it does not at all. */
export type FeatureWeight = { readonly agree: number; readonly disagree: number }

/** As tuned on test/fixtures/labelled; docs/matching.md has what it reaches. */
export const defaultWeighing: Weighing = {
  weights: {
    'source-number': { agree: 40, disagree: 0 },
    oclc: { agree: 40, disagree: -22 },
    isbn: { agree: 28, disagree: -15 },
    issn: { agree: 25, disagree: -25 },
    lccn: { agree: 20, disagree: -12 },
    'system-number': { agree: 15, disagree: 0 },
    'standard-number': { agree: 25, disagree: -10 },
    'document-number': { agree: 22, disagree: -15 },
    title: { agree: 25, disagree: -45 },
    author: { agree: 10, disagree: -25 },
    year: { agree: 10, disagree: -25 },
    edition: { agree: 5, disagree: -20 },
    publisher: { agree: 5, disagree: -14 },
    extent: { agree: 12, disagree: -28 },
    language: { agree: 3, disagree: -30 },
    part: { agree: 4, disagree: -35 },
    'record-type': { agree: 5, disagree: -30 },
    carrier: { agree: 5, disagree: -50 },
    provider: { agree: 2, disagree: 0 },
  },
  vetoes: new Set<WeightedFeature>(['carrier', 'part']),
  doubts: new Set<WeightedFeature>(['provider']),
  match: 65,
  review: 40,
}

const known = new WeakMap<MatchSettings, Weighing>()

/** That of a profile: what it does not say is as shipped. */
export function weighing(match: MatchSettings): Weighing {
  if (match.weighted === undefined) return defaultWeighing
  const made = known.get(match) ?? weighingOf(match.weighted)
  known.set(match, made)
  return made
}

function weighingOf({
  weights,
  vetoes,
  doubts,
  thresholds,
}: NonNullable<MatchSettings['weighted']>): Weighing {
  const named = (codes: readonly string[]) => new Set(weightedFeatures.filter((code) => codes.includes(code)))
  return {
    weights: mergedWeights(weights ?? {}),
    vetoes: vetoes === undefined ? defaultWeighing.vetoes : named(vetoes),
    doubts: doubts === undefined ? defaultWeighing.doubts : named(doubts),
    match: thresholds?.match ?? defaultWeighing.match,
    review: thresholds?.review ?? defaultWeighing.review,
  }
}

function mergedWeights(given: Readonly<Record<string, Partial<FeatureWeight>>>): Weighing['weights'] {
  const merged = { ...defaultWeighing.weights }
  for (const feature of weightedFeatures) merged[feature] = { ...merged[feature], ...given[feature] }
  return merged
}
