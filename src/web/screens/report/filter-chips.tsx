import { Button } from 'react-aria-components'
import type { RecordFilter } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { isOutcome } from '../../ui/outcome-order.ts'
import { repairSentence, sentenceOf } from './sentences.ts'

const words = text.report

/** What the list of records is narrowed to, each part with a button that takes it away. */
export function FilterChips(props: {
  readonly filter: RecordFilter
  readonly onChange: (filter: RecordFilter) => void
}) {
  const { outcome, code, repair } = props.filter
  const parts = [
    { part: 'outcome' as const, value: outcome, name: isOutcome(outcome) ? text.outcomes[outcome] : outcome },
    { part: 'code' as const, value: code, name: code === undefined ? undefined : sentenceOf(code) },
    {
      part: 'repair' as const,
      value: repair,
      name: repair === undefined ? undefined : repairSentence(repair),
    },
  ].filter(({ value }) => value !== undefined)
  const without = (part: keyof RecordFilter) => {
    const { [part]: _, ...others } = props.filter
    props.onChange(others)
  }
  return (
    <div className="chips" role="status">
      <span className="hint">{words.filters}</span>
      {parts.length === 0 && <span>{words.everything}</span>}
      {parts.map(({ part, name = '' }) => (
        <Button
          key={part}
          className="chip"
          aria-label={words.removeFilter(name)}
          onPress={() => without(part)}
        >
          {name} <span aria-hidden="true">✕</span>
        </Button>
      ))}
    </div>
  )
}
