import { useState } from 'react'
import { Input, Label, Switch, Text, TextField } from 'react-aria-components'
import type { IntegrationProfile, IntegrationSettings } from '../../../server/api/integration-profile.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useMayNot } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.destination

/** Whether the zone takes exports, by which Login ID, from where. */
export function DestinationSettings(props: {
  readonly profile: IntegrationProfile
  readonly isPending: boolean
  readonly onSave: (settings: IntegrationSettings) => void
}) {
  const { profile, isPending, onSave } = props
  const [active, setActive] = useState(profile.profile.active)
  const [logon, setLogon] = useState(profile.logon)
  const [addresses, setAddresses] = useState(profile.addresses.join(' '))
  const listed = addresses.split(/[\s,;]+/).filter((address) => address !== '')
  const isSame =
    active === profile.profile.active &&
    logon === profile.logon &&
    listed.join(' ') === profile.addresses.join(' ')
  const mayNot = useMayNot('gateway.configure', profile.zone)
  const whyNot = mayNot ?? (isSame ? words.nothingToSave : null)
  const save = () => onSave({ logon, addresses: listed, profile: { ...profile.profile, active } })
  useCommands([{ name: 'saveDestination', label: text.commands.saveDestination, whyNot, run: save }])

  return (
    <section className="panel stack">
      <h2>{words.settings}</h2>
      <Switch className="switch" isSelected={active} onChange={setActive}>
        <span className="switch-track" aria-hidden="true" />
        {words.active}
      </Switch>
      <TextField className="text-field" value={logon} onChange={setLogon} maxLength={60}>
        <Label>{words.logon}</Label>
        <Input />
        <Text slot="description">{words.logonHelp}</Text>
      </TextField>
      <TextField className="text-field" value={addresses} onChange={setAddresses}>
        <Label>{words.addresses}</Label>
        <Input />
        <Text slot="description">{words.addressesHelp}</Text>
      </TextField>
      <div className="form-foot">
        <ActionButton
          command="saveDestination"
          label={words.save}
          whyNot={whyNot}
          isPending={isPending}
          onPress={save}
        />
        <p className="hint">
          <bdi>{words.changed(profile.changedBy)}</bdi> <Time at={profile.changedAt} />
        </p>
      </div>
    </section>
  )
}
