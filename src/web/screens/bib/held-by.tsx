import { useQuery } from '@tanstack/react-query'
import type { HeldBy } from '../../../server/api/search.ts'
import { heldByQuery } from '../../api/search-queries.ts'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'
import { BibOf } from '../../ui/bib-of.tsx'
import { InventoryCounts } from '../../ui/inventory-counts.tsx'
import { TagBadges } from '../../ui/tag-badges.tsx'

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
      <HeldByList institutions={others} />
    </section>
  )
}

export const HeldByList = ({ institutions }: HeldBy) => (
  <ul className="held-by">
    {institutions.map((held) => (
      <li key={`${held.zone} ${held.mmsId}`}>
        <BibOf zone={held.zone} name={held.name} mmsId={held.mmsId} />
        <TagBadges of={held} />
        <InventoryCounts inventory={held.inventory} isInstitution />
      </li>
    ))}
  </ul>
)
