import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, FieldError, Form, Input, Label, TextField } from 'react-aria-components'
import { type Collection, collectionsChanged } from '../../api/collection-queries.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { post } from '../../api/request.ts'
import { useMayNot } from '../../people/me.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'

const words = text.collections.fresh

/** Asks whose a new collection is and what it is called, and goes to it. */
export function NewCollection({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { zones, zone: here } = useZone()
  const proposed = zones.find(({ kind }) => kind === 'community') ?? here
  const [zone, setZone] = useState(proposed?.code ?? '')
  const [name, setName] = useState('')
  const [provider, setProvider] = useState('')
  const [isTried, setIsTried] = useState(false)
  const whyNot = useMayNot('inventory.electronic.edit', zone)
  const isNameless = name.trim() === ''
  const adding = useMutation({
    mutationFn: () =>
      post<Collection>(inZone(zone, 'collections'), {
        name: name.trim(),
        provider: provider.trim() === '' ? null : provider.trim(),
      }),
    onSuccess: async ({ collectionId }) => {
      await collectionsChanged(client)
      onClose()
      await navigate({
        to: '/zones/$zone/collections/$id',
        params: { zone, id: collectionId },
        search: { tab: 'load' },
      })
    },
  })
  return (
    <ModalDialog title={words.title} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          setIsTried(true)
          if (!isNameless && whyNot === null && !adding.isPending) adding.mutate()
        }}
      >
        {adding.error !== null && <Fault error={adding.error} />}
        <TextField
          className="text-field"
          value={name}
          onChange={setName}
          maxLength={400}
          autoFocus
          isInvalid={isTried && isNameless}
          validationBehavior="aria"
        >
          <Label>{words.name}</Label>
          <Input />
          <FieldError className="bad">{words.needsName}</FieldError>
        </TextField>
        <TextField className="text-field" value={provider} onChange={setProvider} maxLength={400}>
          <Label>{words.provider}</Label>
          <Input />
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
        {whyNot !== null && <p className="bad">{whyNot}</p>}
        <div className="dialog-foot">
          <Button className="button" onPress={onClose}>
            {words.keep}
          </Button>
          <Button className="button primary" type="submit" isPending={adding.isPending}>
            {words.add}
          </Button>
        </div>
      </Form>
    </ModalDialog>
  )
}
