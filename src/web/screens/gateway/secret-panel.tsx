import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { IntegrationProfile, NewSecret } from '../../../server/api/integration-profile.ts'
import { demoSecretsQuery, integrationProfilesQuery } from '../../api/queries.ts'
import { post } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { text } from '../../text.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Fault } from '../../ui/fault.tsx'
import { ModalDialog } from '../../ui/modal.tsx'
import { Time } from '../../ui/time.tsx'
import { CopyButton } from './copy-button.tsx'

const words = text.destination

/** A secret that was made just now; the first one of a zone ends no other. */
export type FreshSecret = { readonly secret: string; readonly isFirst: boolean }

/** The secret of a destination: a new one is shown this once. */
export function SecretPanel(props: {
  readonly profile: IntegrationProfile
  readonly fresh: FreshSecret | null
  readonly onFresh: (fresh: FreshSecret) => void
  readonly onSaid: (said: string) => void
}) {
  const { profile, fresh, onFresh, onSaid } = props
  const zone = encodeURIComponent(profile.zone)
  const client = useQueryClient()
  const [isAsking, setIsAsking] = useState(false)
  const { data: unseen } = useQuery(demoSecretsQuery)
  const renewing = useMutation({
    mutationFn: () => post<NewSecret>(`/api/zones/${zone}/integration-profile/secret`),
    async onSuccess({ secret }) {
      onFresh({ secret, isFirst: false })
      await client.invalidateQueries({ queryKey: integrationProfilesQuery.queryKey })
      await client.invalidateQueries({ queryKey: demoSecretsQuery.queryKey })
    },
  })
  const showing = useMutation({
    mutationFn: () => post<NewSecret>(`/api/demo/secrets/${zone}`),
    onSuccess: ({ secret }) => onFresh({ secret, isFirst: true }),
    onSettled: () => client.invalidateQueries({ queryKey: demoSecretsQuery.queryKey }),
  })
  const ask = () => setIsAsking(true)
  useCommands([{ name: 'newSecret', label: text.commands.newSecret, run: ask }])
  const isOfDemo = unseen?.includes(profile.zone) === true

  return (
    <section className="panel stack">
      <h2>{words.secret}</h2>
      {fresh === null && !isOfDemo && (
        <p>
          {words.secretMade} <Time at={profile.secretMadeAt} />. {words.secretKept}
        </p>
      )}
      {fresh !== null && (
        <div className="notice stack" role="status">
          <p>{words.fresh}</p>
          <p className="fresh-secret">
            <code>{fresh.secret}</code>{' '}
            <CopyButton name={words.secret} value={fresh.secret} onSaid={onSaid} />
          </p>
          <p>{fresh.isFirst ? words.firstWarning : words.freshWarning}</p>
        </div>
      )}
      {isOfDemo && (
        <div className="form-foot">
          <Button className="button" isPending={showing.isPending} onPress={() => showing.mutate()}>
            {words.showDemo}
          </Button>
          <p className="hint">{words.demo}</p>
        </div>
      )}
      <div className="actions">
        <ActionButton
          command="newSecret"
          label={words.newSecret}
          whyNot={null}
          isPending={renewing.isPending}
          onPress={ask}
        />
      </div>
      {renewing.error !== null && <Fault error={renewing.error} />}
      {showing.error !== null && <Fault error={showing.error} />}
      {isAsking && (
        <ModalDialog title={words.ask.title(profile.zone)} onClose={() => setIsAsking(false)} isAlert>
          <p>{words.ask.lead}</p>
          <div className="dialog-foot">
            <Button className="button" onPress={() => setIsAsking(false)}>
              {words.ask.keep}
            </Button>
            <Button
              className="button primary"
              autoFocus
              onPress={() => {
                setIsAsking(false)
                renewing.mutate()
              }}
            >
              {words.ask.confirm}
            </Button>
          </div>
        </ModalDialog>
      )}
    </section>
  )
}
