import type { Outcome } from '../../../rules/outcome.ts'
import { text } from '../../text.ts'
import { OutcomeSwatch } from '../../ui/outcome-patterns.tsx'

/** What became of an export; where no profile looked at it, it was refused. */
export function ExportOutcome(props: { readonly outcome: Outcome | null; readonly isBig?: boolean }) {
  const { outcome, isBig = false } = props
  if (outcome === null) return <span className="outcome-word">{text.gateway.refused}</span>
  return (
    <span className={isBig ? 'outcome-word big' : 'outcome-word'}>
      <OutcomeSwatch outcome={outcome} /> {text.outcomes[outcome]}
    </span>
  )
}
