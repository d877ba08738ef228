import type { FastifyRequest } from 'fastify'
import { addApiKey, listApiKeys, revokeApiKey } from '../../people/api-key.ts'
import { changePassword, provePassword } from '../../people/own-password.ts'
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from '../../people/second-factor.ts'
import { endSessions } from '../../people/session.ts'
import { ApiError } from '../api/error.ts'
import {
  ApiKeyParams,
  ApiKeys,
  ChangedPassword,
  ConfirmFactor,
  Done,
  MadeApiKey,
  NewApiKey,
  OwnPassword,
  PendingFactor,
  RecoveryCodes,
} from '../api/people.ts'
import { actorOfRequest } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { cookieOf, sessionCookie } from '../identify.ts'
import { Refusal } from '../refusal.ts'

/** What somebody does with their own account. A key does none of it: who has stolen one could make others. */
export function accountRoutes(app: App, { db }: ServerContext): void {
  const config = { access: 'signed-in' } as const
  const done = { done: true as const }

  app.get(
    '/api/me/keys',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'One’s own API keys',
        response: { 200: ApiKeys, '4xx': ApiError },
      },
    },
    (request) => listApiKeys(db, ownerOf(request)),
  )

  app.post(
    '/api/me/keys',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Makes an API key with some of one’s own rights',
        body: NewApiKey,
        response: { 201: MadeApiKey, '4xx': ApiError },
      },
    },
    async (request, reply) => reply.code(201).send(await addApiKey(db, ownerOf(request), request.body)),
  )

  app.delete(
    '/api/me/keys/:id',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Revokes an API key at once',
        params: ApiKeyParams,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request) => {
      await revokeApiKey(db, ownerOf(request), request.params.id)
      return done
    },
  )

  app.put(
    '/api/me/password',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Changes one’s own password; other sessions end',
        body: ChangedPassword,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request) => {
      await changePassword(db, ownerOf(request), request.body)
      await endSessions(db, ownerOf(request), cookieOf(request, sessionCookie))
      return done
    },
  )

  app.delete(
    '/api/me/sessions',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Ends all other sessions',
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request) => {
      await endSessions(db, ownerOf(request), cookieOf(request, sessionCookie))
      return done
    },
  )

  app.post(
    '/api/me/second-factor',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Begins to set up a second factor; it counts from its first code on',
        response: { 200: PendingFactor, '4xx': ApiError },
      },
    },
    (request) => beginSecondFactor(db, ownerOf(request)),
  )

  app.put(
    '/api/me/second-factor',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Sets it up, by the authenticator’s first code; answers recovery codes',
        body: ConfirmFactor,
        response: { 200: RecoveryCodes, '4xx': ApiError },
      },
    },
    async (request) => ({ codes: await confirmSecondFactor(db, ownerOf(request), request.body.code) }),
  )

  app.post(
    '/api/me/second-factor/removal',
    {
      config,
      schema: {
        tags: ['people'],
        summary: 'Takes it away, by the present password',
        body: OwnPassword,
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request) => {
      await provePassword(db, ownerOf(request), request.body.password)
      await removeSecondFactor(db, ownerOf(request))
      return done
    },
  )
}

function ownerOf(request: FastifyRequest): number {
  const { personId, apiKeyId } = actorOfRequest(request)
  if (personId !== null && apiKeyId === null) return personId
  throw new Refusal(
    403,
    'NOT_A_PERSON',
    'An account is its person’s alone: neither a key nor a persona has one.',
  )
}
