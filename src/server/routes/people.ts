import type { FastifyRequest } from 'fastify'
import { getZone, listZones } from '../../catalog/zone.ts'
import { listAudit } from '../../people/audit.ts'
import { invite } from '../../people/invitation.ts'
import { type Actor, may, permissions, type Permission, whyNot, zonesWith } from '../../people/permissions.ts'
import {
  actorOf,
  addPerson,
  getPerson,
  listPeople,
  noSuchPerson,
  type Person,
  setActive,
  setRoles,
} from '../../people/person.ts'
import { roles } from '../../people/roles.ts'
import { removeSecondFactor } from '../../people/second-factor.ts'
import { ApiError } from '../api/error.ts'
import {
  Activity,
  AuditPage,
  AuditQuery,
  GivenRoles,
  InvitedPerson,
  NewPerson,
  People,
  PermissionMatrix,
  Person as PersonSchema,
  PersonParams,
  PersonZoneParams,
  Why,
  WhyQuery,
} from '../api/people.ts'
import { actorOfRequest, byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { Refusal } from '../refusal.ts'

/** Who works here, by those who look after them. Roles are given zone by zone, each by an administrator of that zone. */
export function peopleRoutes(app: App, { db }: ServerContext): void {
  const managing = { access: { may: 'people.manage', in: 'any' } } as const
  const linkOf = (token: string) => `/welcome/${token}`

  app.get(
    '/api/permissions',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['people'],
        summary: 'The roles, and what each may do',
        response: { 200: PermissionMatrix },
      },
    },
    () => matrix,
  )

  app.get(
    '/api/people',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'Those with a role in a zone that one looks after, and those without any',
        response: { 200: People, '4xx': ApiError },
      },
    },
    async (request) => {
      const actor = actorOfRequest(request)
      return (await listPeople(db)).filter((person) => isLookedAfter(actor, person))
    },
  )

  app.post(
    '/api/people',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'Adds somebody without a role, and answers the link that lets them in',
        body: NewPerson,
        response: { 201: InvitedPerson, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const id = await addPerson(db, request.body, byOf(request))
      noteTarget(request, await getPerson(db, id))
      const link = linkOf(await invite(db, id, byOf(request)))
      return reply.code(201).send({ person: await getPerson(db, id), link })
    },
  )

  app.put(
    '/api/people/:id/roles/:zone',
    {
      config: { access: { may: 'people.manage', in: 'zone' } },
      schema: {
        tags: ['people'],
        summary: 'Gives somebody exactly these roles in the zone',
        params: PersonZoneParams,
        body: GivenRoles,
        response: { 200: PersonSchema, '4xx': ApiError },
      },
    },
    async (request) => {
      const { id, zone } = request.params
      noteTarget(request, await getPerson(db, id), request.body.roles.join(', ') || 'no role')
      await setRoles(db, id, (await getZone(db, zone)).zoneId, request.body.roles, byOf(request))
      return getPerson(db, id)
    },
  )

  app.put(
    '/api/people/:id/active',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'Lets somebody in no more, and ends their sessions; or again',
        params: PersonParams,
        body: Activity,
        response: { 200: PersonSchema, '4xx': ApiError },
      },
    },
    async (request) => {
      const { id } = await wholly(request, request.body.active ? 'let in again' : 'let in no more')
      await setActive(db, id, request.body.active)
      return getPerson(db, id)
    },
  )

  app.post(
    '/api/people/:id/invitation',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'A new link to choose a password by, where the old one is lost',
        params: PersonParams,
        response: { 200: InvitedPerson, '4xx': ApiError },
      },
    },
    async (request) => {
      const person = await wholly(request)
      return { person, link: linkOf(await invite(db, person.id, byOf(request))) }
    },
  )

  app.delete(
    '/api/people/:id/second-factor',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'Takes a second factor away whose authenticator is lost',
        params: PersonParams,
        response: { 200: PersonSchema, '4xx': ApiError },
      },
    },
    async (request) => {
      const { id } = await wholly(request)
      await removeSecondFactor(db, id)
      return getPerson(db, id)
    },
  )

  app.get(
    '/api/people/:id/why',
    {
      config: managing,
      schema: {
        tags: ['people'],
        summary: 'Why somebody may do something in a zone, or may not',
        params: PersonParams,
        querystring: WhyQuery,
        response: { 200: Why, '4xx': ApiError },
      },
    },
    async (request) => {
      const {
        params: { id },
        query: { permission, zone },
      } = request
      const person = await getPerson(db, id)
      if (!isLookedAfter(actorOfRequest(request), person)) throw noSuchPerson(id)
      const zones = (await listZones(db)).map(({ code }) => code)
      const why = whyNot(actorOf(person), permission, (await getZone(db, zone)).code, zones)
      return { ...why, sentence: sentenceOf(person, permission, zone, why) }
    },
  )

  app.get(
    '/api/audit',
    {
      config: { access: { may: 'audit.view', in: 'any' } },
      schema: {
        tags: ['people'],
        summary: 'What was done in the zones that one looks after, newest first',
        querystring: AuditQuery,
        response: { 200: AuditPage, '4xx': ApiError },
      },
    },
    async (request) => {
      const { before, limit = 100 } = request.query
      const zones = (await listZones(db)).map(({ code }) => code)
      const rows = await listAudit(db, zonesWith(actorOfRequest(request), 'audit.view', zones), {
        ...(before === undefined ? {} : { below: readCursor(before, ['number'])[0] }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ id }) => [id])
    },
  )

  /** Somebody all of whose zones one looks after: who lets a person in anew could be that person everywhere. */
  async function wholly(
    request: FastifyRequest & { params: { id: number } },
    what?: string,
  ): Promise<Person> {
    const person = await getPerson(db, request.params.id)
    noteTarget(request, person, what)
    const actor = actorOfRequest(request)
    if (!isLookedAfter(actor, person)) throw noSuchPerson(person.id)
    const other = Object.keys(person.roles).find((zone) => !may(actor, 'people.manage', zone))
    if (other === undefined) return person
    throw new Refusal(
      403,
      'NOT_ALLOWED',
      `${person.name} works in ${other} too, which you do not look after.`,
      {
        remedy: `Ask a General System Administrator of ${other}, or change the roles in your own zones.`,
      },
    )
  }
}

/** Who is meant, and what they are given, for the audit trail. */
function noteTarget(request: FastifyRequest, { name, login }: Person, what?: string): void {
  request.auditedTarget = `${name} (${login})${what === undefined ? '' : `: ${what}`}`
}

/** Whether somebody works in a zone that the actor looks after, or in none yet. */
function isLookedAfter(actor: Actor, { roles: held }: Person): boolean {
  const zones = Object.keys(held)
  return zones.length === 0 || zones.some((zone) => may(actor, 'people.manage', zone))
}

const matrix: PermissionMatrix = {
  roles: Object.entries(roles).map(([code, name]) => ({ code: code as keyof typeof roles, name })),
  permissions: Object.entries(permissions).map(([code, { meaning, roles: holders }]) => ({
    code: code as Permission,
    meaning,
    roles: holders,
  })),
}

function sentenceOf(
  { name, active }: Person,
  permission: Permission,
  zone: string,
  { may: isAllowed, held, needed, elsewhere }: ReturnType<typeof whyNot>,
): string {
  const names = (codes: readonly (keyof typeof roles)[]) => codes.map((role) => roles[role]).join(', ')
  const what = permissions[permission].meaning
  const off = active ? '' : ` ${name} cannot sign in at all at present.`
  if (isAllowed)
    return `${name} may: “${what}” is for ${names(held.filter((role) => needed.includes(role)))} in ${zone}.${off}`
  const has = held.length === 0 ? `no role in ${zone}` : `only ${names(held)} in ${zone}`
  const there =
    elsewhere.length === 0
      ? ''
      : ` It would work in ${elsewhere.join(', ')}: a role counts in its zone alone.`
  return `${name} may not: “${what}” takes one of ${names(needed)}, and ${name} has ${has}.${there}${off}`
}
