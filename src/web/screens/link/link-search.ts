import { type Entity, entities } from '../search/search-state.ts'

/** What of the screen stands in its address: whose records, and which, where another screen has named them. */
export type LinkSearch = {
  readonly zone?: string
  readonly set?: number
  readonly query?: string
  readonly entity?: Entity
}

export function chosenLinkSearch(search: Readonly<Record<string, unknown>>): LinkSearch {
  const { zone, set, query } = search
  const entity = entities.find((one) => one === search['entity'])
  return {
    ...(typeof zone === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(zone) ? { zone } : {}),
    ...(typeof set === 'number' && Number.isSafeInteger(set) && set > 0 ? { set } : {}),
    ...(typeof query === 'string' && query.trim() !== '' ? { query: query.slice(0, 20_000) } : {}),
    ...(entity === undefined ? {} : { entity }),
  }
}
