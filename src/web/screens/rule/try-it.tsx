import { useMemo, useState } from 'react'
import type { RuleKind } from '../../../rules/language/rule.ts'
import { RecordSource } from '../../marc/record-source.tsx'
import { usePasted } from '../../marc/use-pasted.ts'
import { text } from '../../text.ts'
import { type RuleTask, useRuleTask } from './rule-task.ts'
import { TriedView } from './tried-view.tsx'

const words = text.rule

/** The text as it is now, carried out on a record that a person gives; nothing is saved. */
export function TryIt(props: {
  readonly kind: RuleKind
  readonly zone: string
  readonly text: string
  readonly given: TryGiven
  readonly onGiven: (given: TryGiven) => void
  readonly onGo: (line: number) => void
}) {
  const { kind, zone, text: ruleText, given, onGiven, onGo } = props
  const [bibZone, setBibZone] = useState(zone)
  const record = usePasted(given.record)
  const other = usePasted(given.other)
  const isMerge = kind === 'merge'
  const task = useMemo((): RuleTask | null => {
    if (record.is !== 'record' || (isMerge && other.is !== 'record')) return null
    return {
      do: 'try',
      kind,
      text: ruleText,
      record: record.record,
      other: other.is === 'record' ? other.record : null,
    }
  }, [kind, ruleText, record, other, isMerge])
  const { result, isTooSlow } = useRuleTask(task)
  const lines = useMemo(() => ruleText.split('\n'), [ruleText])
  return (
    <div className="stack">
      {isMerge && (
        <RecordSource
          label={words.existing}
          value={given.other}
          onChange={(value) => onGiven({ ...given, other: value })}
          read={other}
          zone={bibZone}
          onZone={setBibZone}
          rows={5}
        />
      )}
      <RecordSource
        label={isMerge ? words.incoming : words.record}
        value={given.record}
        onChange={(value) => onGiven({ ...given, record: value })}
        read={record}
        zone={bibZone}
        onZone={setBibZone}
        rows={isMerge ? 5 : 8}
      />
      {isTooSlow && <p className="notice">{words.tooSlow}</p>}
      {task !== null && !isTooSlow && result?.did === 'try' && (
        <section aria-label={words.whatItDoes} className="stack tried">
          <TriedView tried={result.tried} lines={lines} onGo={onGo} />
        </section>
      )}
    </div>
  )
}

/** The records that a person tries a rule on, as text; kept while other parts of the screen are looked at. */
export type TryGiven = { readonly record: string; readonly other: string }
