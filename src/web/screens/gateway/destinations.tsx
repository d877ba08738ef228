import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { IntegrationProfile } from '../../../server/api/integration-profile.ts'
import { integrationProfilesQuery } from '../../api/queries.ts'
import { useZone } from '../../shell/zone.tsx'
import { text } from '../../text.ts'
import { Time } from '../../ui/time.tsx'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.gateway

/** The zones that can be exported into, each with a way to its settings. */
export function Destinations() {
  const { data: profiles } = useSuspenseQuery(integrationProfilesQuery)
  const { zones } = useZone()
  return (
    <section className="panel" aria-labelledby="gateway-destinations">
      <h2 id="gateway-destinations">{words.destinations}</h2>
      <table className="plain" aria-labelledby="gateway-destinations">
        <thead>
          <tr>
            <th scope="col">{words.destination.zone}</th>
            <th scope="col">{words.destination.state}</th>
            <th scope="col">{words.destination.logon}</th>
            <th scope="col">{words.destination.addresses}</th>
            <th scope="col">{words.destination.secret}</th>
          </tr>
        </thead>
        <tbody>
          {zones
            .filter(({ kind }) => kind !== 'community')
            .map(({ code, name }) => (
              <tr key={code}>
                <th scope="row">
                  <Link to="/gateway/zones/$zone" params={{ zone: code }}>
                    {name}
                  </Link>{' '}
                  <ZonePill code={code} />
                </th>
                <Cells profile={profiles.find(({ zone }) => zone === code)} />
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

function Cells({ profile }: { readonly profile: IntegrationProfile | undefined }) {
  if (profile === undefined)
    return (
      <td colSpan={4} className="none">
        {words.states.none}
      </td>
    )
  const { logon, addresses, secretMadeAt } = profile
  const isOn = profile.profile.active
  return (
    <>
      <td>
        <span className={isOn ? 'good' : 'none'}>
          <span aria-hidden="true">{isOn ? '● ' : '○ '}</span>
          {isOn ? words.states.on : words.states.off}
        </span>
      </td>
      <td>
        <bdi>{logon}</bdi>
      </td>
      <td>{addresses.length === 0 ? words.anywhere : addresses.join(', ')}</td>
      <td>
        <Time at={secretMadeAt} />
      </td>
    </>
  )
}
