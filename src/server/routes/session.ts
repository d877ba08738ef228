import { openAudit } from '../../people/audit.ts'
import { isAnybodyThere } from '../../people/person.ts'
import { identitySince } from '../../people/identity.ts'
import { acceptInvitation, getInvitation } from '../../people/invitation.ts'
import { may, type Permission, permissions } from '../../people/permissions.ts'
import { endSession } from '../../people/session.ts'
import { signIn as signInPerson, type Tried } from '../../people/sign-in.ts'
import { listZones } from '../../catalog/zone.ts'
import type { FastifyRequest } from 'fastify'
import { ApiError } from '../api/error.ts'
import {
  AcceptInvitation,
  ChosenPersona,
  Done,
  Invitation,
  InvitationParams,
  Me,
  SignIn,
} from '../api/people.ts'
import { auditedOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { cookieOf, personaCookie, personaOf, sessionCookie, setCookie } from '../identify.ts'
import { Refusal } from '../refusal.ts'
import { fromOf, isSecure, receive, welcome } from '../welcome.ts'

/** Coming in and going out. */
export function sessionRoutes(app: App, context: ServerContext): void {
  const { db, signIn } = context

  app.get(
    '/api/me',
    {
      config: { access: 'open', isAskedByItself: true },
      schema: {
        tags: ['people'],
        summary: 'Who is signed in, and how somebody signs in',
        response: { 200: Me },
      },
    },
    (request) => meOf(request, context),
  )

  app.post(
    '/api/session',
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Signs in, by a cookie that lasts until eight hours after the last request, a day at most',
        body: SignIn,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      refusePersonas(context)
      const note = (tried: Tried | null) =>
        noteOpen(request, tried === null ? 'an unknown login' : `login ${tried.login}`, tried?.id ?? null)
      await receive(db, reply, request, await signInPerson(db, request.body, fromOf(request), note))
      return { done: true as const }
    },
  )

  app.delete(
    '/api/session',
    {
      config: { access: 'signed-in' },
      schema: { tags: ['people'], summary: 'Signs out', response: { 200: Done, '4xx': ApiError } },
    },
    async (request, reply) => {
      const token = cookieOf(request, sessionCookie)
      if (token !== null) await endSession(db, token)
      reply.header('set-cookie', setCookie(sessionCookie, '', isSecure(request)))
      return { done: true as const }
    },
  )

  app.put(
    '/api/persona',
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Of the demo: whom the visitor is',
        body: ChosenPersona,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { persona } = request.body
      const offered = signIn.by === 'persona' ? signIn.personas : []
      if (!offered.some(({ code }) => code === persona))
        throw new Refusal(404, 'NO_SUCH_PERSONA', `There is no persona ${persona} here.`)
      reply.header('set-cookie', setCookie(personaCookie, persona, isSecure(request)))
      return { done: true as const }
    },
  )

  app.get(
    '/api/invitations/:token',
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Whom a link of invitation is for',
        params: InvitationParams,
        response: { 200: Invitation, '4xx': ApiError },
      },
    },
    ({ params: { token } }) => getInvitation(db, token),
  )

  app.post(
    '/api/invitations/:token',
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Takes an invitation up: chooses a password, and is signed in',
        description: 'Whoever has a second factor is not signed in by it: that takes the code.',
        params: InvitationParams,
        body: AcceptInvitation,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      refusePersonas(context)
      const note = (whose: Tried | null) =>
        noteOpen(request, whose === null ? 'the first person' : `login ${whose.login}`, whose?.id ?? null)
      const { id, hasSecondFactor } = await acceptInvitation(db, request.params.token, request.body, note)
      if (!hasSecondFactor) await welcome(db, reply, request, id)
      return { done: true as const }
    },
  )

  /** Notes in the audit trail what somebody who is not signed in yet tries to be. */
  async function noteOpen(request: FastifyRequest, target: string, personId: number | null): Promise<void> {
    const nobody = { name: 'nobody', personId, apiKeyId: null }
    request.audited = await openAudit(db, nobody, { ...auditedOf(request, null), target })
  }
}

function refusePersonas({ signIn }: ServerContext): void {
  if (signIn.by === 'persona')
    throw new Refusal(409, 'DEMO', 'Nobody signs in to the demo: choose a persona.', {
      remedy: 'Start Accession without --demo to have people of your own.',
    })
}

async function meOf(request: FastifyRequest, { db, signIn, provider }: ServerContext): Promise<Me> {
  const { actor, sessionEndsAt } = request
  const persona = signIn.by === 'persona' ? personaOf(request, signIn.personas) : null
  const shared = {
    signIn: signIn.by,
    provider: signIn.by === 'password' ? (provider?.name ?? null) : null,
    isNew: signIn.by === 'password' && actor === null && !(await isAnybodyThere(db)),
    personas:
      signIn.by === 'persona' ? signIn.personas.map(({ code, name, about }) => ({ code, name, about })) : [],
  }
  if (actor === null) return { ...shared, me: null }
  const zones = await listZones(db)
  const all = Object.keys(permissions) as Permission[]
  const [person] = await db.query<{ login: string; hasSecondFactor: boolean }>(
    `select login, totp_secret is not null as "hasSecondFactor" from person where person_id = $1`,
    [actor.personId],
  )
  return {
    ...shared,
    me: {
      name: actor.name,
      login: person?.login ?? null,
      persona: persona?.code ?? null,
      hasSecondFactor: person?.hasSecondFactor ?? false,
      linkedSince:
        provider === undefined || actor.personId === null
          ? null
          : await identitySince(db, actor.personId, provider.issuer),
      roles: actor.roles,
      may: Object.fromEntries(
        zones.map(({ code }) => [code, all.filter((permission) => may(actor, permission, code))]),
      ),
      sessionEndsAt,
    },
  }
}
