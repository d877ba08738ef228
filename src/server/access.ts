import type { FastifyReply, FastifyRequest } from 'fastify'
import { listZones } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { nothing, type Scope, withinScope } from '../db/scope.ts'
import { type AuditedRequest, closeAudit, openAudit } from '../people/audit.ts'
import { type Actor, zonesWith } from '../people/permissions.ts'
import type { App } from './app.ts'
import type { ServerContext } from './context.ts'
import { type Access, holdTo, scopeOf } from './hold-to.ts'
import { identify, identifyByKey } from './identify.ts'
import { Refusal } from './refusal.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** Pages ask it from time to time, whether anybody is there or not: no session lives longer for it. */
    isAskedByItself?: boolean
  }
  interface FastifyRequest {
    /** Nothing where nobody is signed in. */
    actor: Actor | null
    /** When the session ends if nothing more is done. */
    sessionEndsAt: string | null
    audited: number | null
    /** What the request is about, where its address does not say it. */
    auditedTarget: string | null
    /** Whether the actor was held to what the route says of its access. */
    isHeld: boolean
    /** What row-level security holds the rest of the request to. */
    scope: Scope
  }
}

/**
 * Finds out who asks, and refuses what they may not; to be called before the routes. What it asks of the
 * database itself reaches everything; what comes after it, the zones of whoever asks.
 */
export function guardRoutes(app: App, context: ServerContext): void {
  const { db } = context
  app.decorateRequest('actor', null)
  app.decorateRequest('sessionEndsAt', null)
  app.decorateRequest('audited', null)
  app.decorateRequest('auditedTarget', null)
  app.decorateRequest('isHeld', false)
  app.decorateRequest('scope')

  app.addHook('onRoute', ({ url, config }) => {
    if (/^\/(?:api|almaws)\//.test(url) && config?.access === undefined)
      throw new Error(`The route ${url} does not say who it is for.`)
  })

  // What the route says decides, not how its address is written: `/%61pi/…` is `/api/…` too.
  app.addHook('onRequest', async (request) => {
    const { access, isAskedByItself = false } = request.routeOptions.config
    if (access === undefined) return
    const { actor, sessionEndsAt } = await withinScope('people', () =>
      typeof access === 'object' && access.in === 'key'
        ? identifyByKey(request, context)
        : identify(request, context, !isAskedByItself),
    )
    request.actor = actor
    request.sessionEndsAt = sessionEndsAt
    if (access !== 'open' && request.actor === null)
      throw new Refusal(401, 'SIGNED_OUT', 'Nobody is signed in, or the session is over.', {
        remedy: 'Sign in; what you were doing is still here.',
      })
  })

  // Before the request is looked at any closer: what is wrong with it is told to those who may ask. A body is
  // taken in only from them too, but where it is the body that says which zone is meant.
  app.addHook('preParsing', async (request) => {
    if (!isToldByBody(request)) await hold(request)
  })
  app.addHook('preValidation', async (request) => {
    if (isToldByBody(request)) await hold(request)
  })

  async function hold(request: FastifyRequest): Promise<void> {
    const { access } = request.routeOptions.config
    request.scope = nothing
    if (access === undefined) return
    const zones = access === 'open' ? [] : await withinScope('people', () => listZones(db))
    const { zone, refusal } =
      typeof access === 'object' || access === 'catalogue'
        ? await holdTo(db, request, actorOfRequest(request), access, zones)
        : { zone: null, refusal: null }
    if (access !== 'open') request.scope = scopeOf(actorOfRequest(request), zones)
    request.isHeld = refusal === null
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    // What is open notes itself: who tries to come in is nobody yet.
    if (changes && access !== 'open' && request.actor !== null)
      request.audited = await openAudit(db, request.actor, auditedOf(request, zone))
    if (refusal !== null && refusal !== 'unreadable') throw refusal
  }

  app.addHook('preValidation', (request, _reply, done) => withinScope(request.scope, done))

  // The schema of the route refuses what names no zone and no thing; where it did not, nobody was held to anything.
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.access === undefined || request.isHeld) return
    throw new Refusal(400, 'INVALID_REQUEST', 'The request does not say plainly what it is about.')
  })

  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    const { audited, auditedTarget } = request
    if (audited === null) return
    // What was done stays done, and its answer the same, where its end cannot be noted.
    await closeAudit(db, audited, reply.statusCode, auditedTarget).catch((error: unknown) =>
      request.log.error(error, 'the end of a request could not be noted in the audit trail'),
    )
  })
}

const isToldByBody = ({ routeOptions }: FastifyRequest): boolean => {
  const { access } = routeOptions.config
  return typeof access === 'object' && access.in === 'body'
}

/** What the audit trail keeps of a request. */
export const auditedOf = (request: FastifyRequest, zone: string | null): AuditedRequest => ({
  address: request.ip,
  zone,
  action: `${request.method} ${request.routeOptions.url}`,
  target: targetOf(request),
  requestId: request.id,
})

/** Whoever asks; only for routes that are not open. */
export function actorOfRequest(request: FastifyRequest): Actor {
  if (request.actor === null) throw new Error(`${request.routeOptions.url} is open, and asks who is there`)
  return request.actor
}

/** The name under which what a request does is noted. */
export const byOf = (request: FastifyRequest): string => actorOfRequest(request).name

/** The zones of which somebody sees jobs, issues and exports. */
export async function zonesSeen(db: Database, actor: Actor): Promise<string[]> {
  const zones = await listZones(db)
  return zonesWith(
    actor,
    'zone.view',
    zones.map(({ code }) => code),
  )
}

/** What stood in the places of the pattern, but for the zone, which has its own, and for secrets. */
function targetOf({ params }: FastifyRequest): string | null {
  if (typeof params !== 'object' || params === null) return null
  const parts = Object.entries(params).flatMap(([name, value]) =>
    name === 'zone' || name === 'token' ? [] : [`${name} ${String(value)}`],
  )
  return parts.length === 0 ? null : parts.join(', ').slice(0, 300)
}
