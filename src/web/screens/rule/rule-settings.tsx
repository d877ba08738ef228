import { Input, Label, Switch, TextField } from 'react-aria-components'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import type { RuleDraft } from './rule-draft.ts'

const words = text.rule

/** What is said of a rule file beside its text, and the save of all of it. */
export function RuleSettings(props: {
  readonly draft: RuleDraft
  readonly onChange: (part: Partial<RuleDraft>) => void
  readonly whyNot: string | null
  readonly isPending: boolean
  readonly onSave: () => void
  readonly said: string
}) {
  const { draft, onChange, whyNot, isPending, onSave, said } = props
  return (
    <section className="panel rule-settings" aria-label={words.settings}>
      <TextField
        className="text-field rule-name"
        value={draft.name}
        onChange={(name) => onChange({ name })}
        maxLength={200}
      >
        <Label>{words.name}</Label>
        <Input />
      </TextField>
      <Switch
        className="switch"
        isSelected={draft.active}
        onChange={(active) => onChange({ active })}
        aria-describedby="rule-active-meaning"
      >
        <span className="switch-track" aria-hidden="true" />
        <span>
          {words.active} <small id="rule-active-meaning">{words.activeMeaning}</small>
        </span>
      </Switch>
      <Switch
        className="switch"
        isSelected={draft.shared}
        onChange={(shared) => onChange({ shared })}
        aria-describedby="rule-shared-meaning"
      >
        <span className="switch-track" aria-hidden="true" />
        <span>
          {words.shared} <small id="rule-shared-meaning">{words.sharedMeaning}</small>
        </span>
      </Switch>
      <ActionButton
        command="saveRule"
        label={words.save}
        whyNot={whyNot}
        isPending={isPending}
        onPress={onSave}
        isPrimary
      />
      <p className="said" role="status">
        {said}
      </p>
    </section>
  )
}
