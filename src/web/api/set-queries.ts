import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Found } from '../../server/api/search.ts'
import type { SavedSets, WholeSet } from '../../server/api/set.ts'
import { get } from './request.ts'

/** Members on a page. */
const pageSize = 50

export const pathOfSets = (zone: string): string => `/api/zones/${encodeURIComponent(zone)}/sets`

/** The sets of a zone, saved searches among them. */
export const setsQuery = (zone: string) =>
  queryOptions({
    queryKey: ['sets', zone],
    queryFn: () => get<SavedSets>(pathOfSets(zone)),
    enabled: zone !== '',
  })

export const setQuery = (zone: string, set: number) =>
  queryOptions({
    queryKey: ['sets', zone, set],
    queryFn: () => get<WholeSet>(`${pathOfSets(zone)}/${set}`),
  })

/** A page of what is in it, behind the cursor; the first one without. */
export const membersQuery = (zone: string, set: number, after: string | null) =>
  queryOptions({
    queryKey: ['sets', zone, set, 'members', after],
    queryFn: () =>
      get<Found>(
        `${pathOfSets(zone)}/${set}/members?${new URLSearchParams({ limit: String(pageSize), ...(after === null ? {} : { after }) })}`,
      ),
    placeholderData: keepPreviousData,
  })
