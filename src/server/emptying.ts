import type { FastifyRequest } from 'fastify'
import type { Zone } from '../catalog/zone.ts'
import type { Settling } from '../inventory/change-item.ts'
import { actorOfRequest, byOf } from './access.ts'
import { holdToZone } from './hold-to.ts'

/**
 * What becomes of a bib that is left without inventory, and by whom.
 *
 * @throws {Refusal} where the actor may not do that with bibs
 */
export function emptying(
  request: FastifyRequest,
  { code }: Zone,
  empty: Settling = 'keep',
): { readonly empty: Settling; readonly by: string } {
  if (empty === 'delete') holdToZone(actorOfRequest(request), 'bib.delete', code)
  if (empty === 'suppress') holdToZone(actorOfRequest(request), 'bib.edit', code)
  return { empty, by: byOf(request) }
}
