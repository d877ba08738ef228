import type { FastifyRequest } from 'fastify'
import { findKeyActor } from '../people/api-key.ts'
import type { Actor } from '../people/permissions.ts'
import { findSession } from '../people/session.ts'
import type { Persona, ServerContext } from './context.ts'

export const sessionCookie = 'accession_session'
export const personaCookie = 'accession_persona'
/** By which a browser is known to those who have signed in in it; it lets nobody in. */
export const deviceCookie = 'accession_device'
/** What a browser keeps while its person is at the identity provider. */
export const leavingCookie = 'accession_leaving'

export type Asking = {
  /** Nothing where nobody is signed in. */
  readonly actor: Actor | null
  readonly sessionEndsAt: string | null
}

/**
 * Who asks: by an API key, by a session, or in the demo as a persona. `isLife` is whether a session lives
 * longer for it.
 */
export async function identify(
  request: FastifyRequest,
  { db, signIn }: ServerContext,
  isLife: boolean,
): Promise<Asking> {
  const key = /^Bearer (acc_\S{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  if (key !== undefined) return { actor: await findKeyActor(db, key), sessionEndsAt: null }
  if (signIn.by === 'persona')
    return { actor: actorOfPersona(personaOf(request, signIn.personas)), sessionEndsAt: null }
  const token = cookieOf(request, sessionCookie)
  const session = token === null ? null : await findSession(db, token, isLife)
  return { actor: session?.actor ?? null, sessionEndsAt: session?.endsAt ?? null }
}

/** Who asks Alma's API: by an API key alone, as its clients send it, in the header or in the query. */
export async function identifyByKey(
  { headers, query }: FastifyRequest,
  { db }: Pick<ServerContext, 'db'>,
): Promise<Asking> {
  const given = /^(?:apikey|Bearer) (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const asked = typeof query === 'object' && query !== null ? Reflect.get(query, 'apikey') : undefined
  const key = given ?? asked
  const isKey = typeof key === 'string' && /^acc_\S{20,100}$/.test(key)
  return { actor: isKey ? await findKeyActor(db, key) : null, sessionEndsAt: null }
}

export function personaOf(request: FastifyRequest, personas: readonly [Persona, ...Persona[]]): Persona {
  const code = cookieOf(request, personaCookie)
  return personas.find((persona) => persona.code === code) ?? personas[0]
}

const actorOfPersona = ({ name, roles }: Persona): Actor => ({
  name,
  personId: null,
  apiKeyId: null,
  roles,
  readsOnly: false,
})

/** The value of a cookie of ours, which never has a quote or an escape in it. */
export function cookieOf({ headers }: FastifyRequest, name: string): string | null {
  for (const part of (headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined && value !== '') return value
  }
  return null
}

/** Ends with the browser, where no time is said, in seconds; no script reads it, and no other site sends it along. */
export function setCookie(name: string, value: string, isSecure: boolean, seconds?: number): string {
  const life = value === '' ? 0 : seconds
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${life === undefined ? '' : `; Max-Age=${life}`}`
}
