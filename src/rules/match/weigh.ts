import type { MatchFeatures } from './match-features.ts'
import type { Weighing } from './weighing.ts'

export type Weight = {
  readonly score: number
  readonly evidence: readonly string[]
  readonly isVetoed: boolean
}

export const weigh = (_incoming: MatchFeatures, _existing: MatchFeatures, _settings: Weighing): Weight => ({
  score: 0,
  evidence: [],
  isVetoed: false,
})
