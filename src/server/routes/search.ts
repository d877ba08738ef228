import { Type } from 'typebox'
import { readWording, type Wording } from '../../catalog/search/asked.ts'
import { facetCodes } from '../../catalog/search/facets.ts'
import { foundRows } from '../../catalog/search/found-rows.ts'
import { findHeldBy } from '../../catalog/search/held-by.ts'
import { hintOf } from '../../catalog/search/hint.ts'
import { search, searchFacets } from '../../catalog/search/search.ts'
import type { Place, Sort } from '../../catalog/search/sorted-page.ts'
import { getZone } from '../../catalog/zone.ts'
import { getIndex } from '../../rules/search/find-index.ts'
import { valueName } from '../../rules/search/value-names.ts'
import { ApiError } from '../api/error.ts'
import {
  Facets,
  FacetsQuery,
  Found,
  HeldBy,
  SearchIndexes,
  type SearchQuery,
  SearchQuery as SearchQueryShape,
} from '../api/search.ts'
import { MmsId, ZoneCode } from '../api/shape.ts'
import { ZoneParams } from '../api/zone.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { noSuchCursor, readCursor, writeCursor } from '../cursor.ts'
import { foundBibs } from '../found-bibs.ts'
import { notFound } from '../refusal.ts'
import { describedIndexes } from '../search-indexes.ts'

/** Values of a facet that are answered at most, the most frequent ones. */
const mostValues = 100

export function searchRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/search/indexes',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['catalogue'],
        summary: 'What can be searched: kinds of results, indexes, operators, orders',
        response: { 200: SearchIndexes, '4xx': ApiError },
      },
    },
    () => describedIndexes,
  )

  app.get(
    '/api/zones/:zone/search',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'Bibs, items or portfolios by words, numbers, or a query',
        params: ZoneParams,
        querystring: SearchQueryShape,
        response: { 200: Found, '4xx': ApiError },
      },
    },
    async (request) => {
      const { params, query } = request
      const zone = await getZone(db, params.zone)
      const { sort = 'newest', after, limit = 20 } = query
      const place = after === undefined ? null : placeIn(sort, after)
      const asked = {
        ...readWording(wordingOf(query)),
        sort,
        limit,
        after: place,
      }
      const found = await search(db, zone, asked)
      const rows = await foundRows(db, zone, asked.entity, found.ids)
      return {
        rows: await foundBibs(db, zone, rows, byOf(request)),
        total: found.total,
        totalIsExact: found.totalIsExact,
        next: found.next && writeCursor([sort, found.next.key, found.next.id]),
        hint: await hintOf(db, zone, asked, found),
      }
    },
  )

  app.get(
    '/api/zones/:zone/search/facets',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'How many of the hits have each value',
        params: ZoneParams,
        querystring: FacetsQuery,
        response: { 200: Facets, '4xx': ApiError },
      },
    },
    async ({ params, query }) => {
      const zone = await getZone(db, params.zone)
      const { facets, counted, isWhole } = await searchFacets(db, zone, readWording(wordingOf(query)))
      return {
        facets: facetCodes.flatMap((code) => {
          const values = facets.filter((facet) => facet.code === code).slice(0, mostValues)
          if (values.length === 0) return []
          return [
            {
              code,
              name: getIndex(code).name,
              values: values.map(({ value, count }) => ({ value, name: valueName(code, value), count })),
            },
          ]
        }),
        counted,
        isWhole,
      }
    },
  )

  app.get(
    '/api/zones/:zone/bibs/:mmsId/held-by',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'Which institutions have the title, and what they have of it',
        params: Type.Object({ zone: ZoneCode, mmsId: MmsId }),
        response: { 200: HeldBy, '4xx': ApiError },
      },
    },
    async ({ params }) => {
      const zone = await getZone(db, params.zone)
      const institutions = await findHeldBy(db, zone, params.mmsId)
      return { institutions: institutions ?? notFound(`There is no bib ${params.mmsId} in ${zone.code}.`) }
    },
  )
}

/** A place in one order is none in another: pages would miss what stands between. */
function placeIn(sort: Sort, cursor: string): Place {
  const [order, key, id] = readCursor(cursor, ['text', 'text', 'text'])
  return order === sort ? { key, id } : noSuchCursor()
}

const wordingOf = ({
  entity,
  q,
  index,
  query,
  facet,
}: Pick<SearchQuery, 'entity' | 'q' | 'index' | 'query' | 'facet'>): Wording => ({
  ...(entity === undefined ? {} : { entity }),
  ...(q === undefined ? {} : { text: q }),
  ...(index === undefined ? {} : { index }),
  ...(query === undefined ? {} : { query }),
  facets: facet === undefined ? [] : [facet].flat(),
})
