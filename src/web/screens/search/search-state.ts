import type { SearchQuery } from '../../../server/api/search.ts'

export const entities = [
  'all-titles',
  'physical-titles',
  'physical-items',
  'electronic-titles',
  'electronic-portfolios',
] as const satisfies readonly NonNullable<SearchQuery['entity']>[]
export type Entity = (typeof entities)[number]

export const sorts = [
  'newest',
  'oldest',
  'title',
  'creator',
  'year',
  'year-oldest',
] as const satisfies readonly NonNullable<SearchQuery['sort']>[]
export type Sort = (typeof sorts)[number]

/** A search as it stands in the address of its screen: whoever is given the address sees the same page. */
export type SearchState = {
  /** The zone that is searched; without it the one that the person works in. */
  readonly zone?: string
  readonly entity?: Entity
  readonly q?: string
  readonly index?: string
  /** CQL. */
  readonly query?: string
  /** `code:value` each. */
  readonly facet?: readonly string[]
  /** `1990-2000`: years of publication, both included. */
  readonly years?: string
  readonly sort?: Sort
  /** The cursor that the page begins behind. */
  readonly after?: string
}

const mostFacets = 50

/** What of an address is a search; the rest is left out, as if it had not been asked for. */
export function readSearchState(search: Readonly<Record<string, unknown>>): SearchState {
  const text = (name: string, longest: number): string | undefined => {
    const value = search[name]
    // A number that was searched for comes back from an address as a number.
    const written = typeof value === 'number' ? String(value) : value
    return typeof written === 'string' && written.trim() !== '' ? written.slice(0, longest) : undefined
  }
  const { facet } = search
  const facets = Array.isArray(facet)
    ? facet.filter((one): one is string => typeof one === 'string' && /^[a-z-]+:./.test(one))
    : []
  const zone = text('zone', 40)
  const years = text('years', 9)
  return compact({
    zone: zone !== undefined && /^[A-Za-z0-9_]+$/.test(zone) ? zone : undefined,
    entity: entities.find((one) => one === search['entity']),
    q: text('q', 1000),
    index: text('index', 100),
    query: text('query', 20_000),
    facet: facets.length > 0 ? [...new Set(facets)].slice(0, mostFacets) : undefined,
    years: years !== undefined && readYears(years) !== null ? years : undefined,
    sort: sorts.find((one) => one === search['sort']),
    after: text('after', 1000),
  })
}

type Loose = { readonly [name in keyof SearchState]: SearchState[name] | undefined }

/** A search without what is not said in it. */
function compact(state: Loose): SearchState {
  const said: { [name in keyof SearchState]: SearchState[name] } = {}
  const keep = <Name extends keyof SearchState>(name: Name) => {
    const value = state[name]
    if (value !== undefined) said[name] = value as NonNullable<SearchState[Name]>
  }
  for (const name of ['zone', 'entity', 'q', 'index', 'query', 'facet', 'years', 'sort', 'after'] as const)
    keep(name)
  return said
}

/** Another search, from its first page on; `undefined` takes a part away. */
export const changed = (state: SearchState, change: Partial<Loose>): SearchState =>
  compact({ ...state, after: undefined, ...change })

export type Years = { readonly from: number; readonly to: number }

export function readYears(written: string): Years | null {
  const [, from, to] = /^(\d{1,4})-(\d{1,4})$/.exec(written) ?? []
  if (from === undefined || to === undefined || Number(from) > Number(to)) return null
  return { from: Number(from), to: Number(to) }
}

export const writeYears = ({ from, to }: Years): string => `${from}-${to}`

/** Whether anything is said that could be looked for. */
export const isAsked = ({ q, query, years }: SearchState): boolean =>
  q !== undefined || query !== undefined || years !== undefined

/** What the API is asked. */
export function askedOf(state: SearchState): URLSearchParams {
  const { entity, q, index, facet = [], sort, after } = state
  const asked = new URLSearchParams()
  const query = wholeQuery(state)
  for (const [name, value] of Object.entries({ entity, q, index, query, sort, after }))
    if (value !== undefined) asked.set(name, value)
  for (const one of facet) asked.append('facet', one)
  return asked
}

function wholeQuery({ query, years }: SearchState): string | undefined {
  const range = years === undefined ? null : readYears(years)
  if (range === null) return query
  const inYears = `year within "${range.from} ${range.to}"`
  return query === undefined ? inYears : `(${query}) and ${inYears}`
}
