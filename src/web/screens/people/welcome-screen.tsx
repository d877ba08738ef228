import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components'
import { invitationQuery } from '../../api/queries.ts'
import { post } from '../../api/request.ts'
import { useWho } from '../../people/me.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'

const words = text.people.welcome
const route = getRouteApi('/welcome/$token')

/** Takes up an invitation: a password is chosen, by the first person a login too. */
export function WelcomeScreen() {
  useTitle(words.documentTitle)
  const { token } = route.useParams()
  const navigate = useNavigate()
  const { changed } = useWho()
  const { data: invited } = useSuspenseQuery(invitationQuery(token))
  const isFirst = invited.login === null
  const [login, setLogin] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const accept = useMutation({
    mutationFn: () =>
      post(`/api/invitations/${encodeURIComponent(token)}`, {
        password,
        ...(isFirst ? { login, name } : {}),
      }),
    async onSuccess() {
      await changed()
      await navigate({ to: '/' })
    },
  })
  return (
    <div className="screen narrow">
      <section className="panel stack">
        <h1>{words.title(invited.name)}</h1>
        <p>{invited.login === null ? words.first : words.teach(invited.login)}</p>
        <Form
          className="stack sign-in"
          onSubmit={(event) => {
            event.preventDefault()
            accept.mutate()
          }}
        >
          {accept.error !== null && <Fault error={accept.error} />}
          {isFirst && (
            <>
              <TextField className="text-field" value={name} onChange={setName} isRequired autoFocus>
                <Label>{words.name}</Label>
                <Input autoComplete="name" />
                <Text slot="description">{words.nameHelp}</Text>
              </TextField>
              <TextField className="text-field" value={login} onChange={setLogin} isRequired>
                <Label>{text.people.signIn.login}</Label>
                <Input autoComplete="username" autoCapitalize="none" spellCheck="false" />
              </TextField>
            </>
          )}
          <TextField
            className="text-field"
            type="password"
            value={password}
            onChange={setPassword}
            isRequired
          >
            <Label>{words.password}</Label>
            <Input autoComplete="new-password" />
            <Text slot="description">{words.passwordHelp}</Text>
          </TextField>
          <div className="form-foot">
            <Button type="submit" className="button primary" isPending={accept.isPending}>
              {words.submit}
            </Button>
          </div>
        </Form>
      </section>
    </div>
  )
}
