import type { Bib, BibVersion } from '../../../../server/api/bib.ts'
import { useZone } from '../../../shell/zone.tsx'
import { OwnSharing } from './own-sharing.tsx'
import { TakeBib } from './take-bib.tsx'

/** What can be done with a bib between zones: an institution's own is given or taken back, another's is taken. */
export function BibSharing({
  bib,
  versions,
}: {
  readonly bib: Bib
  readonly versions: readonly BibVersion[]
}) {
  const { zones } = useZone()
  const zone = zones.find(({ code }) => code === bib.zone)
  if (zone === undefined) return null
  return zone.kind === 'institution' ? (
    <OwnSharing bib={bib} network={zone.network} versions={versions} />
  ) : (
    <TakeBib bib={bib} zone={zone} />
  )
}
