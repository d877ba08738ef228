import type { OutcomeCounts } from '../../server/api/job.ts'
import { formatCount } from '../format.ts'
import { text } from '../text.ts'
import { occurring, sumOf } from './outcome-order.ts'

/** The outcomes of a job as one small bar; its words are the label. `records` is the whole, done or not. */
export function OutcomeBar({
  counts,
  records,
}: {
  readonly counts: OutcomeCounts
  readonly records: number | null
}) {
  const done = sumOf(counts)
  const whole = Math.max(records ?? done, done, 1)
  const shares = occurring(counts)
  const words = shares
    .map(({ outcome, count }) => `${formatCount(count)} ${text.outcomes[outcome]}`)
    .join(', ')
  if (shares.length === 0) return <span className="outcome-bar" aria-hidden="true" />
  return (
    <span className="outcome-bar" role="img" aria-label={words} title={words}>
      {shares.map(({ outcome, count }) => (
        <span
          key={outcome}
          className="outcome-part"
          data-outcome={outcome}
          style={{ flexGrow: count / whole, flexBasis: 0 }}
        />
      ))}
      {done < whole && <span style={{ flexGrow: (whole - done) / whole, flexBasis: 0 }} />}
    </span>
  )
}

/** How far an undo is: it has results of its own, which its report lists, and no outcomes. */
export function UndoBar({ done, records }: { readonly done: number; readonly records: number | null }) {
  const whole = Math.max(records ?? done, done)
  const words = text.report.progressOf(done, whole)
  return (
    <span className="outcome-bar" role="img" aria-label={words} title={words}>
      {done > 0 && (
        <span className="outcome-part" data-outcome="undo" style={{ flexGrow: done, flexBasis: 0 }} />
      )}
      {done < whole && <span style={{ flexGrow: whole - done, flexBasis: 0 }} />}
    </span>
  )
}
