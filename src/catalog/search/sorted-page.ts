import type { Queryable } from '../../db/database.ts'
import { valueOf } from './column-condition.ts'
import { tableOfEntity } from './inventory-condition.ts'
import { joinsOf } from './rows-sql.ts'
import type { Scope } from './scope.ts'
import { createStatement } from './statement.ts'

export const sorts = ['newest', 'oldest', 'title', 'creator', 'year', 'year-oldest'] as const
export type Sort = (typeof sorts)[number]

/** Where a page goes on: behind the row of this number, which has this to be sorted by. */
export type Place = { readonly key: string; readonly id: string }

export type SortedPage = { readonly ids: readonly string[]; readonly next: Place | null }

/** One page of some hits in an order. */
export async function sortedPage(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
  sort: Sort,
  after: Place | null,
  limit: number,
): Promise<SortedPage> {
  if (ids.length === 0) return { ids: [], next: null }
  if (sort === 'newest' || sort === 'oldest') return pageByNumber(ids, sort, after, limit)
  const statement = createStatement()
  const key = keyOf(sort, scope, statement)
  const table = tableOfEntity[scope.entity]
  const zoneId = `${statement.of(scope.zone.zoneId)}::smallint`
  const hits = `unnest(${statement.of(ids)}::text[]) as h (id)`
  const from =
    table === null
      ? `${hits} join bib_facet f on f.zone_id = ${zoneId} and f.mms_id = h.id`
      : `${hits} join ${table} r on r.zone_id = ${zoneId} and r.${table}_id = h.id
         join bib_facet f on f.zone_id = r.zone_id and f.mms_id = r.mms_id`
  const behind =
    after === null
      ? ''
      : `where (key, id) > (${statement.of(after.key)}::text, ${statement.of(after.id)}::text)`
  const rows = await statement.run<Place>(
    db,
    `select key, id from (select ${key} collate "C" as key, h.id collate "C" as id from ${from} ${joinsOf(scope, statement)}) k
     ${behind} order by key, id limit ${limit + 1}`,
  )
  const shown = rows.slice(0, limit)
  return { ids: shown.map(({ id }) => id), next: rows.length > limit ? (shown.at(-1) ?? null) : null }
}

function pageByNumber(
  ids: readonly string[],
  sort: 'newest' | 'oldest',
  after: Place | null,
  limit: number,
): SortedPage {
  const ahead = sort === 'newest' ? -1 : 1
  const rest =
    after === null ? ids : ids.filter((id) => (id < after.id ? -1 : 1) === ahead && id !== after.id)
  const sorted = rest.toSorted((a, b) => (a < b ? -ahead : ahead))
  const shown = sorted.slice(0, limit)
  const last = shown.at(-1)
  return { ids: shown, next: sorted.length > limit && last !== undefined ? { key: '', id: last } : null }
}

/** A text that is in the order wanted; bibs without a creator or a year come last. */
function keyOf(
  sort: Exclude<Sort, 'newest' | 'oldest'>,
  scope: Scope,
  statement: ReturnType<typeof createStatement>,
): string {
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
