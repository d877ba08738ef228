import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ownBibsQuery } from '../../../api/sharing-queries.ts'
import { useZone } from '../../../shell/zone.tsx'
import { text } from '../../../text.ts'
import { Fault } from '../../../ui/fault.tsx'
import { InventoryCounts } from '../../../ui/inventory-counts.tsx'
import { TagBadges } from '../../../ui/tag-badges.tsx'

const words = text.sharing.own

/** Of a bib of the network or the community zone: what the institution that the person works in has of it. */
export function OwnBibsPanel({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { zones, zone: working } = useZone()
  const of = zones.find(({ code }) => code === zone)
  const isAsked = working?.kind === 'institution' && of !== undefined && of.kind !== 'institution'
  const { data, error, refetch } = useQuery({
    ...ownBibsQuery(working?.code ?? '', mmsId),
    enabled: isAsked,
  })
  if (!isAsked) return null
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (data === undefined) return null
  return (
    <section className="panel">
      <h2>{words.title(working.code)}</h2>
      {data.rows.length === 0 ? (
        <p className="none">{words.none}</p>
      ) : (
        <ul className="held-by">
          {data.rows.map((own) => (
            <li key={own.mmsId}>
              <span>
                <Link
                  className="mms-id"
                  to="/zones/$zone/bibs/$mmsId"
                  params={{ zone: working.code, mmsId: own.mmsId }}
                >
                  {own.mmsId}
                </Link>{' '}
                {words.how[own.how]} <TagBadges of={own} />
              </span>
              <InventoryCounts inventory={own.inventory} isInstitution />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
