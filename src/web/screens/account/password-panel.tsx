import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components'
import { put, remove } from '../../api/request.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'

const words = text.people.account

/** One's own password, and the sessions that it has opened elsewhere. */
export function PasswordPanel() {
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [said, setSaid] = useState('')
  const change = useMutation({
    mutationFn: () => put('/api/me/password', { current, password }),
    onSuccess() {
      setCurrent('')
      setPassword('')
      setSaid(words.changed)
    },
  })
  const endOthers = useMutation({
    mutationFn: () => remove('/api/me/sessions'),
    onSuccess: () => setSaid(words.ended),
  })
  return (
    <section className="panel stack">
      <h2>{words.password}</h2>
      {change.error !== null && <Fault error={change.error} />}
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <TextField className="text-field" type="password" value={current} onChange={setCurrent} isRequired>
          <Label>{words.current}</Label>
          <Input autoComplete="current-password" />
        </TextField>
        <TextField className="text-field" type="password" value={password} onChange={setPassword} isRequired>
          <Label>{words.fresh}</Label>
          <Input autoComplete="new-password" />
          <Text slot="description">{text.people.welcome.passwordHelp}</Text>
        </TextField>
        <div className="form-foot">
          <Button type="submit" className="button" isPending={change.isPending}>
            {words.change}
          </Button>
          <Button className="button" isPending={endOthers.isPending} onPress={() => endOthers.mutate()}>
            {words.endOthers}
          </Button>
        </div>
      </Form>
      <p className="said" role="status">
        {said}
      </p>
    </section>
  )
}
