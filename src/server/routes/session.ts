import { isAnybodyThere } from '../../people/person.ts'
import { acceptInvitation, getInvitation } from '../../people/invitation.ts'
import { may, type Permission, permissions } from '../../people/permissions.ts'
import { beginSession, endSession } from '../../people/session.ts'
import { signIn as signInPerson } from '../../people/sign-in.ts'
import { listZones } from '../../catalog/zone.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { cookieOf, personaCookie, personaOf, sessionCookie, setCookie } from '../identify.ts'
import { Refusal } from '../refusal.ts'

/** Coming in and going out. */
export function sessionRoutes(app: App, context: ServerContext): void {
  const { db, signIn } = context

  app.get(
    '/api/me',
    {
      config: { access: 'open' },
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
      const token = await signInPerson(db, request.body, fromOf(request))
      return letIn(reply, token, request)
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
        params: InvitationParams,
        body: AcceptInvitation,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      refusePersonas(context)
      const id = await acceptInvitation(db, request.params.token, request.body)
      return letIn(reply, await beginSession(db, id, fromOf(request)), request)
    },
  )
}

function letIn(reply: FastifyReply, token: string, request: FastifyRequest) {
  reply.header('set-cookie', setCookie(sessionCookie, token, isSecure(request)))
  return { done: true as const }
}

const isSecure = ({ protocol }: FastifyRequest): boolean => protocol === 'https'

const fromOf = ({ ip, headers }: FastifyRequest) => ({
  address: ip,
  agent: headers['user-agent'] ?? null,
})

function refusePersonas({ signIn }: ServerContext): void {
  if (signIn.by === 'persona')
    throw new Refusal(409, 'DEMO', 'Nobody signs in to the demo: choose a persona.', {
      remedy: 'Start Accession without --demo to have people of your own.',
    })
}

async function meOf(request: FastifyRequest, { db, signIn }: ServerContext): Promise<Me> {
  const { actor, sessionEndsAt } = request
  const persona = signIn.by === 'persona' ? personaOf(request, signIn.personas) : null
  const shared = {
    signIn: signIn.by,
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
      roles: actor.roles,
      may: Object.fromEntries(
        zones.map(({ code }) => [code, all.filter((permission) => may(actor, permission, code))]),
      ),
      sessionEndsAt,
    },
  }
}
