import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form, Input, Label, NumberField, Switch, TextField } from 'react-aria-components'
import type { ApiKey, MadeApiKey } from '../../../server/api/people.ts'
import { keysQuery } from '../../api/queries.ts'
import { post, remove } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Choice } from '../../ui/choice.tsx'
import { Fault } from '../../ui/fault.tsx'
import { Time } from '../../ui/time.tsx'

const words = text.people.account
const all = 'all'

/** The keys by which programs act for somebody. */
export function ApiKeys({ zones }: { readonly zones: readonly string[] }) {
  const client = useQueryClient()
  const { data: keys = [], error } = useQuery(keysQuery)
  const [name, setName] = useState('')
  const [zone, setZone] = useState(all)
  const [writes, setWrites] = useState(false)
  const [days, setDays] = useState(90)
  const asked = () => client.invalidateQueries({ queryKey: keysQuery.queryKey })
  const make = useMutation({
    mutationFn: () =>
      post<MadeApiKey>('/api/me/keys', { name, zones: zone === all ? [] : [zone], writes, days }),
    onSuccess: asked,
  })
  const revoke = useMutation({ mutationFn: (id: number) => remove(`/api/me/keys/${id}`), onSuccess: asked })
  const fault = error ?? make.error ?? revoke.error
  return (
    <section className="panel stack" aria-labelledby="api-keys">
      <h2 id="api-keys">{words.keys}</h2>
      <p>{words.keysTeach}</p>
      {fault !== null && <Fault error={fault} />}
      {make.data !== undefined && (
        <p className="notice" role="status">
          {words.keyMade(make.data.key.name)} <code className="secret">{make.data.secret}</code>
        </p>
      )}
      <Form
        className="key-form"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <TextField className="text-field" value={name} onChange={setName} isRequired>
          <Label>{words.keyName}</Label>
          <Input />
        </TextField>
        <Choice
          label={words.keyZones}
          value={zone}
          onChange={setZone}
          options={[{ id: all, label: words.allZones }, ...zones.map((code) => ({ id: code, label: code }))]}
        />
        <NumberField className="text-field" value={days} onChange={setDays} minValue={1} maxValue={366}>
          <Label>{words.keyDays}</Label>
          <Input />
        </NumberField>
        <Switch className="switch" isSelected={writes} onChange={setWrites}>
          <span className="switch-track" aria-hidden="true" />
          {words.keyWrites}
        </Switch>
        <Button type="submit" className="button" isPending={make.isPending}>
          {words.makeKey}
        </Button>
      </Form>
      {keys.length === 0 ? (
        <p className="none">{words.noKeys}</p>
      ) : (
        <div className="scrolls">
          <table className="plain">
            <thead>
              <tr>
                {Object.values(words.columns).map((heading) => (
                  <th key={heading} scope="col">
                    {heading}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => revoke.mutate(key.id)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  const { name, prefix, zones, writes, endsAt, isOver, revokedAt, usedAt } = apiKey
  return (
    <tr className={isOver ? 'none' : undefined}>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td>
        <code>{prefix}…</code>
      </td>
      <td>{zones.length === 0 ? words.allZones : zones.join(', ')}</td>
      <td>{writes ? words.keyWritesShort : words.keyReads}</td>
      <td>{revokedAt === null ? <Time at={endsAt} /> : words.keyRevoked}</td>
      <td>{usedAt === null ? words.keyNever : <Time at={usedAt} />}</td>
      <td>
        {!isOver && (
          <Button className="button small" aria-label={`${words.revoke} ${name}`} onPress={onRevoke}>
            {words.revoke}
          </Button>
        )}
      </td>
    </tr>
  )
}
