import type { Queryable } from '../../db/database.ts'
import { valueOf } from './column-condition.ts'
import { countedMost, type Hits } from './hits.ts'
import { bibOfHit, joinsOf } from './rows-sql.ts'
import type { Scope } from './scope.ts'
import type { Statement } from './statement.ts'

export const sorts = ['newest', 'oldest', 'title', 'creator', 'year', 'year-oldest'] as const
export type Sort = (typeof sorts)[number]

/** Where a page goes on: behind the row of this number, which has this to be sorted by. */
export type Place = { readonly key: string; readonly id: string }

export type SortedPage = {
  readonly ids: readonly string[]
  readonly next: Place | null
  /** One more than are counted where there are more; then the page is empty. */
  readonly total: number
}

/** One page of some hits in an order, and their number. */
export async function sortedPage(
  db: Queryable,
  scope: Scope,
  { sql, statement }: Hits,
  sort: Sort,
  after: Place | null,
  limit: number,
): Promise<SortedPage> {
  const direction = sort === 'newest' ? 'desc' : 'asc'
  const keyed =
    sort === 'newest' || sort === 'oldest'
      ? `select '' collate "C" as key, id collate "C" as id from hit`
      : `select ${keyOf(sort, scope, statement)} collate "C" as key, hit.id collate "C" as id
         from hit ${bibOfHit(scope)} ${joinsOf(scope, statement, ['s', 'ns'])}`
  const behind =
    after === null
      ? ''
      : `and (key, id) ${sort === 'newest' ? '<' : '>'} (${statement.of(after.key)}::text, ${statement.of(after.id)}::text)`
  const order = `order by key ${direction}, id ${direction}`
  const [row] = await statement.run<{ total: number; page: [key: string, id: string][] | null }>(
    db,
    `with hit as materialized (${sql})
     select (select count(*)::int from hit) as total,
       (select json_agg(json_build_array(key, id) ${order}) from (
          select key, id from (${keyed}) k where (select count(*) from hit) <= ${countedMost} ${behind} ${order} limit ${limit + 1}
        ) p) as page`,
  )
  const page = (row?.page ?? []).map(([key, id]): Place => ({ key, id }))
  const shown = page.slice(0, limit)
  return {
    ids: shown.map(({ id }) => id),
    next: page.length > limit ? (shown.at(-1) ?? null) : null,
    total: row?.total ?? 0,
  }
}

/** A text that is in the order wanted; bibs without a creator or a year come last. */
function keyOf(sort: Exclude<Sort, 'newest' | 'oldest'>, scope: Scope, statement: Statement): string {
  switch (sort) {
    case 'title':
      return `coalesce(${valueOf('sort_title', scope, statement)}, '')`
    case 'creator':
      return `coalesce(nullif(${valueOf('sort_creator', scope, statement)}, ''), e'\\U0010ffff')`
    case 'year':
      return `coalesce(lpad((9999 - ${valueOf('year', scope, statement)})::text, 4, '0'), 'none')`
    case 'year-oldest':
      return `coalesce(lpad(${valueOf('year', scope, statement)}::text, 4, '0'), 'none')`
  }
}
