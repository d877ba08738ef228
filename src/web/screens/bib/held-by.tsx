import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { heldByQuery } from '../../api/search-queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { InventoryCounts } from '../../ui/inventory-counts.tsx'

const words = text.bib.heldBy

/** Which institutions have the title, and what they have of it; each leads to its own bib. */
export function HeldByPanel({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { data, error, refetch } = useQuery(heldByQuery(zone, mmsId))
  const others = data?.institutions.filter((held) => held.zone !== zone || held.mmsId !== mmsId) ?? []
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (others.length === 0) return null
  return (
    <section className="panel">
      <h2>{words.title}</h2>
      <ul className="held-by">
        {others.map((held) => (
          <li key={`${held.zone} ${held.mmsId}`}>
            <Link to="/zones/$zone/bibs/$mmsId" params={{ zone: held.zone, mmsId: held.mmsId }}>
              <bdi>{held.name}</bdi>
            </Link>
            {held.suppressed && <span className="badge">{text.bib.badges.suppressed}</span>}
            <InventoryCounts inventory={held.inventory} isInstitution />
          </li>
        ))}
      </ul>
    </section>
  )
}
