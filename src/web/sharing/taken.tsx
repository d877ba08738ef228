import { Link } from '@tanstack/react-router'
import { text } from '../text.ts'
import { Fault } from '../ui/fault.tsx'
import type { Taking } from './use-take.ts'

/** What came of copying or linking, and the way to it. */
export function Taken({ taking: { done, error } }: { readonly taking: Taking }) {
  if (error !== null) return <Fault error={error} />
  if (done === null) return null
  return (
    <p className="notice settled" role="status">
      {done.said}{' '}
      <Link to="/zones/$zone/bibs/$mmsId" params={{ zone: done.zone, mmsId: done.mmsId }}>
        {text.sharing.take.open}
      </Link>
    </p>
  )
}
