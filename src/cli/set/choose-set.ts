import { listSets, type SavedSet } from '../../catalog/sets/saved-set.ts'
import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { nearest } from '../../rules/nearest.ts'
import { typeOfEntity } from '../entities.ts'
import { CommandFailure } from '../failure.ts'

export const setArgument = {
  set: { type: 'text', shown: 'SET', meaning: 'name of the set, or its number' },
} as const

/** A set by its name in any case, or by its number. @throws {CommandFailure} with the one that may have been meant */
export async function chooseSet(db: Queryable, zone: Zone, given: string): Promise<SavedSet> {
  const sets = await listSets(db, zone)
  const found =
    sets.find(({ name }) => name.toLowerCase() === given.trim().toLowerCase()) ??
    sets.find(({ id }) => String(id) === given)
  if (found !== undefined) return found
  const near = nearest(
    given,
    sets.map(({ name }) => name),
  )
  throw new CommandFailure(
    `Zone ${zone.code} has no set ${given}.`,
    near === null
      ? `accession set list --zone ${zone.code} lists its sets.`
      : `The nearest is ${near}; accession set list --zone ${zone.code} lists them.`,
  )
}

export const setJson = '{ set, name, note, kind, type, query, members, made_at, made_by }'

export const setRow = ({ id, name, note, kind, entity, query, members, madeAt, madeBy }: SavedSet) => ({
  set: id,
  name,
  note,
  kind,
  type: typeOfEntity(entity),
  query,
  members,
  made_at: madeAt,
  made_by: madeBy,
})
