import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Input, Label, TextField } from 'react-aria-components'
import type { TriedDestination } from '../../../server/api/integration-profile.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'

const words = text.destination

/** Talks to the port as Connexion would, and shows what came back. */
export function Trial({ zone, secret }: { readonly zone: string; readonly secret: string }) {
  const [password, setPassword] = useState(secret)
  const trial = useMutation({
    mutationFn: () =>
      post<TriedDestination>(`/api/zones/${encodeURIComponent(zone)}/integration-profile/test`, { password }),
  })
  const whyNot = password === '' ? words.needsSecret : null
  const run = () => trial.mutate()
  useCommands([{ name: 'testDestination', label: text.commands.testDestination, whyNot, run }])

  return (
    <section className="panel stack">
      <h2>{words.test}</h2>
      <p className="hint">{words.testMeaning}</p>
      <TextField
        className="text-field"
        type="password"
        value={password}
        onChange={setPassword}
        maxLength={200}
      >
        <Label>{words.testSecret}</Label>
        <Input autoComplete="off" />
      </TextField>
      <div className="actions">
        <ActionButton
          command="testDestination"
          label={trial.isPending ? words.testRunning : words.testRun}
          whyNot={whyNot}
          isPending={trial.isPending}
          onPress={run}
        />
      </div>
      {trial.error !== null && <Fault error={trial.error} />}
      <div role="status">{trial.data !== undefined && <Tried tried={trial.data} />}</div>
    </section>
  )
}

function Tried({ tried }: { readonly tried: TriedDestination }) {
  const { works, why, reply, milliseconds } = tried
  return (
    <div className={works ? 'notice settled stack' : 'notice stack'}>
      <p>
        <strong className={works ? 'good' : 'bad'}>{works ? words.works : words.worksNot}</strong>{' '}
        <bdi>{why}</bdi> <span className="hint">{words.took(milliseconds)}</span>
      </p>
      {reply !== null && (
        <>
          <h3>{words.said}</h3>
          <pre className="reply">
            <bdi>{reply}</bdi>
          </pre>
        </>
      )}
    </div>
  )
}
