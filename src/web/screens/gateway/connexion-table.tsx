import { useQuery } from '@tanstack/react-query'
import type { IntegrationProfile } from '../../../server/api/integration-profile.ts'
import { connexionSettingsQuery } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { CopyButton } from './copy-button.tsx'

const words = text.destination

/** Boxes of Connexion's, which nothing is typed into. */
const boxes: readonly string[] = ['checked', 'unchecked']

/**
 * What a cataloguer types into Connexion, in the order of its dialogs; what is typed can be copied, the
 * secret while it is shown.
 */
export function ConnexionTable(props: {
  readonly profile: IntegrationProfile
  readonly secret: string | null
  readonly onSaid: (said: string) => void
}) {
  const { profile, secret, onSaid } = props
  const { data, error } = useQuery(connexionSettingsQuery(profile.zone))
  const settings = data?.map(({ name, value }) => {
    const isSecret = name === 'Password'
    return {
      name,
      value: isSecret ? (secret ?? value) : value,
      isTyped: !boxes.includes(value) && !(isSecret && secret === null),
    }
  })
  return (
    <section className="panel stack">
      <div className="screen-head">
        <h2>{words.type}</h2>
        {settings !== undefined && (
          <CopyButton
            name={words.allSettings}
            label={words.copyAll}
            value={settings.map(({ name, value }) => `${name}: ${value}`).join('\n')}
            onSaid={onSaid}
          />
        )}
      </div>
      <p className="hint">{words.typeWhere}</p>
      {error !== null && <Fault error={error} />}
      {settings !== undefined && (
        <table className="plain" aria-label={words.type}>
          <thead>
            <tr>
              <th scope="col">{words.setting}</th>
              <th scope="col">{words.value}</th>
              <th scope="col">{words.copyColumn}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(({ name, value, isTyped }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="to-type">
                  <bdi>{value}</bdi>
                </td>
                <td>{isTyped && <CopyButton name={name} value={value} onSaid={onSaid} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
