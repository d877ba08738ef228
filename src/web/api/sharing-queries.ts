import { queryOptions } from '@tanstack/react-query'
import type { OwnBibs } from '../../server/api/search.ts'
import type { Impact, SharePreview } from '../../server/api/share.ts'
import { inZone } from './inventory-queries.ts'
import { query } from './queries.ts'
import { get } from './request.ts'

/** Whom a change of a bib would reach. */
export const impactQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['bib', zone, mmsId, 'impact'],
    queryFn: () => get<Impact>(inZone(zone, 'bibs', mmsId, 'impact')),
  })

/** What an institution has of a bib of another zone. */
export const ownBibsQuery = (institution: string, of: string) =>
  queryOptions({
    queryKey: ['own bibs', institution, of],
    queryFn: () => get<OwnBibs>(`${inZone(institution, 'own-bibs')}${query({ of })}`),
  })

/**
 * Every way to share a bib with the network, as things are now. What a person decides on stays as it was shown:
 * it is fetched anew only where somebody asks for that.
 */
export const sharePreviewQuery = (zone: string, mmsId: string, match: string | undefined) =>
  queryOptions({
    queryKey: ['share preview', zone, mmsId, match ?? ''],
    queryFn: () => get<SharePreview>(`${inZone(zone, 'bibs', mmsId, 'share')}${query({ with: match })}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
