import { getExport, getExportBytes, listExports } from '../../import/gateway-export.ts'
import { listIntegrationProfiles } from '../../import/integration-profile.ts'
import { ApiError } from '../api/error.ts'
import { ExportParams, ExportQuery, Gateway, GatewayExportPage, WholeGatewayExport } from '../api/gateway.ts'
import { bytesOf } from '../api/shape.ts'
import { actorOfRequest, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { attachment } from '../headers.ts'

export function gatewayRoutes(app: App, { db, gateway }: ServerContext): void {
  app.get(
    '/api/gateway',
    {
      config: { access: 'signed-in', isAskedByItself: true },
      schema: {
        tags: ['gateway'],
        summary: 'Where the gateway listens, and who is connected',
        response: { 200: Gateway },
      },
    },
    async (request) => {
      const seen = await zonesSeen(db, actorOfRequest(request))
      const profiles = await listIntegrationProfiles(db)
      const logons = profiles.flatMap(({ zone, logon }) => (seen.includes(zone) ? [logon] : []))
      const { connections, ...state } = gateway()
      // A person may stand behind the logon; one that has not said who it is shows nothing of a zone.
      const isSeen = (logon: string) => logon === '' || logons.includes(logon.split('/', 1)[0] ?? '')
      return { ...state, connections: connections.filter(({ logon }) => isSeen(logon)) }
    },
  )

  app.get(
    '/api/gateway/exports',
    {
      config: { access: 'signed-in', isAskedByItself: true },
      schema: {
        tags: ['gateway'],
        summary: 'Records that came to the gateway, newest first',
        querystring: ExportQuery,
        response: { 200: GatewayExportPage, '4xx': ApiError },
      },
    },
    async (request) => {
      const { limit = 50, before, ...query } = request.query
      const rows = await listExports(db, {
        zones: await zonesSeen(db, actorOfRequest(request)),
        ...query,
        ...(before === undefined ? {} : { below: readCursor(before, ['number'])[0] }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ id }) => [id])
    },
  )

  app.get(
    '/api/gateway/exports/:id',
    {
      config: { access: { may: 'zone.view', in: 'export' } },
      schema: {
        tags: ['gateway'],
        summary: 'An export: its record, how its outcome came about, what the client was told',
        params: ExportParams,
        response: { 200: WholeGatewayExport, '4xx': ApiError },
      },
    },
    ({ params: { id } }) => getExport(db, id),
  )

  app.get(
    '/api/gateway/exports/:id.mrc',
    {
      config: { access: { may: 'zone.view', in: 'export' } },
      schema: {
        tags: ['gateway'],
        summary: 'The record of an export as it came, byte for byte; logon and secret are never kept',
        params: ExportParams,
        response: { 200: bytesOf('application/marc'), '4xx': ApiError },
      },
    },
    async ({ params: { id } }, reply) =>
      reply
        .type('application/marc')
        .header('content-disposition', attachment(`export-${id}.mrc`))
        .send(await getExportBytes(db, id)),
  )
}
