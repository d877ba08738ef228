import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { isRuleCode } from '../../../rules/language/rule-code.ts'
import type { Profile } from '../../../server/api/profile.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.profiles.fresh
const shipped = ''

/** Asks whose a new profile is, what it is called, and what it begins with. */
export function NewProfile(props: {
  readonly profiles: readonly Profile[]
  readonly zone: string | undefined
  readonly onClose: () => void
}) {
  const { profiles, onClose } = props
  const navigate = useNavigate()
  const { zones, zone: here } = useZone()
  const [zone, setZone] = useState(props.zone ?? here?.code ?? '')
  const [code, setCode] = useState('')
  const [from, setFrom] = useState(shipped)
  const [isTried, setIsTried] = useState(false)
  const ofZone = profiles.filter((profile) => profile.zone === zone)
  const isTaken = ofZone.some((profile) => profile.code === code)
  const wrong = !isRuleCode(code) ? text.rules.fresh.badCode : isTaken ? words.taken(code, zone) : null
  return (
    <ModalDialog title={words.title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setIsTried(true)
          if (wrong !== null) return
          onClose()
          void navigate({
            to: '/zones/$zone/profiles/$code',
            params: { zone, code },
            search: from === shipped ? {} : { from },
          })
        }}
      >
        <Choice
          label={text.rules.fresh.zone}
          value={zone}
          onChange={(next) => {
            setZone(next)
            setFrom(shipped)
          }}
          options={zones
            .filter(({ kind }) => kind !== 'community')
            .map((one) => ({
              id: one.code,
              label: `${text.zoneKinds[one.kind]} · ${one.name}`,
              kind: one.kind,
            }))}
          kind={zones.find((one) => one.code === zone)?.kind}
        />
        <TextField
          className="text-field"
          value={code}
          onChange={setCode}
          maxLength={63}
          autoFocus
          isInvalid={isTried && wrong !== null}
          validationBehavior="aria"
        >
          <Label>{text.rules.fresh.code}</Label>
          <Input spellCheck={false} autoCapitalize="none" />
          <Text slot="description">{words.codeHelp}</Text>
          <FieldError className="bad">{wrong}</FieldError>
        </TextField>
        <Choice
          label={words.from}
          value={from}
          onChange={setFrom}
          options={[
            { id: shipped, label: words.shipped },
            ...ofZone.map((profile) => ({ id: profile.code, label: profile.name })),
          ]}
        />
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {text.rules.fresh.keep}
          </Button>
          <Button className="button primary" type="submit">
            {words.begin}
          </Button>
        </div>
      </form>
    </ModalDialog>
  )
}
