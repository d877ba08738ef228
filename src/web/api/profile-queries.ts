import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ImportProfile } from '../../rules/import-profile.ts'
import type { ProfileVersionPage, WholeProfile } from '../../server/api/profile.ts'
import { query } from './queries.ts'
import { get, orNothing } from './request.ts'

export const profilePath = (zone: string, code: string): string =>
  `/api/zones/${encodeURIComponent(zone)}/profiles/${encodeURIComponent(code)}`

/** Nothing where the zone has none of that code. Under the list of the zone's profiles, so that a save makes all of them old. */
export const profileQuery = (zone: string, code: string) =>
  queryOptions({
    queryKey: ['profiles', zone, code],
    queryFn: () => orNothing(get<WholeProfile>(profilePath(zone, code))),
  })

export const profileVersionsQuery = (zone: string, code: string) =>
  infiniteQueryOptions({
    queryKey: ['profiles', zone, code, 'versions'],
    queryFn: ({ pageParam }) =>
      get<ProfileVersionPage>(
        `${profilePath(zone, code)}/versions${query({ before: pageParam, limit: '50' })}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** A profile as somebody is changing it: what one screen hands to another, for as long as the page is open. */
export const profileDraftQuery = (zone: string, code: string) =>
  queryOptions({
    queryKey: ['profile draft', zone, code],
    queryFn: (): ImportProfile | null => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
