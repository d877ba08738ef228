import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../db/database.ts'
import { endSession } from '../people/session.ts'
import { letIn, type SignedIn } from '../people/sign-in.ts'
import { cookieOf, deviceCookie, sessionCookie, setCookie } from './identify.ts'

const aYear = 365 * 24 * 3600

export const isSecure = ({ protocol }: FastifyRequest): boolean => protocol === 'https'

/** Where somebody signs in from. */
export const fromOf = (request: FastifyRequest) => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? null,
  device: cookieOf(request, deviceCookie),
})

/** Begins a session in the browser, for somebody who has shown who they are. */
export const welcome = async (
  db: Database,
  reply: FastifyReply,
  request: FastifyRequest,
  personId: number,
  cookies: readonly string[] = [],
): Promise<void> => receive(db, reply, request, await letIn(db, personId, fromOf(request)), cookies)

/** Sets the cookies of a new session; the one that the browser had ends. */
export async function receive(
  db: Database,
  reply: FastifyReply,
  request: FastifyRequest,
  { token, device }: SignedIn,
  cookies: readonly string[] = [],
): Promise<void> {
  const old = cookieOf(request, sessionCookie)
  if (old !== null) await endSession(db, old)
  reply.header('set-cookie', [
    setCookie(sessionCookie, token, isSecure(request)),
    setCookie(deviceCookie, device, isSecure(request), aYear),
    ...cookies,
  ])
}
