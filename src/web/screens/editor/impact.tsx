import { useQuery } from '@tanstack/react-query'
import type { Impact as Reached } from '../../../server/api/share.ts'
import { inZone } from '../../api/inventory-queries.ts'
import { get } from '../../api/request.ts'
import { formatTime } from '../../format.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { InventoryCounts } from '../../ui/inventory-counts.tsx'

const words = text.editor

/** Whom a change of a bib of the network reaches: they see it in the same moment. */
export function Impact({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { data, error } = useQuery({
    queryKey: ['bib', zone, mmsId, 'impact'],
    queryFn: () => get<Reached>(inZone(zone, 'bibs', mmsId, 'impact')),
  })
  if (error !== null) return <Fault error={error} />
  if (data === undefined) return null
  if (data.institutions.length === 0) return <p className="hint">{words.impactNone}</p>
  return (
    <details className="notice settled impact">
      <summary>{words.impactLead(data.institutions.length)}</summary>
      <ul className="held-by">
        {data.institutions.map((held) => (
          <li key={`${held.zone} ${held.mmsId}`}>
            <bdi>{held.name}</bdi>
            {held.suppressed && <span className="badge">{text.bib.badges.suppressed}</span>}
            <InventoryCounts
              inventory={{ holdings: held.holdings, items: held.items, portfolios: held.portfolios }}
              isInstitution
            />
            {held.localTags.length > 0 && <small>{words.impactLocal(held.localTags.join(', '))}</small>}
            {held.lock !== null && (
              <small>
                <bdi>{words.impactLocked(held.lock.holder, formatTime(held.lock.since))}</bdi>
              </small>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
