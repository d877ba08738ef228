import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { almaBibRoutes } from './bibs.ts'
import { AlmaError } from './errors.ts'
import { almaHoldingsRoutes } from './holdings.ts'
import { almaItemRoutes } from './items.ts'
import { almaErrorOf } from './known-errors.ts'
import { almaPortfolioRoutes } from './portfolios.ts'
import { sendAnswer, sendError } from './reply.ts'
import { almaWriteBibRoutes } from './write-bibs.ts'
import { almaWriteItemRoutes } from './write-items.ts'
import { almaWritePortfolioRoutes } from './write-portfolios.ts'
import { element } from './xml.ts'

/**
 * A part of the REST API of Alma, so that programs written for it run against this server: its addresses, forms
 * and errors. Programs come in by an API key and nothing else.
 */
export async function almaRoutes(app: App, context: ServerContext): Promise<void> {
  await app.register(async (scope: App) => {
    // A body is looked at by its route: JSON where XML is asked for has an error of its own.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      const known = almaErrorOf(error)
      if (known !== null) return sendError(request, reply, known)
      const status = error instanceof Error ? Number(Reflect.get(error, 'statusCode') ?? 500) : 500
      if (status < 500) return sendError(request, reply, new AlmaError('INVALID_REQUEST'))
      request.log.error({ fault: error instanceof Error ? error.name : typeof error }, 'request failed')
      return sendError(request, reply, new AlmaError('401652', { status: 500 }))
    })
    for (const area of ['bibs', 'conf'] as const) testRoute(scope, area)
    almaBibRoutes(scope, context)
    almaWriteBibRoutes(scope, context)
    almaHoldingsRoutes(scope, context)
    almaItemRoutes(scope, context)
    almaWriteItemRoutes(scope, context)
    almaPortfolioRoutes(scope, context)
    almaWritePortfolioRoutes(scope, context)
    scope.all('/almaws/*', { config: { access: 'open' }, schema: { hide: true } }, (request, reply) =>
      sendError(
        request,
        reply,
        new AlmaError('INVALID_REQUEST', {
          status: 404,
          more: 'There is nothing at this address; docs/alma-api.md lists what there is.',
        }),
      ),
    )
  })
}

/** For trying a key. */
function testRoute(scope: App, area: 'bibs' | 'conf'): void {
  scope.get(
    `/almaws/v1/${area}/test`,
    {
      config: { access: { may: 'zone.view', in: 'key' } },
      schema: { tags: ['alma'], summary: 'Whether the API key is good' },
    },
    (request, reply) =>
      sendAnswer(request, reply, { xml: element('test', 'success'), json: { test: 'success' } }),
  )
}
