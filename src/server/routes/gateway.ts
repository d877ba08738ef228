import { getExport, getExportBytes, listExports } from '../../import/gateway-export.ts'
import { ApiError } from '../api/error.ts'
import { ExportParams, ExportQuery, Gateway, GatewayExportPage, WholeGatewayExport } from '../api/gateway.ts'
import { bytesOf } from '../api/shape.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { attachment } from '../headers.ts'

export function gatewayRoutes(app: App, { db, gateway }: ServerContext): void {
  app.get(
    '/api/gateway',
    {
      schema: {
        tags: ['gateway'],
        summary: 'Where the gateway listens, and who is connected',
        response: { 200: Gateway },
      },
    },
    async () => gateway(),
  )

  app.get(
    '/api/gateway/exports',
    {
      schema: {
        tags: ['gateway'],
        summary: 'Records that came to the gateway, newest first',
        querystring: ExportQuery,
        response: { 200: GatewayExportPage, '4xx': ApiError },
      },
    },
    async ({ query: { limit = 50, before, ...query } }) => {
      const rows = await listExports(db, {
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
