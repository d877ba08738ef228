import type { FastifyRequest } from 'fastify'
import type { Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { actorOfRequest } from '../access.ts'
import { zoneOfKey } from '../zone-of-key.ts'
import { AlmaError } from './errors.ts'
import { type Parameters, parametersOf } from './parameters.ts'

/** What a request is about. */
export type Asked = { readonly parameters: Parameters; readonly zone: Zone }

export async function askedOf(db: Database, request: FastifyRequest): Promise<Asked> {
  const parameters = parametersOf(request.query)
  return { parameters, zone: await zoneOfKey(db, actorOfRequest(request), parameters['zone']) }
}

/** The same of one that writes. @throws {AlmaError} 60105 for a body that is called JSON, 4022040 for a level */
export async function askedToWrite(db: Database, request: FastifyRequest): Promise<Asked> {
  if (/\bjson\b/i.test(request.headers['content-type'] ?? '')) throw new AlmaError('60105')
  const asked = await askedOf(db, request)
  refuseLevels(asked.parameters)
  return asked
}

/** There are no levels of cataloguers here: who asks for one counts on it. */
export function refuseLevels(parameters: Parameters): void {
  if ((parameters['cataloger_level'] ?? '') !== '') throw new AlmaError('4022040')
}

export const bodyOf = ({ body }: FastifyRequest): Uint8Array =>
  body instanceof Uint8Array ? body : new Uint8Array()
