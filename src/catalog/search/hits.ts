import { setImmediate } from 'node:timers/promises'
import type { Queryable } from '../../db/database.ts'
import { isMatch } from '../../rules/search/evaluate.ts'
import type { Query } from '../../rules/search/query.ts'
import { findBibPages } from '../bib-page.ts'
import { type Compiled, compile } from './compile.ts'
import { linkedTo } from './leaf.ts'
import { entityCondition, joinsOf, rowColumns, rowJoin } from './rows-sql.ts'
import type { Scope } from './scope.ts'
import { type Statement, createStatement } from './statement.ts'
import { anyWordOf } from './ts-query.ts'

/** Hits that are counted, sorted and looked at one by one. Where there are more, they are walked in their order. */
export const countedMost = 10_000

/** Where the numbers of hits come from, in no order and at most one more than are counted. */
export type Hits = {
  /** A select of `id`. */
  readonly sql: string
  readonly statement: Statement
  /** Whether there are more than are counted is known: of hits that only records tell, not of those that are in `sql`. */
  readonly hasMore: boolean
}

/** Records that are read at once to look at what only they tell. */
const readAtOnce = 250

export type Candidate = {
  readonly id: string
  readonly mmsId: string
  readonly sure: boolean
  readonly decided: readonly boolean[] | null
}

/**
 * What an index finds is left to the statement that counts or sorts it. Where only records tell, they are looked at here;
 * of more candidates than are counted, at so many as `looksAt` says.
 */
export async function findHits(
  db: Queryable,
  scope: Scope,
  query: Query,
  { looksAt }: { readonly looksAt: number },
): Promise<Hits> {
  const statement = createStatement()
  const compiled = compile(query, scope, statement)
  const candidates = candidatesSql(compiled, scope, statement)
  if (compiled.isExact) return { sql: candidates, statement, hasMore: false }
  const found = await statement.run<Candidate>(db, candidates)
  const hasMore = found.length > countedMost
  const looked = found.slice(0, hasMore ? looksAt : countedMost)
  const ids = (await meantOf(db, scope, compiled, looked)).map(({ id }) => id)
  return { sql: `select id from unnest(${statement.of(ids)}::text[]) as h (id)`, statement, hasMore }
}

/** Those that are meant, told from their records where nothing else tells it. Others get their turn in between. */
export async function meantOf(
  db: Queryable,
  scope: Scope,
  { query, decidedClauses }: Compiled,
  candidates: readonly Candidate[],
): Promise<Candidate[]> {
  const unsure = [...new Set(candidates.flatMap(({ sure, mmsId }) => (sure ? [] : [mmsId])))]
  const decided = new Map(candidates.map((candidate) => [candidate.id, candidate.decided]))
  const byBib = Map.groupBy(candidates, ({ mmsId }) => mmsId)
  const meant = new Set(candidates.flatMap(({ sure, id }) => (sure ? [id] : [])))
  for (let at = 0; at < unsure.length; at += readAtOnce) {
    const pages = await findBibPages(db, scope.zone, unsure.slice(at, at + readAtOnce))
    for (const { mmsId, record } of pages) {
      for (const { id } of byBib.get(mmsId) ?? []) {
        const known = new Map(
          decidedClauses.map((clause, place) => [clause, decided.get(id)?.[place] === true]),
        )
        if (isMatch(query, record, known)) meant.add(id)
      }
    }
    await setImmediate()
  }
  return candidates.filter(({ id }) => meant.has(id))
}

/** One more than are counted of the rows that may be meant. */
function candidatesSql(compiled: Compiled, scope: Scope, statement: Statement): string {
  const limit = `limit ${countedMost + 1}`
  const [first, ...more] = armsOf(compiled, scope, statement).map((arm) => `${arm} ${limit}`)
  return more.length === 0
    ? `${first}`
    : `${[first, ...more].map((arm) => `(${arm})`).join(' union ')} ${limit}`
}

export function candidateColumns({ isExact, lower, decided }: Compiled, scope: Scope): string {
  const { id, mmsId } = rowColumns(scope)
  return isExact ? `${id} as id` : `${id} as id, ${mmsId} as "mmsId", ${lower} as sure, ${decided} as decided`
}

function armsOf(compiled: Compiled, scope: Scope, statement: Statement): string[] {
  const { upper, drivers } = compiled
  const columns = candidateColumns(compiled, scope)
  const entity = entityCondition(scope)
  const zoneId = `${statement.of(scope.zone.zoneId)}::smallint`
  const wanted = [upper, ...(entity === null ? [] : [entity])].join(' and ')
  const rest = (given: readonly string[] = []) =>
    `${joinsOf(scope, statement, given)} ${rowJoin(scope)} where f.zone_id = ${zoneId}`
  const isPlain = drivers?.areExact === true && compiled.isExact && scope.entity === 'all-titles'
  // Of words alone the planner sees for itself that an index finds them, and whether another condition leaves fewer.
  const isOfWords = drivers?.selects.length === 0 && scope.upstream.length === 0 && !isPlain
  if (drivers === null || isOfWords) return [`select ${columns} from bib_facet f ${rest()} and ${wanted}`]
  // What an index finds exactly needs no second look, nor the rows that it would look at. A bib may be found several
  // times: by two of its numbers, or by two records of a job.
  const arms = drivers.selects.map((select) =>
    isPlain
      ? `select c.mms_id as id from (select distinct mms_id from (${select}) x) c join bib_facet f on f.mms_id = c.mms_id where f.zone_id = ${zoneId}`
      : `select ${columns} from (select distinct mms_id from (${select}) x) c join bib_facet f on f.mms_id = c.mms_id ${rest()} and ${wanted}`,
  )
  if (drivers.words === null) return arms
  const words = `${statement.of(drivers.words)}::text::tsquery`
  arms.push(
    isPlain
      ? `select s.mms_id as id from bib_search s where s.zone_id = ${zoneId} and s.words @@ ${words}`
      : `select ${columns} from bib_search s join bib_facet f on f.zone_id = s.zone_id and f.mms_id = s.mms_id
         ${rest(['s'])} and s.zone_id = ${zoneId} and s.words @@ ${words} and ${wanted}`,
  )
  if (scope.upstream.length === 0) return arms
  const upstream = `any(${statement.of(scope.upstream)}::smallint[])`
  const linked = linkedTo(
    `select n.mms_id from bib_search n where n.zone_id = ${upstream} and n.words @@ ${words}`,
    scope.zone.zoneId,
    statement,
  )
  arms.push(
    isPlain
      ? linked.replace('select b.mms_id', 'select b.mms_id as id')
      : `select ${columns} from (${linked}) c join bib_facet f on f.mms_id = c.mms_id ${rest()} and ${wanted}`,
    // Rows of local fields alone have no title (sql/000003): few, with an index of their own.
    `select ${columns} from bib_search l join bib_facet f on f.zone_id = l.zone_id and f.mms_id = l.mms_id
       ${rest()} and l.zone_id = ${zoneId} and l.title = '' and l.words @@ ${statement.of(anyWordOf(drivers.words))}::text::tsquery
       and ${wanted}`,
  )
  return arms
}
