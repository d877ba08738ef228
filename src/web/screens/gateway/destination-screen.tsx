import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { shippedConnexionProfile } from '../../../rules/profiles.ts'
import type { IntegrationSettings, SavedIntegrationProfile } from '../../../server/api/integration-profile.ts'
import { integrationProfilesQuery } from '../../api/queries.ts'
import { put } from '../../api/request.ts'
import { useCommands } from '../../keys/commands.tsx'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { useTitle } from '../../ui/title.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'
import { ConnexionTable } from './connexion-table.tsx'
import { DestinationSettings } from './destination-settings.tsx'
import { type FreshSecret, SecretPanel } from './secret-panel.tsx'
import { RuleList } from './rule-list.tsx'
import { Trial } from './trial.tsx'

const words = text.destination
const route = getRouteApi('/gateway/zones/$zone')

/** The gateway into one zone: who may export, the secret, a trial, what to type into Connexion, and the rules. */
export function DestinationScreen() {
  const { zone } = route.useParams()
  return <Destination key={zone} zone={zone} />
}

function Destination({ zone }: { readonly zone: string }) {
  useTitle(words.documentTitle(zone))
  const client = useQueryClient()
  const navigate = useNavigate()
  const { zones } = useZone()
  const { data: profiles } = useSuspenseQuery(integrationProfilesQuery)
  const profile = profiles.find((one) => one.zone === zone)
  const [fresh, setFresh] = useState<FreshSecret | null>(null)
  const [said, setSaid] = useState('')
  const saving = useMutation({
    mutationFn: (settings: IntegrationSettings) =>
      put<SavedIntegrationProfile>(`/api/zones/${encodeURIComponent(zone)}/integration-profile`, settings),
    async onSuccess({ secret }) {
      if (secret !== null) setFresh({ secret, isFirst: true })
      await client.invalidateQueries({ queryKey: integrationProfilesQuery.queryKey })
      setSaid(words.saved)
    },
  })
  useCommands([
    {
      name: 'backToGateway',
      label: text.commands.backToGateway,
      run: () => void navigate({ to: '/gateway' }),
    },
  ])
  const name = zones.find(({ code }) => code === zone)?.name

  return (
    <div className="screen">
      <div className="back record-nav">
        <Link to="/gateway">{text.exported.back}</Link>
      </div>
      <header className="report-head">
        <h1>
          {words.title(zone)} {name !== undefined && <bdi className="head-label">{name}</bdi>}
        </h1>
        <div className="head-line">
          <ZonePill code={zone} />
          <p className="said" role="status">
            {said}
          </p>
        </div>
      </header>
      {saving.error !== null && <Fault error={saving.error} />}
      {profile === undefined ? (
        <NoProfile
          zone={zone}
          isCommunity={zones.find(({ code }) => code === zone)?.kind === 'community'}
          isPending={saving.isPending}
          onBegin={() => saving.mutate({ logon: zone, addresses: [], profile: shippedConnexionProfile })}
        />
      ) : (
        <div className="destination">
          <div className="stack">
            <DestinationSettings
              key={profile.version}
              profile={profile}
              isPending={saving.isPending}
              onSave={(settings) => saving.mutate(settings)}
            />
            <SecretPanel profile={profile} fresh={fresh} onFresh={setFresh} onSaid={setSaid} />
            <Trial key={fresh?.secret ?? ''} zone={zone} secret={fresh?.secret ?? ''} />
          </div>
          <ConnexionTable profile={profile} secret={fresh?.secret ?? null} onSaid={setSaid} />
          <RuleList zone={zone} profile={profile.profile} />
        </div>
      )}
    </div>
  )
}

function NoProfile(props: {
  readonly zone: string
  readonly isCommunity: boolean
  readonly isPending: boolean
  readonly onBegin: () => void
}) {
  return (
    <div className="empty">
      <h2>{words.none(props.zone)}</h2>
      {props.isCommunity ? (
        <p>{words.community}</p>
      ) : (
        <>
          <p>{words.noneTeach}</p>
          <Button className="button primary" isPending={props.isPending} onPress={props.onBegin}>
            {words.begin}
          </Button>
        </>
      )}
    </div>
  )
}
