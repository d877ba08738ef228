import type { FastifyRequest } from 'fastify'
import type { Zone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import type { Settling } from '../../inventory/change-item.ts'
import { mayBeDeleted } from '../../inventory/inventory-on.ts'
import { emptying } from '../emptying.ts'
import { AlmaError } from './errors.ts'
import type { Parameters } from './parameters.ts'

/** What the API calls it. */
const settlings: Readonly<Record<string, Settling>> = {
  '': 'keep',
  retain: 'keep',
  suppress: 'suppress',
  delete: 'delete',
}

/** What is asked for by a parameter of a deletion; nothing where it is none of the three. */
export const settlingOf = (parameters: Parameters, name: 'bib' | 'holdings'): Settling | null =>
  settlings[parameters[name] ?? ''] ?? null

/**
 * What becomes of a bib that a deletion leaves without inventory: one that is linked is suppressed where it was to
 * be deleted, since others count on it.
 *
 * @throws {AlmaError} 60218 @throws {Refusal} for what the key's owner may not do
 */
export async function emptyBib(
  db: Database,
  zone: Zone,
  request: FastifyRequest,
  parameters: Parameters,
  mmsId: string,
): Promise<Settling> {
  const asked = settlingOf(parameters, 'bib')
  if (asked === null) throw new AlmaError('60218')
  emptying(request, zone, asked)
  return asked === 'delete' && !(await mayBeDeleted(db, zone, mmsId)) ? 'suppress' : asked
}
