import type { FastifyReply, FastifyRequest } from 'fastify'
import { getZone, listZones, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { closeAudit, openAudit } from '../people/audit.ts'
import { type Actor, may, type Permission, permissions, zonesWith } from '../people/permissions.ts'
import { roles } from '../people/roles.ts'
import { noSuchExport } from '../import/gateway-export.ts'
import { noSuchIssue } from '../import/issues.ts'
import { noSuchJob } from '../import/job-row.ts'
import type { App } from './app.ts'
import type { ServerContext } from './context.ts'
import { identify } from './identify.ts'
import { Refusal } from './refusal.ts'

/**
 * Who a route is for; every route of the API says it, and one that does not keeps the server from starting.
 *
 * - `open`: nobody has to be signed in.
 * - `signed-in`: everybody who is; what it lists is narrowed to the zones that the actor sees.
 * - `catalogue`: whoever sees the catalogue of the zone in the address: those with a role in it, and
 *   members of a network that of the network and of the community.
 * - else a permission, in the zone that the address, the body, or the thing in the address names.
 */
export type Access =
  | 'open'
  | 'signed-in'
  | 'catalogue'
  | { readonly may: Permission; readonly in: 'zone' | 'body' | 'job' | 'issue' | 'export' | 'any' }

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Nothing where nobody is signed in. */
    actor: Actor | null
    /** When the session ends if nothing more is done. */
    sessionEndsAt: string | null
    audited: number | null
  }
}

/** Finds out who asks, and refuses what they may not; to be called before the routes. */
export function guardRoutes(app: App, context: ServerContext): void {
  const { db } = context
  app.decorateRequest('actor', null)
  app.decorateRequest('sessionEndsAt', null)
  app.decorateRequest('audited', null)

  app.addHook('onRoute', ({ url, config }) => {
    if (url.startsWith('/api/') && config?.access === undefined)
      throw new Error(`The route ${url} does not say who it is for.`)
  })

  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access === undefined || !request.url.startsWith('/api/')) return
    await identify(request, context)
    if (access !== 'open' && request.actor === null)
      throw new Refusal(401, 'SIGNED_OUT', 'Nobody is signed in, or the session is over.', {
        remedy: 'Sign in; what you were doing is still here.',
      })
  })

  // Before the request is looked at any closer: what is wrong with it is told to those who may ask.
  app.addHook('preValidation', async (request) => {
    const { access } = request.routeOptions.config
    if (access === undefined) return
    const zone =
      typeof access === 'object' || access === 'catalogue' ? await holdTo(db, request, access) : null
    if (request.method === 'GET' || request.method === 'HEAD' || request.actor === null) return
    request.audited = await openAudit(db, request.actor, {
      address: request.ip,
      zone: zone ?? zoneNamed(request),
      action: `${request.method} ${request.routeOptions.url}`,
      target: targetOf(request),
      requestId: request.id,
    })
  })

  app.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.audited !== null) await closeAudit(db, request.audited, reply.statusCode)
  })
}

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

/** Of zones as the screens list them, those whose catalogue somebody sees. */
export async function zonesShown<Listed extends { readonly code: string }>(
  db: Database,
  actor: Actor,
  listed: readonly Listed[],
): Promise<Listed[]> {
  const zones = await listZones(db)
  const seen = new Set(zones.filter((zone) => seesCatalogue(actor, zone, zones)).map(({ code }) => code))
  return listed.filter(({ code }) => seen.has(code))
}

/** Whether somebody sees the bibs, the profiles and the rules of a zone. */
function seesCatalogue(actor: Actor, zone: Zone, zones: readonly Zone[]): boolean {
  if (may(actor, 'zone.view', zone.code)) return true
  const memberOf = zones.filter(({ code, kind }) => kind === 'institution' && may(actor, 'zone.view', code))
  if (zone.kind === 'community')
    return memberOf.length > 0 || zones.some(({ code }) => may(actor, 'zone.view', code))
  return memberOf.some(({ networkZoneId }) => networkZoneId === zone.zoneId)
}

async function holdTo(
  db: Database,
  request: FastifyRequest,
  access: Exclude<Access, 'open' | 'signed-in'>,
): Promise<string | null> {
  const actor = actorOfRequest(request)
  if (access === 'catalogue') {
    const code = textOf(request.params, 'zone')
    if (!isZoneCode(code)) return null
    const zone = await getZone(db, code)
    if (!seesCatalogue(actor, zone, await listZones(db)))
      throw new Refusal(403, 'NOT_YOUR_ZONE', `You have no role in ${zone.name} (${zone.code}).`, {
        remedy: 'Ask for one whoever looks after its people.',
      })
    return zone.code
  }
  const permission = access.may
  if (access.in === 'any') {
    const zones = (await listZones(db)).map(({ code }) => code)
    if (zonesWith(actor, permission, zones).length === 0) throw notAllowed(permission, null)
    return null
  }
  if (access.in === 'zone' || access.in === 'body') {
    const code = textOf(access.in === 'zone' ? request.params : request.body, 'zone')
    if (!isZoneCode(code)) return null
    const zone = await getZone(db, code)
    if (!may(actor, permission, zone.code)) throw notAllowed(permission, zone.code)
    return zone.code
  }
  const { zonesQuery, missing } = things[access.in]
  const id = textOf(request.params, access.in === 'job' ? 'job' : 'id')
  if (!/^[0-9]{1,15}$/.test(id)) return null
  const rows = await db.query<{ code: string }>(zonesQuery, [id])
  const [own] = rows
  // What is not there the handler says; what is another zone's is told in the same words.
  if (own === undefined) return null
  if (!rows.some(({ code }) => may(actor, 'zone.view', code))) throw missing(id)
  if (permission !== 'zone.view' && !may(actor, permission, own.code)) throw notAllowed(permission, own.code)
  return own.code
}

/** For a thing that an address names: the zones that see it, its own first, and the words where there is none. */
type Thing = { readonly zonesQuery: string; readonly missing: (id: string) => Error }

const things: Readonly<Record<'job' | 'issue' | 'export', Thing>> = {
  job: {
    zonesQuery: `
      select z.code from import_job j join zone z on z.zone_id in (j.zone_id, j.bib_zone_id)
      where j.job_id = $1 order by z.zone_id <> j.zone_id`,
    missing: noSuchJob,
  },
  issue: {
    zonesQuery: `select z.code from import_issue i join zone z using (zone_id) where i.issue_id = $1`,
    missing: noSuchIssue,
  },
  export: {
    zonesQuery: `select z.code from gateway_export e join zone z using (zone_id) where e.export_id = $1`,
    missing: noSuchExport,
  },
}

function notAllowed(permission: Permission, zone: string | null): Refusal {
  const { meaning, roles: needed } = permissions[permission]
  return new Refusal(
    403,
    'NOT_ALLOWED',
    `You may not do this${zone === null ? '' : ` in ${zone}`}: ${meaning}.`,
    { remedy: `It takes one of these roles: ${needed.map((role) => roles[role]).join(', ')}.` },
  )
}

/** What is no code of a zone is refused by the schema of the route, which has the same pattern. */
const isZoneCode = (text: string): boolean => /^[A-Za-z0-9_]{1,40}$/.test(text)

function textOf(from: unknown, name: string): string {
  const value =
    typeof from === 'object' && from !== null ? (from as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

const zoneNamed = ({ params, body }: FastifyRequest): string | null =>
  textOf(params, 'zone') || textOf(body, 'zone') || null

function targetOf({ params }: FastifyRequest): string | null {
  if (typeof params !== 'object' || params === null) return null
  const parts = Object.entries(params).flatMap(([name, value]) =>
    name === 'zone' ? [] : [`${name} ${String(value)}`],
  )
  return parts.length === 0 ? null : parts.join(', ').slice(0, 300)
}
