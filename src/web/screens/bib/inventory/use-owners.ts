import type { Zone } from '../../../../server/api/zone.ts'
import { type Permission, useMayNot, useWho } from '../../../people/me.tsx'
import { useZone } from '../../../shell/zone.tsx'
import { text } from '../../../text.ts'

/** For whom somebody may add inventory on a bib of a zone, and why they may not. */
export type Owners = {
  readonly isInstitution: boolean
  /** The zone itself where it is an institution; else the institutions that link to it. */
  readonly owners: readonly Zone[]
  readonly whyNot: string | null
}

export function useOwners(zone: string, permission: Permission): Owners {
  const { zones } = useZone()
  const { me } = useWho()
  const whyNotHere = useMayNot(permission, zone)
  const here = zones.find(({ code }) => code === zone)
  if (here === undefined || here.kind === 'institution')
    return { isInstitution: true, owners: here === undefined ? [] : [here], whyNot: whyNotHere }
  const owners = zones.filter(
    ({ code, kind, network }) =>
      kind === 'institution' &&
      (here.kind === 'community' || network === zone) &&
      me?.me?.may[code]?.includes(permission) === true,
  )
  return { isInstitution: false, owners, whyNot: owners.length === 0 ? text.inventory.mayNotHere : null }
}
