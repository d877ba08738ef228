import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Facets, Found, HeldBy } from '../../server/api/search.ts'
import { askedOf, changed, isAsked, type SearchState } from '../screens/search/search-state.ts'
import { get } from './request.ts'

/** Results on a page. */
const pageSize = 50

const pathOf = (zone: string, what: string, asked: URLSearchParams) =>
  `/api/zones/${encodeURIComponent(zone)}/${what}?${asked}`

export const foundQuery = (zone: string, state: SearchState, limit = pageSize) => {
  const asked = askedOf(state)
  asked.set('limit', String(limit))
  return queryOptions({
    queryKey: ['search', zone, asked.toString()],
    queryFn: () => get<Found>(pathOf(zone, 'search', asked)),
    enabled: zone !== '' && isAsked(state),
    placeholderData: keepPreviousData,
  })
}

export const facetsQuery = (zone: string, state: SearchState) => {
  const asked = askedOf(changed(state, { sort: undefined }))
  return queryOptions({
    queryKey: ['search facets', zone, asked.toString()],
    queryFn: () => get<Facets>(pathOf(zone, 'search/facets', asked)),
    enabled: zone !== '' && isAsked(state),
    placeholderData: keepPreviousData,
  })
}

export const heldByQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['bib', zone, mmsId, 'held by'],
    queryFn: () =>
      get<HeldBy>(`/api/zones/${encodeURIComponent(zone)}/bibs/${encodeURIComponent(mmsId)}/held-by`),
  })
