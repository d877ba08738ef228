import type { RuleKind } from '../../../rules/language/rule.ts'
import type { Rule } from '../../../server/api/rule.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'

/** One of the rules of a kind that the zone's profiles may name; one that is not among them is shown, too. */
export function RuleChoice(props: {
  readonly label: string
  readonly kind: RuleKind
  readonly rules: readonly Rule[]
  readonly value: string
  readonly onChange: (code: string) => void
}) {
  const { label, kind, rules, value, onChange } = props
  const codes = new Map<string, string>()
  for (const rule of rules)
    if (rule.kind === kind && rule.active && !codes.has(rule.code))
      codes.set(rule.code, text.importProfile.ruleNamed(rule.name, rule.code))
  if (!codes.has(value)) codes.set(value, text.importProfile.noSuchRule(value))
  return (
    <Choice
      label={label}
      value={value}
      onChange={onChange}
      options={[...codes].map(([id, name]) => ({ id, label: name }))}
    />
  )
}
