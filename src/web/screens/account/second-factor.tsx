import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form, Input, Label, TextField } from 'react-aria-components'
import type { PendingFactor, RecoveryCodes } from '../../../server/api/people.ts'
import { meQuery } from '../../api/queries.ts'
import { post, put } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'

const words = text.people.account

/** An authenticator besides the password: set up by its first code, with codes for a day without it. */
export function SecondFactor({ isOn }: { readonly isOn: boolean }) {
  const client = useQueryClient()
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const asked = () => client.invalidateQueries({ queryKey: meQuery.queryKey })
  const begin = useMutation({ mutationFn: () => post<PendingFactor>('/api/me/second-factor') })
  const confirm = useMutation({
    mutationFn: () => put<RecoveryCodes>('/api/me/second-factor', { code }),
    onSuccess: asked,
  })
  const takeAway = useMutation({
    mutationFn: () => post('/api/me/second-factor/removal', { password }),
    async onSuccess() {
      setPassword('')
      setCode('')
      begin.reset()
      confirm.reset()
      await asked()
    },
  })
  const error = begin.error ?? confirm.error ?? takeAway.error
  return (
    <section className="panel stack">
      <h2>{words.factor}</h2>
      <p>{isOn ? words.factorOn : words.factorOff}</p>
      {error !== null && <Fault error={error} />}
      {confirm.data !== undefined && (
        <div className="notice" role="status">
          <p>{words.codes}</p>
          <ul className="secret-list">
            {confirm.data.codes.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!isOn && begin.data !== undefined && (
        <Form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            confirm.mutate()
          }}
        >
          <p>{words.scan}</p>
          <p>
            {words.secret} <code className="secret">{begin.data.secret}</code>{' '}
            <a href={begin.data.address}>{words.openApp}</a>
          </p>
          <TextField className="text-field" value={code} onChange={setCode} isRequired autoFocus>
            <Label>{text.people.signIn.code}</Label>
            <Input autoComplete="one-time-code" inputMode="numeric" />
          </TextField>
          <div className="form-foot">
            <Button type="submit" className="button primary" isPending={confirm.isPending}>
              {words.confirm}
            </Button>
          </div>
        </Form>
      )}
      {!isOn && begin.data === undefined && (
        <div className="form-foot">
          <Button className="button" isPending={begin.isPending} onPress={() => begin.mutate()}>
            {words.setUp}
          </Button>
        </div>
      )}
      {isOn && (
        <Form
          className="key-form"
          onSubmit={(event) => {
            event.preventDefault()
            takeAway.mutate()
          }}
        >
          <TextField
            className="text-field"
            type="password"
            value={password}
            onChange={setPassword}
            isRequired
          >
            <Label>{words.current}</Label>
            <Input autoComplete="current-password" />
          </TextField>
          <Button type="submit" className="button" isPending={takeAway.isPending}>
            {words.takeAway}
          </Button>
        </Form>
      )}
    </section>
  )
}
