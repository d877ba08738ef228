import { readWording } from '../src/catalog/search/asked.ts'
import { search } from '../src/catalog/search/search.ts'
import type { Zone } from '../src/catalog/zone.ts'
import type { Database } from '../src/db/database.ts'

/** The first ten titles that the simple box finds, newest first. */
export async function searchText(db: Database, zone: Zone, text: string): Promise<readonly string[]> {
  const { ids } = await search(db, zone, { ...readWording({ text }), sort: 'newest', after: null, limit: 10 })
  return ids
}
