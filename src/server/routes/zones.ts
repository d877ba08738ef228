import { Zones } from '../api/zone.ts'
import { actorOfRequest } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { zonesShown } from '../hold-to.ts'
import type { ZoneRows } from '../zone-rows.ts'

export function zoneRoutes(app: App, { db }: ServerContext, { zoneRows }: { zoneRows: ZoneRows }): void {
  app.get(
    '/api/zones',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['catalogue'],
        summary: 'The zones whose catalogue one sees',
        response: { 200: Zones },
      },
    },
    async (request) => zonesShown(db, actorOfRequest(request), await zoneRows()),
  )
}
