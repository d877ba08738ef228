import { useQuery } from '@tanstack/react-query'
import { impactQuery } from '../../api/sharing-queries.ts'
import { ImpactedInstitutions } from '../../sharing/impact-list.tsx'
import { text } from '../../text.ts'
import { Fault } from '../../ui/fault.tsx'

const words = text.editor

/** Whom a change of a bib of the network reaches: they see it in the same moment. */
export function Impact({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { data, error } = useQuery(impactQuery(zone, mmsId))
  if (error !== null) return <Fault error={error} />
  if (data === undefined) return null
  if (data.institutions.length === 0) return <p className="hint">{words.impactNone}</p>
  return (
    <details className="notice settled impacted">
      <summary>{words.impactLead(data.institutions.length)}</summary>
      <ImpactedInstitutions impact={data} />
    </details>
  )
}
