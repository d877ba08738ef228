import type { FastifyRequest } from 'fastify'
import { findKeyActor } from '../people/api-key.ts'
import type { Actor } from '../people/permissions.ts'
import { findSession } from '../people/session.ts'
import type { Persona, ServerContext } from './context.ts'

export const sessionCookie = 'accession_session'
export const personaCookie = 'accession_persona'

/** Notes on the request who asks: by an API key, by a session, or in the demo as a persona. */
export async function identify(request: FastifyRequest, { db, signIn }: ServerContext): Promise<void> {
  const key = /^Bearer (acc_\S{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
  if (key !== undefined) {
    request.actor = await findKeyActor(db, key)
    return
  }
  if (signIn.by === 'persona') {
    request.actor = actorOfPersona(personaOf(request, signIn.personas))
    return
  }
  const token = cookieOf(request, sessionCookie)
  const session = token === null ? null : await findSession(db, token)
  request.actor = session?.actor ?? null
  request.sessionEndsAt = session?.endsAt ?? null
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

/** For the session that ends with the browser; no script reads it, and no other site sends it along. */
export const setCookie = (name: string, value: string, isSecure: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${value === '' ? '; Max-Age=0' : ''}`
