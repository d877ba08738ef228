import type { Tx } from '../../db/database.ts'
import type { Query } from '../../rules/search/query.ts'
import { compile } from './compile.ts'
import { type Candidate, candidateColumns, countedMost, meantOf } from './hits.ts'
import { tableOfEntity } from './inventory-condition.ts'
import { entityCondition, joinsOf, rowColumns } from './rows-sql.ts'
import type { Scope } from './scope.ts'
import { createStatement } from './statement.ts'

export type Walked = {
  readonly ids: readonly string[]
  /** Where it stopped: at the last row looked at. Nothing where it came to the end. */
  readonly reached: string | null
  /** Whether it stopped for having looked at so many, and not for having found enough. */
  readonly isTired: boolean
}

/** Candidates that are looked at in one go: few at first, since most pages are full soon. */
const firstStep = 100
const longestStep = 1000

/**
 * The first hits in the order of their numbers, by walking along them: where there are more than can be sorted, the
 * first page is found soonest so. Looks at no more records than are counted.
 */
export async function walk(
  tx: Tx,
  scope: Scope,
  query: Query,
  order: 'newest' | 'oldest',
  after: string | null,
  most: number,
): Promise<Walked> {
  const ids: string[] = []
  let from = after
  let looked = 0
  let step = firstStep
  // Along the primary key, whatever the planner thinks of the words.
  await tx.query(
    `select set_config(name, 'off', true) from unnest(array[
       'enable_sort', 'enable_bitmapscan', 'enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as s (name)`,
  )
  for (;;) {
    const statement = createStatement()
    const compiled = compile(query, scope, statement)
    const wanted = compiled.isExact ? most - ids.length : step
    const candidates = await statement.run<Candidate>(
      tx,
      walkSql(scope, statement, compiled, order, from, wanted),
    )
    const meant = compiled.isExact ? candidates : await meantOf(tx, scope, compiled, candidates)
    looked += candidates.length
    for (const { id } of meant) {
      ids.push(id)
      if (ids.length === most) return { ids, reached: id, isTired: false }
    }
    const last = candidates.at(-1)
    if (last === undefined || candidates.length < wanted) return { ids, reached: null, isTired: false }
    if (looked >= countedMost) return { ids, reached: last.id, isTired: true }
    from = last.id
    step = Math.min(step * 2, longestStep)
  }
}

function walkSql(
  scope: Scope,
  statement: ReturnType<typeof createStatement>,
  compiled: ReturnType<typeof compile>,
  order: 'newest' | 'oldest',
  after: string | null,
  limit: number,
): string {
  const { id } = rowColumns(scope)
  const entity = entityCondition(scope)
  const table = tableOfEntity[scope.entity]
  const zoneId = `${statement.of(scope.zone.zoneId)}::smallint`
  const conditions = [
    `${table === null ? 'f' : 'r'}.zone_id = ${zoneId}`,
    compiled.upper,
    ...(entity === null ? [] : [entity]),
    ...(after === null ? [] : [`${id} ${order === 'newest' ? '<' : '>'} ${statement.of(after)}::text`]),
  ]
  const from =
    table === null
      ? 'bib_facet f'
      : `${table} r join bib_facet f on f.zone_id = r.zone_id and f.mms_id = r.mms_id`
  return `select ${candidateColumns(compiled, scope)} from ${from} ${joinsOf(scope, statement)}
    where ${conditions.join(' and ')}
    order by ${id} ${order === 'newest' ? 'desc' : 'asc'} limit ${limit}`
}
