import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components'
import { post, Refusal } from '../api/request.ts'
import { text } from '../text.ts'
import { Fault } from '../ui/fault.tsx'
import { ProviderRefusal, ProviderSignIn } from './provider-sign-in.tsx'

const words = text.people.signIn

/** Login and password, and the code of an authenticator where the person has one. */
export function SignInForm(props: {
  /** Name of the identity provider, where there is one. */
  readonly provider: string | null
  /** The page stays under it. */
  readonly isAgain?: boolean
  readonly onDone: () => Promise<void>
}) {
  const { provider, isAgain = false, onDone } = props
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const signIn = useMutation({
    mutationFn: () => post('/api/session', { login, password, ...(code === '' ? {} : { code }) }),
    onSuccess: onDone,
  })
  const refused = signIn.error instanceof Refusal ? signIn.error.code : null
  const asksCode = refused === 'CODE_NEEDED' || refused === 'WRONG_CODE' || code !== ''
  return (
    <Form
      className="stack sign-in"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate()
      }}
    >
      {provider !== null && <ProviderRefusal name={provider} />}
      {signIn.error !== null && refused !== 'CODE_NEEDED' && <Fault error={signIn.error} />}
      <TextField className="text-field" value={login} onChange={setLogin} isRequired autoFocus>
        <Label>{words.login}</Label>
        <Input autoComplete="username" autoCapitalize="none" spellCheck="false" />
      </TextField>
      <TextField className="text-field" type="password" value={password} onChange={setPassword} isRequired>
        <Label>{words.password}</Label>
        <Input autoComplete="current-password" />
      </TextField>
      {asksCode && (
        <TextField className="text-field" value={code} onChange={setCode} autoFocus>
          <Label>{words.code}</Label>
          <Input autoComplete="one-time-code" inputMode="numeric" />
          <Text slot="description">{words.codeHelp}</Text>
        </TextField>
      )}
      <div className="form-foot">
        <Button type="submit" className="button primary" isPending={signIn.isPending}>
          {words.submit}
        </Button>
        {provider !== null && (
          <ProviderSignIn name={provider} to="sign-in" isAgain={isAgain} onDone={onDone} />
        )}
      </div>
    </Form>
  )
}
