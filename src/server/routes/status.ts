import { isTransient } from '../../db/errors.ts'
import { importerSeen } from '../../import/importer-seen.ts'
import { type Status, Status as StatusSchema } from '../api/status.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { zonesShown } from '../hold-to.ts'
import { openApiDocument } from '../openapi.ts'
import type { ZoneRows } from '../zone-rows.ts'

/** What the page shows in its frame; it answers without a database too. */
export async function readStatus({ db, version, demo }: ServerContext, zoneRows: ZoneRows): Promise<Status> {
  try {
    const [zones, importer] = await Promise.all([zoneRows(), importerSeen(db)])
    return { version, demo, database: 'up', importer, zones }
  } catch (error) {
    if (!isTransient(error)) throw error
    return { version, demo, database: 'away', importer: { alive: false, seenAt: null }, zones: [] }
  }
}

export function statusRoutes(app: App, context: ServerContext, { zoneRows }: { zoneRows: ZoneRows }): void {
  app.get(
    '/api/status',
    {
      config: { access: 'open', isAskedByItself: true },
      schema: {
        tags: ['server'],
        summary: 'Version, database, importer, zones',
        response: { 200: StatusSchema },
      },
    },
    async ({ actor }) => {
      const status = await readStatus(context, zoneRows)
      if (actor === null || status.database === 'away') return { ...status, zones: [] }
      return { ...status, zones: await zonesShown(context.db, actor, status.zones) }
    },
  )
  let document: string | null = null
  app.get(
    '/api/openapi.json',
    { config: { access: 'open' }, schema: { tags: ['server'], summary: 'This document, OpenAPI 3.1' } },
    (_request, reply) => {
      document ??= JSON.stringify(openApiDocument(app))
      return reply.type('application/json; charset=utf-8').send(document)
    },
  )
}
