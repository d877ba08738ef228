import type { Database, Queryable } from '../../db/database.ts'
import { errorCode } from '../../db/errors.ts'
import { textArray } from '../../db/text-array.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { partOf } from '../part.ts'
import { tableOfEntity } from '../search/inventory-condition.ts'
import { SearchRefusal } from '../search/refusal.ts'
import type { Zone } from '../zone.ts'

/** A set of titles, items or portfolios of a zone. */
export type SavedSet = {
  readonly id: number
  readonly name: string
  readonly note: string | null
  readonly kind: 'itemised' | 'logical'
  readonly entity: Entity
  /** Of a logical one; CQL. */
  readonly query: string | null
  /** Of an itemised one; a logical one has what its search finds. */
  readonly members: number | null
  readonly madeAt: string
  readonly madeBy: string | null
}

const columns = `s.set_id as id, s.name, s.note, s.kind, s.entity, s.query, s.made_at as "madeAt", s.made_by as "madeBy",
  case when s.kind = 'itemised' then (select count(*)::int from saved_set_member m where m.set_id = s.set_id and m.zone_id = s.zone_id) end as members`

export const listSets = (db: Queryable, zone: Zone): Promise<SavedSet[]> =>
  db.query<SavedSet>(`select ${columns} from saved_set s where s.zone_id = $1 order by lower(s.name)`, [
    zone.zoneId,
  ])

/** @throws {SearchRefusal} NO_SUCH_SET */
export async function getSet(db: Queryable, zone: Zone, id: number): Promise<SavedSet> {
  const [set] = await db.query<SavedSet>(
    `select ${columns} from saved_set s where s.zone_id = $1 and s.set_id = $2`,
    [zone.zoneId, id],
  )
  if (set === undefined)
    throw new SearchRefusal(
      'NO_SUCH_SET',
      `${zone.code} has no set ${id}.`,
      'List its sets to see their numbers.',
    )
  return set
}

export type NewSet = {
  readonly name: string
  readonly note: string | null
  readonly entity: Entity
} & ({ readonly query: string } | { readonly members: readonly string[] })

/** @throws {SearchRefusal} SET_EXISTS where the zone has one of that name, in whatever case */
export const addSet = (db: Database, zone: Zone, set: NewSet, by: string | null): Promise<number> =>
  withNameOf(zone, set.name, () =>
    db.transaction(async (tx) => {
      const query = 'query' in set ? set.query : null
      const [row] = await tx.query<{ id: number }>(
        `insert into saved_set (zone_id, name, note, kind, entity, query, made_by) values ($1, $2, $3, $4, $5, $6, $7)
         returning set_id as id`,
        [
          zone.zoneId,
          set.name.trim(),
          set.note,
          query === null ? 'itemised' : 'logical',
          set.entity,
          query,
          by,
        ],
      )
      if (row === undefined) throw new Error('A set was not added.')
      if ('members' in set) await insertMembers(tx, zone, row.id, set.members, by)
      return row.id
    }),
  )

/** Calls a set something else. @throws {SearchRefusal} NO_SUCH_SET, SET_EXISTS */
export const renameSet = (
  db: Queryable,
  zone: Zone,
  id: number,
  { name, note }: Pick<NewSet, 'name' | 'note'>,
): Promise<void> =>
  withNameOf(zone, name, async () => {
    await getSet(db, zone, id)
    await db.execute(`update saved_set set name = $3, note = $4 where zone_id = $1 and set_id = $2`, [
      zone.zoneId,
      id,
      name.trim(),
      note,
    ])
  })

async function withNameOf<Result>(zone: Zone, name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (errorCode(error) !== '23505') throw error
    throw new SearchRefusal(
      'SET_EXISTS',
      `${zone.code} has a set ${name.trim()} already.`,
      'Give it another name, or remove the other.',
    )
  }
}

/** Answers what it was. @throws {SearchRefusal} NO_SUCH_SET */
export const removeSet = (db: Database, zone: Zone, id: number): Promise<SavedSet> =>
  db.transaction(async (tx) => {
    const set = await getSet(tx, zone, id)
    await tx.execute(`delete from saved_set_member where set_id = $1`, [id])
    await tx.execute(`delete from saved_set where set_id = $1`, [id])
    return set
  })

/** Adds and removes members of an itemised set; those that are there, or are not, already stay so. */
export const changeMembers = (
  db: Database,
  zone: Zone,
  id: number,
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
  by: string | null,
): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.query(`select from saved_set where set_id = $1 for update`, [id])
    const { kind } = await getSet(tx, zone, id)
    if (kind === 'logical') {
      throw new SearchRefusal(
        'SET_IS_LOGICAL',
        'The members of a logical set are what its search finds.',
        'Make an itemised set of them first.',
      )
    }
    await tx.execute(`delete from saved_set_member where set_id = $1 and member_id = any($2::text[])`, [
      id,
      remove,
    ])
    await insertMembers(tx, zone, id, add, by)
  })

async function insertMembers(
  tx: Queryable,
  zone: Zone,
  id: number,
  members: readonly string[],
  by: string | null,
): Promise<void> {
  if (members.length === 0) return
  await tx.execute(
    `insert into saved_set_member (set_id, zone_id, member_id, added_by, part)
     select $1, $2, m.id, $5, m.part from unnest($3::text[], $4::smallint[]) as m (id, part) on conflict do nothing`,
    [id, zone.zoneId, textArray(members), members.map(partOf), by],
  )
}

const tableOf = (entity: Entity) => {
  const table = tableOfEntity[entity]
  return table === null ? { name: 'bib', id: 'mms_id' } : { name: table, id: `${table}_id` }
}

const isGone = (entity: Entity): string =>
  `not exists (select from ${tableOf(entity).name} t where t.zone_id = m.zone_id and t.${tableOf(entity).id} = m.member_id)`

/** How many members of an itemised set are in the catalogue no more. */
export async function countGone(db: Queryable, { id, entity }: SavedSet): Promise<number> {
  const [row] = await db.query<{ gone: number }>(
    `select count(*)::int as gone from saved_set_member m where m.set_id = $1 and ${isGone(entity)}`,
    [id],
  )
  return row?.gone ?? 0
}

/** Takes those out. */
export const removeGone = (db: Queryable, { id, entity }: SavedSet): Promise<number> =>
  db.execute(`delete from saved_set_member m where m.set_id = $1 and ${isGone(entity)}`, [id])

/** Numbers of an itemised set’s members behind one of them, in their order. */
export async function listMembers(
  db: Queryable,
  id: number,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db.query<{ member: string }>(
    `select member_id as member from saved_set_member
     where set_id = $1 and member_id > $2 order by member_id limit $3`,
    [id, after ?? '', limit],
  )
  return rows.map(({ member }) => member)
}
