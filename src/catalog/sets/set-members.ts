import type { Database } from '../../db/database.ts'
import { readWording } from '../search/asked.ts'
import { type FoundRow, foundRows } from '../search/found-rows.ts'
import { search } from '../search/search.ts'
import type { Place } from '../search/sorted-page.ts'
import type { Zone } from '../zone.ts'
import { listMembers, type SavedSet } from './saved-set.ts'

/** A page of the numbers that are in a set, oldest first. */
export type MemberPage = {
  readonly ids: readonly string[]
  readonly total: number
  readonly totalIsExact: boolean
  readonly next: Place | null
}

/** Of a logical set what its search finds now. @throws {SearchRefusal} where it cannot be asked any more */
export async function pageOfMembers(
  db: Database,
  zone: Zone,
  set: SavedSet,
  after: Place | null,
  limit: number,
): Promise<MemberPage> {
  if (set.query !== null) {
    const asked = readWording({ entity: set.entity, query: set.query })
    return search(db, zone, { ...asked, sort: 'oldest', after, limit })
  }
  const found = await listMembers(db, set.id, after?.id ?? null, limit + 1)
  const ids = found.slice(0, limit)
  const last = ids.at(-1)
  const next = found.length > limit && last !== undefined ? { key: '', id: last } : null
  return { ids, next, total: set.members ?? 0, totalIsExact: true }
}

/** Members of one look at the catalogue. */
const pageSize = 250

/** All that is in a set and in the catalogue, a page at a time. */
export async function* streamMembers(
  db: Database,
  zone: Zone,
  set: SavedSet,
): AsyncGenerator<readonly FoundRow[]> {
  let after: Place | null = null
  do {
    const page: MemberPage = await pageOfMembers(db, zone, set, after, pageSize)
    yield await foundRows(db, zone, set.entity, page.ids)
    after = page.next
  } while (after !== null)
}
