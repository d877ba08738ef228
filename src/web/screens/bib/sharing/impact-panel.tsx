import { useQuery } from '@tanstack/react-query'
import { impactQuery } from '../../../api/sharing-queries.ts'
import { ImpactList } from '../../../sharing/impact-list.tsx'
import { text } from '../../../text.ts'
import { Fault } from '../../../ui/fault.tsx'

/** Of a bib of the network or the community zone: whom a change of it affects. */
export function ImpactPanel({ zone, mmsId }: { readonly zone: string; readonly mmsId: string }) {
  const { data, error, refetch } = useQuery(impactQuery(zone, mmsId))
  if (error !== null) return <Fault error={error} onAgain={() => void refetch()} />
  if (data === undefined) return null
  return (
    <section className="panel">
      <h2>{text.sharing.impact.title}</h2>
      <ImpactList impact={data} />
    </section>
  )
}
