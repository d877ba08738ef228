import type { MatchSettings } from '../import-profile.ts'

/** How the weighted method sums up: what each feature counts, and what a sum means. */
export type Weighing = {
  readonly match: number
  readonly review: number
}

export const weighing = (match: MatchSettings): Weighing => ({
  match: 60,
  review: 40,
  ...match.weighted?.thresholds,
})
