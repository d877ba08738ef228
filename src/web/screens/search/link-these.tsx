import { Link } from '@tanstack/react-router'
import type { Zone } from '../../../server/api/zone.ts'
import { text } from '../../text.ts'
import type { SearchState } from './search-state.ts'
import { wholeQueryOf } from './whole-query.ts'

/** The way from what an institution's search has found to the job that links all of it to the network. */
export function LinkThese({ zone, state }: { readonly zone: Zone; readonly state: SearchState }) {
  const query = wholeQueryOf(state)
  if (zone.kind !== 'institution' || zone.network === null || query === null) return null
  return (
    <Link
      className="button"
      to="/link"
      search={{ zone: zone.code, query, ...(state.entity === undefined ? {} : { entity: state.entity }) }}
    >
      {text.linkJob.these}
    </Link>
  )
}
