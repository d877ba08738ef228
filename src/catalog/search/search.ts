import type { Database, Tx } from '../../db/database.ts'
import { errorCode } from '../../db/errors.ts'
import { everyOf, type Query } from '../../rules/search/query.ts'
import type { Entity } from '../../rules/search/search-index.ts'
import type { Zone } from '../zone.ts'
import { countFacets, type Counted } from './facets.ts'
import { countedMost, findHits } from './hits.ts'
import { SearchRefusal } from './refusal.ts'
import { scopeOf } from './scope.ts'
import { type Place, type Sort, sortedPage } from './sorted-page.ts'
import { walk } from './walk.ts'

export type Asked = {
  readonly entity: Entity
  readonly query: Query
  /** Clauses that narrow it further. */
  readonly narrowed: readonly Query[]
}

export type AskedPage = Asked & {
  readonly sort: Sort
  readonly after: Place | null
  readonly limit: number
}

/** Why a page is not all that was asked for. */
export type Shortfall = 'UNSORTED' | 'LOOKED_NO_FURTHER'

/** A page of what a search found: MMS IDs, or the numbers of items or portfolios, as the entity says. */
export type Found = {
  readonly ids: readonly string[]
  /** Not counted further than 10,000; where it is not exact, there are at least so many. */
  readonly total: number
  readonly totalIsExact: boolean
  readonly next: Place | null
  readonly shortfall: Shortfall | null
}

/**
 * Bibs of a zone, or what hangs on them, that a query asks for. In an institution, a linked bib is found by the words
 * and keys of the record that it is linked to (D14), and by these together with its own local fields.
 *
 * Up to 10,000 are found by an index, looked at where only their records tell, and sorted. Of more, the first page's
 * worth is found soonest by walking along them in the order of their numbers; other orders would need all of them.
 *
 * @throws {SearchRefusal} where it cannot be asked, or takes too long
 */
export function search(db: Database, zone: Zone, asked: AskedPage): Promise<Found> {
  const { entity, sort, after, limit } = asked
  const query = wholeQuery(asked)
  return inTime(db, async (tx) => {
    const scope = await scopeOf(tx, zone, entity)
    const hits = await findHits(tx, scope, query, { looksAt: 0 })
    const page = hits.hasMore ? null : await sortedPage(tx, scope, hits, sort, after, limit)
    if (page !== null && page.total <= countedMost) return { ...page, totalIsExact: true, shortfall: null }
    const isInOrder = sort === 'newest' || sort === 'oldest'
    const order = isInOrder ? sort : 'newest'
    const walked = await walk(tx, scope, query, order, after?.id ?? null, limit + 1)
    const ids = walked.ids.slice(0, limit)
    const goesOn = walked.ids.length > limit ? (ids.at(-1) ?? null) : walked.isTired ? walked.reached : null
    return {
      ids,
      total: hits.hasMore ? ids.length : countedMost,
      totalIsExact: false,
      next: goesOn === null ? null : { key: '', id: goesOn },
      shortfall: walked.isTired ? 'LOOKED_NO_FURTHER' : isInOrder ? null : 'UNSORTED',
    }
  })
}

/** @throws {SearchRefusal} as `search` does */
export function searchFacets(db: Database, zone: Zone, asked: Asked): Promise<Counted> {
  return inTime(db, async (tx) => {
    const scope = await scopeOf(tx, zone, asked.entity)
    return countFacets(
      tx,
      scope,
      await findHits(tx, scope, wholeQuery(asked), { looksAt: lookedAtForFacets }),
    )
  })
}

const wholeQuery = ({ query, narrowed }: Asked): Query => everyOf([query, ...narrowed]) ?? query

/** Records that are looked at for facets where there are more candidates than are counted: enough to see what there is. */
const lookedAtForFacets = 2000

/** How long one statement of a search may take. */
const longest = '10s'

/** All of a search sees one moment, and a plan is made for its very words. A few rows are joined to others by their keys: to read all of the others would cost a look at the whole catalogue. */
async function inTime<T>(db: Database, run: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async (tx) => {
      await tx.execute(
        `set transaction isolation level repeatable read, read only;
         set local statement_timeout = '${longest}'; set local plan_cache_mode = force_custom_plan;
         set local enable_hashjoin = off; set local enable_mergejoin = off`,
      )
      return run(tx)
    })
  } catch (error) {
    if (errorCode(error) !== '57014') throw error
    throw new SearchRefusal(
      'SEARCH_TOO_LONG',
      'The search took too long and was stopped.',
      'Narrow it: add a word, an identifier or a language.',
    )
  }
}
