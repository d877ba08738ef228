import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { isRuleCode } from '../../../rules/language/rule-code.ts'
import { type RuleKind, ruleKinds } from '../../../rules/language/rule.ts'
import type { Rule } from '../../../server/api/rule.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.rules.fresh

/** Asks what a new rule file is for, what it is called, and whose it is; it is written on a screen of its own. */
export function NewRule(props: {
  readonly rules: readonly Rule[]
  /** What the list behind it is narrowed to. */
  readonly asked: { readonly zone: string | undefined; readonly kind: RuleKind | undefined }
  /** A rule of this kind and code gives it its first text. */
  readonly from?: string
  readonly onClose: () => void
}) {
  const navigate = useNavigate()
  const { zones, zone: here } = useZone()
  const [kind, setKind] = useState<RuleKind>(props.asked.kind ?? 'normalize')
  const [zone, setZone] = useState(props.asked.zone ?? here?.code ?? '')
  const [code, setCode] = useState('')
  const [isTried, setIsTried] = useState(false)
  const isTaken = props.rules.some(
    (rule) => rule.kind === kind && rule.code === code && (rule.zone === zone || rule.zone === null),
  )
  const wrong = !isRuleCode(code) ? words.badCode : isTaken ? words.taken(code, zone) : null
  return (
    <ModalDialog title={words.title} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setIsTried(true)
          if (wrong !== null) return
          props.onClose()
          void navigate({
            to: '/zones/$zone/rules/$kind/$code',
            params: { zone, kind, code },
            search: props.from === undefined ? {} : { from: props.from },
          })
        }}
      >
        <Choice
          label={words.kind}
          value={kind}
          onChange={(next) => setKind(ruleKinds.find((one) => one === next) ?? kind)}
          options={ruleKinds.map((one) => ({ id: one, label: text.rules.kinds[one] }))}
        />
        <p className="hint">{text.rules.kindMeanings[kind]}</p>
        <TextField
          className="text-field"
          value={code}
          onChange={setCode}
          maxLength={63}
          autoFocus
          isInvalid={isTried && wrong !== null}
          validationBehavior="aria"
        >
          <Label>{words.code}</Label>
          <Input spellCheck={false} autoCapitalize="none" />
          <Text slot="description">{words.codeHelp}</Text>
          <FieldError className="bad">{wrong}</FieldError>
        </TextField>
        <Choice
          label={words.zone}
          value={zone}
          onChange={setZone}
          options={zones.map((one) => ({
            id: one.code,
            label: `${text.zoneKinds[one.kind]} · ${one.name}`,
            kind: one.kind,
          }))}
          kind={zones.find((one) => one.code === zone)?.kind}
        />
        <p className="hint">{words.zoneHelp}</p>
        <div className="dialog-foot">
          <Button className="button" onPress={props.onClose}>
            {words.keep}
          </Button>
          <Button className="button primary" type="submit">
            {words.begin}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
