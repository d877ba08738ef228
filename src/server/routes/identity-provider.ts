import type { FastifyRequest } from 'fastify'
import { openAudit } from '../../people/audit.ts'
import { claimLogin, findByIdentity, linkIdentity, unlinkIdentity } from '../../people/identity.ts'
import { PeopleRefusal } from '../../people/refusal.ts'
import { ApiError } from '../api/error.ts'
import { Done, LeaveFor, LeavingTo, ProviderReturn } from '../api/people.ts'
import { actorOfRequest, auditedOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { cookieOf, leavingCookie, setCookie } from '../identify.ts'
import {
  callbackPath,
  type IdentityProvider,
  type Leaving,
  type Returned,
} from '../../people/identity-provider.ts'
import { Refusal } from '../refusal.ts'
import { isSecure, welcome } from '../welcome.ts'

/** Signing in by an identity provider, where one is set up. */
export function identityProviderRoutes(app: App, { db, provider }: ServerContext): void {
  app.post(
    '/api/identity-provider/leave',
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Where the browser goes to sign in at the identity provider, or to link an account of it',
        body: LeaveFor,
        response: { 200: LeavingTo, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { to } = request.body
      if (to === 'link') ownId(request)
      const { url, leaving } = await there(provider).leave(to, siteOf(request))
      reply.header('set-cookie', setCookie(leavingCookie, pack(leaving), isSecure(request), tenMinutes))
      return { url }
    },
  )

  app.get(
    callbackPath,
    {
      config: { access: 'open' },
      schema: {
        tags: ['people'],
        summary: 'Where the identity provider sends the browser back to',
        querystring: ProviderReturn,
        response: { 302: { type: 'null', description: 'To the screen that comes next.' }, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const leaving = unpack(cookieOf(request, leavingCookie))
      const cleared = setCookie(leavingCookie, '', isSecure(request))
      try {
        if (leaving === null)
          throw new PeopleRefusal('refused', 'PROVIDER_REFUSED', 'Nobody has left from here.', 'Try again.')
        const found = await there(provider).returned(queryOf(request), siteOf(request), leaving)
        if (leaving.to === 'link') {
          await note(request, 'an account is linked', ownId(request))
          await linkIdentity(db, ownId(request), found.identity)
          return await reply.header('set-cookie', cleared).redirect('/account', 302)
        }
        const person = await whoIs(request, found)
        await welcome(db, reply, request, person.id, [cleared])
        return await reply.redirect('/', 302)
      } catch (error) {
        if (!(error instanceof PeopleRefusal)) throw error
        request.log.warn({ code: error.code }, error.message)
        const screen = leaving?.to === 'link' ? '/account' : '/'
        return await reply.header('set-cookie', cleared).redirect(`${screen}?refused=${error.code}`, 302)
      }
    },
  )

  app.delete(
    '/api/me/identity',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['people'],
        summary: 'Takes away the link to one’s own account of the identity provider',
        response: { 200: Done, '4xx': ApiError },
      },
    },
    async (request) => {
      await unlinkIdentity(db, ownId(request), there(provider).issuer)
      return { done: true as const }
    },
  )

  /** Whom an account of the provider lets in, by its link or, the first time, by its login. */
  async function whoIs(request: FastifyRequest, { identity, login }: Returned) {
    const linked = await findByIdentity(db, identity)
    const person = linked ?? (login === null ? null : await claimLogin(db, identity, login))
    await note(
      request,
      person === null ? 'nobody of ours, by the provider' : `login ${person.login}, by the provider`,
      person?.id ?? null,
    )
    if (person === null)
      throw new PeopleRefusal(
        'refused',
        'NOT_LINKED_HERE',
        'The account of the provider lets nobody in here.',
        'Sign in by password once, and link it under Your account.',
      )
    return person
  }

  async function note(request: FastifyRequest, target: string, personId: number | null): Promise<void> {
    const who = { name: request.actor?.name ?? 'nobody', personId, apiKeyId: null }
    request.audited = await openAudit(db, who, { ...auditedOf(request, null), target })
  }
}

const tenMinutes = 600

/** @throws {Refusal} NO_PROVIDER */
function there(provider: IdentityProvider | undefined): IdentityProvider {
  if (provider !== undefined) return provider
  throw new Refusal(404, 'NO_PROVIDER', 'No identity provider is set up here.', {
    remedy: 'Sign in by password.',
  })
}

/** Whoever is signed in, as a person: a key links no accounts. */
function ownId(request: FastifyRequest): number {
  const { personId, apiKeyId } =
    request.actor === null ? { personId: null, apiKeyId: null } : actorOfRequest(request)
  if (personId !== null && apiKeyId === null) return personId
  throw new Refusal(403, 'NOT_A_PERSON', 'This is for people who are signed in.', {
    remedy: 'Sign in in a browser.',
  })
}

/** The address at which the browser sees Accession: its name is one that the server is known by. */
const siteOf = (request: FastifyRequest): string => `${request.protocol}://${request.headers.host ?? ''}`

const queryOf = ({ url }: FastifyRequest): string => url.slice(url.indexOf('?'))

const pack = (leaving: Leaving): string => Buffer.from(JSON.stringify(leaving)).toString('base64url')

function unpack(cookie: string | null): Leaving | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cookie ?? '', 'base64url').toString())
    return isLeaving(value) ? value : null
  } catch {
    return null
  }
}

function isLeaving(value: unknown): value is Leaving {
  if (typeof value !== 'object' || value === null) return false
  const { state, nonce, verifier, to } = value as Record<string, unknown>
  return (
    [state, nonce, verifier].every((text) => typeof text === 'string' && text !== '') &&
    (to === 'sign-in' || to === 'link')
  )
}
