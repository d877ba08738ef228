import { readWording } from '../catalog/search/asked.ts'
import { countedMost } from '../catalog/search/hits.ts'
import { tableOfEntity } from '../catalog/search/inventory-condition.ts'
import { search } from '../catalog/search/search.ts'
import type { Place } from '../catalog/search/sorted-page.ts'
import { getSet, listMembers } from '../catalog/sets/saved-set.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { Entity } from '../rules/search/search-index.ts'
import { ImportRefusal } from './refusal.ts'
import { storeStream } from './store.ts'

/** What names the bibs of a job besides a list of their numbers. */
export type NamedBibs =
  | { readonly set: number }
  | { readonly search: { readonly entity?: Entity; readonly query: string } }

/** A stored list of MMS IDs. */
export type StoredList = { readonly sha256: string; readonly name: string }

/**
 * Stores the numbers of the bibs that a set has, or that a search finds, at this moment; of items and portfolios
 * those of the bibs that they hang on, each once.
 *
 * @throws {SearchRefusal} where there is no such set, or the query cannot be asked
 * @throws {ImportRefusal} NO_BIBS where it comes to none
 */
export async function storeBibsOf(
  db: Database,
  dataDir: string,
  zone: Zone,
  named: NamedBibs,
): Promise<StoredList> {
  const { name, entity, pages } = await openPages(db, zone, named)
  const lines = linesOf(db, zone, entity, pages)
  const first = await lines.next()
  if (first.done === true)
    throw new ImportRefusal(
      'invalid',
      'NO_BIBS',
      `${name} has no bibs in ${zone.name} (${zone.code}).`,
      'Choose another set or search; a set may have lost its members.',
    )
  const { sha256 } = await storeStream(dataDir, startingWith(first.value, lines))
  return { sha256, name: name.slice(0, longestName) }
}

const longestName = 1000

type Pages = {
  readonly name: string
  readonly entity: Entity
  readonly pages: AsyncIterable<readonly string[]>
}

async function openPages(db: Database, zone: Zone, named: NamedBibs): Promise<Pages> {
  if ('search' in named) {
    const { entity = 'all-titles', query } = named.search
    return { name: query, entity, pages: pagesOfSearch(db, zone, entity, query) }
  }
  const { id, name, entity, query } = await getSet(db, zone, named.set)
  return {
    name,
    entity,
    pages: query === null ? pagesOfMembers(db, id) : pagesOfSearch(db, zone, entity, query),
  }
}

async function* pagesOfMembers(db: Database, set: number): AsyncGenerator<readonly string[]> {
  for (let after: string | null = null; ; ) {
    const page: string[] = await listMembers(db, set, after, countedMost)
    if (page.length > 0) yield page
    if (page.length < countedMost) return
    after = page.at(-1) ?? null
  }
}

async function* pagesOfSearch(
  db: Database,
  zone: Zone,
  entity: Entity,
  query: string,
): AsyncGenerator<readonly string[]> {
  const asked = readWording({ entity, query })
  let after: Place | null = null
  do {
    const found: Awaited<ReturnType<typeof search>> = await search(db, zone, {
      ...asked,
      sort: 'oldest',
      after,
      limit: countedMost,
    })
    yield found.ids
    after = found.next
  } while (after !== null)
}

async function* linesOf(
  db: Database,
  zone: Zone,
  entity: Entity,
  pages: AsyncIterable<readonly string[]>,
): AsyncGenerator<Uint8Array, undefined> {
  const named = new Set<string>()
  for await (const page of pages) {
    const mmsIds = (await bibsOf(db, zone, entity, page)).filter((mmsId) => !named.has(mmsId))
    for (const mmsId of mmsIds) named.add(mmsId)
    if (mmsIds.length > 0) yield Buffer.from(mmsIds.map((mmsId) => `${mmsId}\n`).join(''))
  }
  return undefined
}

async function bibsOf(
  db: Database,
  { zoneId }: Zone,
  entity: Entity,
  ids: readonly string[],
): Promise<readonly string[]> {
  const table = tableOfEntity[entity]
  if (table === null) return ids
  const rows = await db.query<{ mmsId: string }>(
    `select distinct mms_id as "mmsId" from ${table}
     where zone_id = $1 and ${table}_id = any($2::text[]) order by mms_id`,
    [zoneId, textArray(ids)],
  )
  return rows.map(({ mmsId }) => mmsId)
}

async function* startingWith(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}
