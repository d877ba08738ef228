import type { Outcome } from '../../rules/outcome.ts'
import type { OutcomeCounts } from '../../server/api/job.ts'

/** As every surface lists them: what came in, what stayed out, what waits for a person. */
export const outcomeOrder = [
  'created',
  'merged',
  'overlaid',
  'unchanged',
  'deleted',
  'not_imported',
  'filtered',
  'unresolved',
  'rejected',
] as const satisfies readonly Outcome[]

export const isOutcome = (word: string | undefined): word is Outcome =>
  outcomeOrder.some((outcome) => outcome === word)

export type OutcomeShare = { readonly outcome: Outcome; readonly count: number }

/** The outcomes that occur, in their order. */
export const occurring = (counts: OutcomeCounts): readonly OutcomeShare[] =>
  outcomeOrder.map((outcome) => ({ outcome, count: counts[outcome] })).filter(({ count }) => count > 0)

export const sumOf = (counts: OutcomeCounts): number =>
  outcomeOrder.reduce((sum, outcome) => sum + counts[outcome], 0)
