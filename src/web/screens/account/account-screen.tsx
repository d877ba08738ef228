import { useSuspenseQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { RolesHeld } from '../people/roles-held.tsx'
import { text } from '../../text.ts'
import { useTitle } from '../../ui/title.ts'
import { ApiKeys } from './api-keys.tsx'
import { IdentityPanel } from './identity-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SecondFactor } from './second-factor.tsx'

const words = text.people.account

/** What somebody sees and does with their own account. */
export function AccountScreen() {
  useTitle(words.title)
  const { data } = useSuspenseQuery(meQuery)
  if (data.me === null) return null
  const { name, login, roles, hasSecondFactor, linkedSince } = data.me
  return (
    <div className="screen">
      <header className="report-head">
        <h1>
          {words.title} <bdi className="head-label">{name}</bdi>
        </h1>
        {login !== null && (
          <div className="head-line">
            <span>
              {words.login} <code>{login}</code>
            </span>
          </div>
        )}
      </header>
      <div className="destination">
        <div className="stack">
          <section className="panel">
            <h2>{words.roles}</h2>
            <RolesHeld roles={roles} none={words.noRoles} />
          </section>
          {login === null ? (
            <p className="notice">{words.demo}</p>
          ) : (
            <>
              <PasswordPanel />
              {data.provider !== null && <IdentityPanel name={data.provider} since={linkedSince} />}
              <SecondFactor isOn={hasSecondFactor} />
            </>
          )}
        </div>
        {login !== null && <ApiKeys zones={Object.keys(roles)} />}
      </div>
    </div>
  )
}
