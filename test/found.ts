import { readWording } from '../src/catalog/search/asked.ts'
import { search } from '../src/catalog/search/search.ts'
import { getZone } from '../src/catalog/zone.ts'
import type { Database } from '../src/db/database.ts'

/** The MMS IDs of the first ten titles that plain words find in a zone, newest first. */
export async function foundBy(db: Database, zone: string, text: string): Promise<readonly string[]> {
  const asked = { ...readWording({ text }), sort: 'newest', after: null, limit: 10 } as const
  return (await search(db, await getZone(db, zone), asked)).ids
}
