import { Zones } from '../api/zone.ts'
import type { App } from '../app.ts'
import type { ZoneRows } from '../zone-rows.ts'

export function zoneRoutes(app: App, { zoneRows }: { zoneRows: ZoneRows }): void {
  app.get(
    '/api/zones',
    {
      config: { access: 'signed-in' },
      schema: { tags: ['catalogue'], summary: 'The zones', response: { 200: Zones } },
    },
    () => zoneRows(),
  )
}
