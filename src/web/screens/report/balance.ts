import type { Job } from '../../../server/api/job.ts'
import { occurring, type OutcomeShare, sumOf } from '../../ui/outcome-order.ts'

/** The sum that every report must hold: each record that came in has exactly one outcome (D6). */
export type Balance = {
  /** All records of the files, or those done so far. */
  readonly whole: number
  readonly shares: readonly OutcomeShare[]
  readonly state: 'holds' | 'runs' | 'stopped' | 'broken'
  /** Records without an outcome: still to come, not reached, or lost. */
  readonly missing: number
}

export function balanceOf(job: Pick<Job, 'status' | 'records' | 'done' | 'outcomes'>): Balance {
  const shares = occurring(job.outcomes)
  const sum = sumOf(job.outcomes)
  if (job.status === 'completed') {
    const whole = job.records ?? job.done
    return { whole, shares, state: sum === whole ? 'holds' : 'broken', missing: whole - sum }
  }
  if (sum !== job.done) return { whole: job.done, shares, state: 'broken', missing: job.done - sum }
  const left = (job.records ?? job.done) - job.done
  const isOver = job.status === 'cancelled' || job.status === 'failed'
  return { whole: job.done, shares, state: isOver ? 'stopped' : 'runs', missing: left }
}
