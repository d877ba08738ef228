import { useZone } from '../../../shell/zone.tsx'
import { HeldByPanel } from '../held-by.tsx'
import { ImpactPanel } from './impact-panel.tsx'

/** Of an institution's bib, who else has the title; of another zone's, whom a change of it affects. */
export function WhoHasIt({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { zones } = useZone()
  const kind = zones.find(({ code }) => code === zone)?.kind
  if (kind === undefined) return null
  return kind === 'institution' ? (
    <HeldByPanel zone={zone} mmsId={mmsId} />
  ) : (
    <ImpactPanel zone={zone} mmsId={mmsId} />
  )
}
