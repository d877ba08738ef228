import { type MarcLimits, fileLimits } from '../../marc/frame.ts'

/**
 * What rules may still do to one record. All of its rules draw on one budget, so that neither a rule nor
 * the number of them can hold up the others' work. Counted in steps, the end is the same on every
 * machine; a clock is a second net where somebody waits.
 *
 * A step is some ten nanoseconds of a small server: a field that is looked at, or 16 characters of a
 * value that are searched or written.
 */
export type Budget = {
  left: number
  /** The clock is looked at when `left` has fallen below this. */
  pause: number
  readonly clock: Clock | null
  /** D39; of text, each character counts as one. */
  readonly limits: MarcLimits
}

/** Milliseconds of any start, such as those of `performance.now`. */
export type Clock = { readonly now: () => number; readonly until: number }

/** Half a second or so. A file of 300 actions takes 10,000 of them on a record of 30 fields. */
export const stepLimit = 50_000_000

const stepsBetweenLooks = 100_000

export type BudgetSettings = {
  readonly steps?: number
  readonly clock?: Clock | null
  readonly limits?: MarcLimits
}

/** The budget of one record, fresh. */
export function recordBudget({
  steps = stepLimit,
  clock = null,
  limits = fileLimits,
}: BudgetSettings = {}): Budget {
  return { left: steps, pause: clock === null ? 0 : steps - stepsBetweenLooks, clock, limits }
}

/** @throws {RuleFailure} where that is more than is left */
export function spend(budget: Budget, steps: number): void {
  budget.left -= steps
  if (budget.left < budget.pause) look(budget)
}

function look(budget: Budget): void {
  if (budget.left < 0)
    throw new RuleFailure('The rules of this record have used up the steps that they may take')
  if (budget.clock && budget.clock.now() > budget.clock.until)
    throw new RuleFailure('The rules of this record have used up the time that they may take')
  budget.pause = Math.max(0, budget.left - stepsBetweenLooks)
}

/**
 * A rule that could not be carried out on a record. Thrown where it happens, given its place by whoever
 * runs the file, and made a value by `attempt`.
 */
export class RuleFailure extends Error {
  override readonly name = 'RuleFailure'
  /** Code of the rule file. */
  readonly rule: string | null
  readonly line: number | null
  /** A sentence without its full stop. */
  readonly why: string

  constructor(why: string, rule: string | null = null, line: number | null = null) {
    super(rule === null ? `${why}.` : `Rule file ${rule}, line ${line}: ${why}.`)
    this.why = why
    this.rule = rule
    this.line = line
  }
}

/** What was thrown at a line of a rule file, with that place where it is a failure without one. */
export const placed = (thrown: unknown, rule: string, line: number): unknown =>
  thrown instanceof RuleFailure && thrown.rule === null ? new RuleFailure(thrown.why, rule, line) : thrown

/** What `work` gives, or the failure of a rule in it; any other error goes on. */
export function attempt<Result>(work: () => Result): Result | RuleFailure {
  try {
    return work()
  } catch (error) {
    if (error instanceof RuleFailure) return error
    throw error
  }
}
