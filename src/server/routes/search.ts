import { findBibPages } from '../../catalog/bib-page.ts'
import { searchBibs } from '../../catalog/search.ts'
import { getZone } from '../../catalog/zone.ts'
import { ApiError } from '../api/error.ts'
import { Found, SearchQuery } from '../api/search.ts'
import { ZoneParams } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { foundBib } from '../found-bib.ts'

export function searchRoutes(app: App, { db }: ServerContext): void {
  app.get(
    '/api/zones/:zone/search',
    {
      config: { access: 'catalogue' },
      schema: {
        tags: ['catalogue'],
        summary: 'Bibs by words or an identifier, newest first',
        params: ZoneParams,
        querystring: SearchQuery,
        response: { 200: Found, '4xx': ApiError },
      },
    },
    async ({ params, query: { q, after, limit = 20 } }) => {
      const zone = await getZone(db, params.zone)
      const [mmsId] = after === undefined ? [] : readCursor(after, ['text'])
      const { mmsIds, next, ...counts } = await searchBibs(db, zone, q, {
        limit,
        ...(mmsId === undefined ? {} : { after: mmsId }),
      })
      const bibs = await findBibPages(db, zone, mmsIds)
      return { rows: bibs.map(foundBib), ...counts, next: next === null ? null : writeCursor([next]) }
    },
  )
}
