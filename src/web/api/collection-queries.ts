import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ActivationPlan, DeactivationPlan, SourceChanges } from '../../server/api/activation.ts'
import type { Collection, Collections, KeptLoad, Loads, OfferedPage } from '../../server/api/collection.ts'
import { inZone } from './inventory-queries.ts'
import { query } from './queries.ts'
import { get, post } from './request.ts'

export type { Collection }
export type Offered = OfferedPage['rows'][number]
export type Load = Loads[number]
export type Change = SourceChanges[number]

/** The collections that a zone sees: its own and those of the community zone. */
export const collectionsQuery = (zone: string) =>
  queryOptions({
    queryKey: ['collections', zone],
    queryFn: () => get<Collections>(inZone(zone, 'collections')),
    enabled: zone !== '',
  })

export const collectionQuery = (zone: string, id: string) =>
  queryOptions({
    queryKey: ['collections', zone, id],
    queryFn: () => get<Collection>(inZone(zone, 'collections', id)),
  })

export const offerStates = ['open', 'activated', 'withdrawn'] as const

/** Which titles of a collection are looked at. */
export type OfferFilter = { readonly q?: string; readonly state?: (typeof offerStates)[number] }

export const offeredQuery = (zone: string, id: string, filter: OfferFilter) =>
  infiniteQueryOptions({
    queryKey: ['collections', zone, id, 'titles', filter],
    queryFn: ({ pageParam }) =>
      get<OfferedPage>(
        `${inZone(zone, 'collections', id, 'portfolios')}${query({ ...filter, after: pageParam, limit: '200' })}`,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const loadsQuery = (zone: string, id: string) =>
  queryOptions({
    queryKey: ['collections', zone, id, 'loads'],
    queryFn: () => get<Loads>(inZone(zone, 'collections', id, 'loads')),
  })

export const loadQuery = (zone: string, id: string, load: number) =>
  queryOptions({
    queryKey: ['collections', zone, id, 'loads', load],
    queryFn: () => get<KeptLoad>(inZone(zone, 'collections', id, 'loads', String(load))),
  })

/** Some titles by the numbers of their portfolios, or all of a collection. */
export type Chosen = { readonly portfolios: readonly string[] } | { readonly collection: string }

/** A plan is of the moment: it is never kept. */
export const activationPlanQuery = (zone: string, chosen: Chosen) =>
  queryOptions({
    queryKey: ['activation plan', zone, chosen],
    queryFn: () => post<ActivationPlan>(inZone(zone, 'activations', 'plan'), chosen),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })

export const deactivationPlanQuery = (zone: string, chosen: Chosen) =>
  queryOptions({
    queryKey: ['deactivation plan', zone, chosen],
    queryFn: () => post<DeactivationPlan>(inZone(zone, 'deactivations', 'plan'), chosen),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Changes that are listed at once. */
export const mostChanges = 1000

export const changesQuery = (zone: string, isUnseenOnly: boolean) =>
  queryOptions({
    queryKey: ['collections', zone, 'changes', isUnseenOnly],
    queryFn: () =>
      get<SourceChanges>(
        `${inZone(zone, 'activations', 'changes')}${query({ unseen: String(isUnseenOnly), limit: String(mostChanges) })}`,
      ),
    enabled: zone !== '',
  })

/** What is activated, loaded or seen is asked anew, and what bibs have. */
export const collectionsChanged = (client: QueryClient): Promise<unknown> =>
  Promise.all(
    ['collections', 'inventory', 'bib', 'search'].map((first) =>
      client.invalidateQueries({ queryKey: [first] }),
    ),
  )
