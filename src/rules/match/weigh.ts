import type { MatchFeatures } from './match-features.ts'
import { agreementIn, weightedFeatures } from './weighted-features.ts'
import type { Weighing } from './weighing.ts'

export type Weight = {
  readonly score: number
  /** What made the score, the most telling first: `isbn +28`, `year -25`. */
  readonly evidence: readonly string[]
  readonly isVetoed: boolean
  readonly isDoubted: boolean
}

/** Sums up in what two records agree and differ. */
export function weigh(a: MatchFeatures, b: MatchFeatures, { weights, vetoes, doubts }: Weighing): Weight {
  let sum = 0
  const counted: { feature: string; points: number }[] = []
  const against: string[] = []
  let isVetoed = false
  let isDoubted = false
  for (const feature of weightedFeatures) {
    const agreement = agreementIn[feature](a, b)
    if (agreement === null) continue
    if (agreement <= -1 && vetoes.has(feature)) {
      isVetoed = true
      against.push(`${feature} veto`)
    } else if (agreement <= -1 && doubts.has(feature)) {
      isDoubted = true
      against.push(`${feature} doubt`)
    }
    const { agree, disagree } = weights[feature]
    const points = agreement > 0 ? agreement * agree : -agreement * disagree
    sum += points
    if (Math.round(points) !== 0) counted.push({ feature, points: Math.round(points) })
  }
  const telling = counted.toSorted((one, other) => Math.abs(other.points) - Math.abs(one.points))
  return {
    score: Math.round(sum),
    evidence: [
      ...against,
      ...telling.map(({ feature, points }) => `${feature} ${points > 0 ? '+' : ''}${points}`),
    ],
    isVetoed,
    isDoubted,
  }
}
