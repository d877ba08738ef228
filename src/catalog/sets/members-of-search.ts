import type { Database } from '../../db/database.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import { readWording } from '../search/asked.ts'
import { countedMost } from '../search/hits.ts'
import { SearchRefusal } from '../search/refusal.ts'
import { search } from '../search/search.ts'
import type { Place } from '../search/sorted-page.ts'
import type { Zone } from '../zone.ts'

/** Everything that a search finds now. @throws {SearchRefusal} SET_TOO_LARGE for more than are counted */
export async function membersOfSearch(
  db: Database,
  zone: Zone,
  entity: Entity,
  query: string,
): Promise<readonly string[]> {
  const asked = {
    ...readWording({ entity, query }),
    sort: 'oldest' as const,
    after: null satisfies Place | null,
  }
  const found = await search(db, zone, { ...asked, limit: countedMost })
  if (found.totalIsExact) return found.ids
  throw new SearchRefusal(
    'SET_TOO_LARGE',
    `The search finds more than ${countedMost.toLocaleString('en')}: so many an itemised set can be made of.`,
    'Narrow the search, or save it as a logical set.',
  )
}
