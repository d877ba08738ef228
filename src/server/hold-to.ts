import type { FastifyRequest } from 'fastify'
import { listZones, type Zone, zoneNamed } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import type { Scope } from '../db/scope.ts'
import { noSuchExport } from '../import/gateway-export.ts'
import { noSuchIssue } from '../import/issues.ts'
import { noSuchJob } from '../import/job-row.ts'
import { type Actor, may, type Permission, permissions, zonesWith } from '../people/permissions.ts'
import { roles } from '../people/roles.ts'
import { Refusal } from './refusal.ts'
import { zoneOfKey } from './zone-of-key.ts'

/**
 * Who a route is for; every route of the API says it, and one that does not keeps the server from starting.
 *
 * - `open`: nobody has to be signed in.
 * - `signed-in`: everybody who is; what it lists is narrowed to the zones that the actor sees.
 * - `catalogue`: whoever sees the catalogue of the zone in the address: those with a role in it, and
 *   members of a network that of the network and of the community.
 * - else a permission, in the zone that the address, the body, or the thing in the address names; or in that of
 *   the API key, by which alone such a route is asked (Alma's API).
 */
export type Access =
  | 'open'
  | 'signed-in'
  | 'catalogue'
  | { readonly may: Permission; readonly in: 'zone' | 'body' | 'job' | 'issue' | 'export' | 'any' }
  | { readonly may: Permission; readonly in: 'key' }

/**
 * The zone that a request is about, and why the actor may not do it there. What names no zone and no thing
 * is `unreadable`: that is for the schema of the route to say.
 */
type Held = { readonly zone: string | null; readonly refusal: Error | 'unreadable' | null }

const unreadable: Held = { zone: null, refusal: 'unreadable' }

/** Whether somebody is let in by what a route says. `zones` are all zones. */
export async function holdTo(
  db: Database,
  { params, body, query }: Pick<FastifyRequest, 'params' | 'body' | 'query'>,
  actor: Actor,
  access: Exclude<Access, 'open' | 'signed-in'>,
  zones: readonly Zone[],
): Promise<Held> {
  if (access === 'catalogue') {
    const code = textOf(params, 'zone')
    if (!isZoneCode(code)) return unreadable
    const zone = zoneNamed(zones, code)
    if (seesCatalogue(actor, zone, zones)) return { zone: zone.code, refusal: null }
    const refusal = new Refusal(403, 'NOT_YOUR_ZONE', `You have no role in ${zone.name} (${zone.code}).`, {
      remedy: 'Ask for one whoever looks after its people.',
    })
    return { zone: zone.code, refusal }
  }
  const permission = access.may
  if (access.in === 'any') {
    const codes = zones.map(({ code }) => code)
    const isAnywhere = zonesWith(actor, permission, codes).length > 0
    return { zone: null, refusal: isAnywhere ? null : notAllowed(permission, null) }
  }
  if (access.in === 'key') {
    const { code } = await zoneOfKey(db, actor, textOf(query, 'zone'))
    return { zone: code, refusal: may(actor, permission, code) ? null : notAllowed(permission, code) }
  }
  if (access.in === 'zone' || access.in === 'body') {
    const code = textOf(access.in === 'zone' ? params : body, 'zone')
    if (!isZoneCode(code)) return unreadable
    const zone = zoneNamed(zones, code)
    return {
      zone: zone.code,
      refusal: may(actor, permission, zone.code) ? null : notAllowed(permission, zone.code),
    }
  }
  const { zonesQuery, missing } = things[access.in]
  const id = textOf(params, access.in === 'job' ? 'job' : 'id')
  if (!/^[0-9]{1,16}$/.test(id)) return unreadable
  const rows = await db.query<{ code: string; isSeen: boolean }>(zonesQuery, [id])
  const [own] = rows
  // What is not there the handler says; what is another zone's is told in the same words.
  if (own === undefined) return { zone: null, refusal: null }
  if (!rows.some(({ code, isSeen }) => isSeen && may(actor, 'zone.view', code)))
    return { zone: own.code, refusal: missing(String(Number(id))) }
  const barred =
    permission === 'zone.view' ? undefined : rows.find(({ code }) => !may(actor, permission, code))
  return { zone: own.code, refusal: barred === undefined ? null : notAllowed(permission, barred.code) }
}

/** For what turns out to be about another zone too: a profile that uses the network zone. @throws {Refusal} */
export function holdToZone(actor: Actor, permission: Permission, zone: string): void {
  if (!may(actor, permission, zone)) throw notAllowed(permission, zone)
}

/**
 * For a thing that an address names: its own zone first, then the one of its bibs where that is another;
 * which of them see it; and the words where there is none. Changing it takes the permission in both: in the
 * network somebody acts only by a role held there (D28).
 */
type Thing = { readonly zonesQuery: string; readonly missing: (id: string) => Error }

const things: Readonly<Record<'job' | 'issue' | 'export', Thing>> = {
  job: {
    zonesQuery: `
      select z.code, true as "isSeen" from import_job j join zone z on z.zone_id in (j.zone_id, j.bib_zone_id)
      where j.job_id = $1 order by z.zone_id <> j.zone_id`,
    missing: noSuchJob,
  },
  issue: {
    zonesQuery: `
      select z.code, z.zone_id = i.zone_id as "isSeen"
      from import_issue i
      left join import_job j using (job_id)
      left join gateway_export e using (export_id)
      join zone z on z.zone_id in (i.zone_id, j.bib_zone_id, e.bib_zone_id)
      where i.issue_id = $1 order by z.zone_id <> i.zone_id`,
    missing: noSuchIssue,
  },
  export: {
    zonesQuery: `
      select z.code, true as "isSeen" from gateway_export e join zone z using (zone_id) where e.export_id = $1`,
    missing: noSuchExport,
  },
}

/** What row-level security holds a request of somebody to. `zones` are all zones. */
export function scopeOf(actor: Actor, zones: readonly Zone[]): Scope {
  const numbers = (chosen: readonly Zone[]) => chosen.map(({ zoneId }) => zoneId)
  const own = numbers(zones.filter(({ code }) => may(actor, 'zone.view', code)))
  return {
    catalogue: numbers(zones.filter((zone) => seesCatalogue(actor, zone, zones))),
    own,
    changed: actor.readsOnly ? [] : own,
  }
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
