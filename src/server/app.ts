import fastifyMultipart from '@fastify/multipart'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { almaRoutes } from './alma/alma-routes.ts'
import type { ApiError } from './api/error.ts'
import type { ServerContext } from './context.ts'
import { replyToErrors } from './error-replies.ts'
import { addSecurityHeaders, securityHeaders } from './headers.ts'
import { describeApi } from './openapi.ts'
import { openUnknownRoutes } from './unknown-routes.ts'
import { accountRoutes } from './routes/account.ts'
import { bibRoutes } from './routes/bibs.ts'
import { demoRoutes } from './routes/demo.ts'
import { editBibRoutes } from './routes/edit-bibs.ts'
import { eventRoutes } from './routes/events.ts'
import { fileRoutes } from './routes/files.ts'
import { gatewayRoutes } from './routes/gateway.ts'
import { holdingsRoutes } from './routes/holdings.ts'
import { identityProviderRoutes } from './routes/identity-provider.ts'
import { integrationProfileRoutes } from './routes/integration-profiles.ts'
import { issueRoutes } from './routes/issues.ts'
import { itemRoutes } from './routes/items.ts'
import { jobRecordRoutes } from './routes/job-records.ts'
import { jobRoutes } from './routes/jobs.ts'
import { libraryRoutes } from './routes/libraries.ts'
import { peopleRoutes } from './routes/people.ts'
import { portfolioRoutes } from './routes/portfolios.ts'
import { activationRoutes } from './routes/activations.ts'
import { collectionRoutes } from './routes/collections.ts'
import { profileRoutes } from './routes/profiles.ts'
import { replayRoutes } from './routes/replay.ts'
import { ruleRoutes } from './routes/rules.ts'
import { searchRoutes } from './routes/search.ts'
import { sessionRoutes } from './routes/session.ts'
import { setRoutes } from './routes/sets.ts'
import { simulateRoutes } from './routes/simulate.ts'
import { linkJobRoutes } from './routes/link-jobs.ts'
import { shareNetworkRoutes } from './routes/share-network.ts'
import { shareRoutes } from './routes/share.ts'
import { readStatus, statusRoutes } from './routes/status.ts'
import { zoneRoutes } from './routes/zones.ts'
import { beyondScope } from '../db/scope.ts'
import { listMovingJobs } from '../import/job.ts'
import { guardRoutes } from './access.ts'
import { refuseOtherSites } from './same-origin.ts'
import { validateRequest } from './validate-request.ts'
import { serveWebFiles } from './web-files.ts'
import { openZoneRows } from './zone-rows.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export type AppOptions = {
  readonly log?: 'silent' | 'warn' | 'info' | 'debug'
  /** Holds every answer to its schema: a property that the schema lacks is a fault. On in tests. */
  readonly checkReplies?: boolean
}

/** D39: files are streamed and have their own limit. */
const bodyLimit = 1024 * 1024

/** A query of 20,000 characters, each of which may take three in an address. */
const maxHeaderSize = 64 * 1024

/** The server apart from listening: all routes, ready for `inject` and `listen`. */
export async function buildApp(
  whole: ServerContext,
  { log = 'silent', checkReplies = false }: AppOptions = {},
): Promise<App> {
  /** What the routes get: a query that runs in no request's scope gives them nothing. */
  const context = { ...whole, db: whole.db.forRequests() }
  const app: App = fastify({
    bodyLimit,
    http: { maxHeaderSize },
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // Who asks, and whether by TLS, a proxy of this machine says; without one a client could say anything.
    trustProxy: context.hosts.length > 0 ? 'loopback' : false,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: replyToUnreadable,
    logger: log === 'silent' ? false : { level: log, stream: process.stderr },
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setValidatorCompiler(validateRequest)
  app.setSerializerCompiler(({ schema }) => (checkReplies ? checkedJson(schema as TSchema) : JSON.stringify))
  app.removeContentTypeParser('text/plain')

  addSecurityHeaders(app)
  refuseOtherSites(app, context)
  replyToErrors(app)
  logRequests(app)
  const unknown = openUnknownRoutes(app)
  guardRoutes(app, whole)
  await describeApi(app, context.version)
  await app.register(fastifyMultipart)

  const zoneRows = openZoneRows(context.db)
  sessionRoutes(app, context)
  identityProviderRoutes(app, context)
  accountRoutes(app, context)
  peopleRoutes(app, context)
  statusRoutes(app, context, { zoneRows })
  zoneRoutes(app, context, { zoneRows })
  profileRoutes(app, context)
  ruleRoutes(app, context)
  fileRoutes(app, context)
  jobRoutes(app, context)
  jobRecordRoutes(app, context)
  replayRoutes(app, context)
  simulateRoutes(app, context)
  issueRoutes(app, context)
  integrationProfileRoutes(app, context)
  gatewayRoutes(app, context)
  bibRoutes(app, context)
  await editBibRoutes(app, context)
  shareRoutes(app, context)
  libraryRoutes(app, context)
  holdingsRoutes(app, context)
  itemRoutes(app, context)
  portfolioRoutes(app, context)
  await collectionRoutes(app, context)
  activationRoutes(app, context)
  shareNetworkRoutes(app, context)
  linkJobRoutes(app, context)
  await almaRoutes(app, context)
  searchRoutes(app, context)
  setRoutes(app, context)
  demoRoutes(app, context)
  eventRoutes(app, context, {
    // One look for all who listen, whoever came first: the feed tells each of them what is of their zones.
    readJobs: () => beyondScope(() => listMovingJobs(context.db)),
    // To all alike: which zones somebody sees is asked by /api/status.
    readStatus: async () => ({ ...(await readStatus(context, zoneRows)), zones: [] }),
  })
  await serveWebFiles(app, context.webDir, unknown)
  await app.ready()
  return app
}

/** Of an address that no route can be looked up for; no hook runs for it. */
function replyToUnreadable(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const body: ApiError = { error: { code: 'BAD_REQUEST', message: 'The address cannot be read.' } }
  reply.headers(securityHeaders).header('cache-control', 'no-store').header('x-request-id', request.id)
  void reply.code(400).send(body)
}

function checkedJson(schema: TSchema): (value: unknown) => string {
  const check = Compile(schema)
  return (value) => {
    const [first] = check.Errors(value)
    if (first)
      throw new Error(
        `The answer breaks its schema at ${first.instancePath || 'its root'}: ${first.message}, ${JSON.stringify(first.params)}`,
      )
    return JSON.stringify(value)
  }
}

/** One line a request, with the route's pattern: addresses may carry what somebody searched for. */
function logRequests(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
    }
    if (request.method === 'GET' && reply.statusCode < 400) request.log.debug(line, 'answered')
    else request.log.info(line, 'answered')
  })
}
