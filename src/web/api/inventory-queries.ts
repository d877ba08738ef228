import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type {
  HoldingsList,
  Item,
  ItemPage,
  Libraries,
  Portfolio,
  Portfolios,
} from '../../server/api/inventory.ts'
import { get } from './request.ts'

export type { Item, Portfolio }
export type Holdings = HoldingsList[number]

/** A path below a zone, its parts as they are. */
export const inZone = (zone: string, ...parts: readonly string[]): string =>
  ['/api/zones', ...[zone, ...parts].map(encodeURIComponent)].join('/')

export const holdingsQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['inventory', zone, mmsId, 'holdings'],
    queryFn: () => get<HoldingsList>(inZone(zone, 'bibs', mmsId, 'holdings')),
  })

/** The first items of holdings, as many as are shown. */
export const itemsQuery = (zone: string, mmsId: string, holdingsId: string) =>
  queryOptions({
    queryKey: ['inventory', zone, mmsId, 'items', holdingsId],
    queryFn: () => get<ItemPage>(`${inZone(zone, 'holdings', holdingsId, 'items')}?limit=${mostItems}`),
  })

export const mostItems = 200

export const portfoliosQuery = (zone: string, mmsId: string) =>
  queryOptions({
    queryKey: ['inventory', zone, mmsId, 'portfolios'],
    queryFn: () => get<Portfolios>(inZone(zone, 'bibs', mmsId, 'portfolios')),
  })

export const librariesQuery = (zone: string) =>
  queryOptions({
    queryKey: ['libraries', zone],
    queryFn: () => get<Libraries>(inZone(zone, 'libraries')),
  })

/** What a bib has is asked anew, and who holds the title. */
export const inventoryChanged = (client: QueryClient, zone: string, mmsId: string): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: ['inventory', zone, mmsId] }),
    client.invalidateQueries({ queryKey: ['bib'] }),
  ])
