import { offerStates, type OfferFilter } from '../../api/collection-queries.ts'

export const collectionTabs = ['titles', 'loads', 'load'] as const
type CollectionTab = (typeof collectionTabs)[number]

/** What of a collection's page stands in its address: which part, which titles, which load. */
export type CollectionSearch = OfferFilter & { readonly tab?: CollectionTab; readonly load?: number }

export function chosenCollectionSearch(search: Readonly<Record<string, unknown>>): CollectionSearch {
  const tab = collectionTabs.find((one) => one === search['tab'])
  const state = offerStates.find((one) => one === search['state'])
  const { q, load } = search
  const written = typeof q === 'number' ? String(q) : q
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(state === undefined ? {} : { state }),
    ...(typeof written === 'string' && written.trim() !== '' ? { q: written.slice(0, 400) } : {}),
    ...(typeof load === 'number' && Number.isSafeInteger(load) && load > 0 ? { load } : {}),
  }
}
