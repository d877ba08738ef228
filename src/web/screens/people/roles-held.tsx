import { useSuspenseQuery } from '@tanstack/react-query'
import { matrixQuery } from '../../api/queries.ts'
import { text } from '../../text.ts'
import { ZonePill } from '../../ui/zone-pill.tsx'

const words = text.people.account

/** Somebody's roles, zone by zone. */
export function RolesHeld(props: {
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly none: string
}) {
  const { roles, none } = props
  const { data: matrix } = useSuspenseQuery(matrixQuery)
  const held = Object.entries(roles).filter(([, codes]) => codes.length > 0)
  if (held.length === 0) return <p className="none">{none}</p>
  const nameOf = (code: string) => matrix.roles.find((role) => role.code === code)?.name ?? code
  return (
    <ul className="roles-held">
      {held.map(([zone, codes]) => (
        <li key={zone}>
          {zone === '*' ? <strong>{words.everyZone}</strong> : <ZonePill code={zone} />}{' '}
          {codes.map(nameOf).join(', ')}
        </li>
      ))}
    </ul>
  )
}
