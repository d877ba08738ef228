import { getIndex } from '../../../rules/search/find-index.ts'
import { formatCql } from '../../../rules/search/format-cql.ts'
import { type Operator, operatorOf, operators, operatorsOf } from '../../../rules/search/operators.ts'
import { type Clause, clause, type Joint, type Query } from '../../../rules/search/query.ts'
import { maskedTerm, typedTerm } from '../../../rules/search/term.ts'

/** One line of the advanced form. The joint of the first one says nothing. */
export type QueryRow = {
  readonly joint: Joint
  readonly index: string
  readonly operator: Operator
  readonly value: string
}

export const emptyRow: QueryRow = {
  joint: 'and',
  index: 'keywords',
  operator: 'contains-keywords',
  value: '',
}

const needsNoValue: ReadonlySet<Operator> = new Set(['is-empty', 'is-not-empty'])
export const needsValue = (operator: Operator): boolean => !needsNoValue.has(operator)

/** A row that asks another index: its operator stays where the index has it, and its value where both have the same values. */
export function withIndex(row: QueryRow, index: string): QueryRow {
  const taken = operatorsOf(getIndex(index))
  const operator = taken.includes(row.operator) ? row.operator : (taken[0] ?? 'equals')
  return {
    ...row,
    index,
    operator,
    value: valuesOf(index) === null && valuesOf(row.index) === null ? row.value : '',
  }
}

/** The values of an index, where they are few and known. */
export function valuesOf(index: string): readonly { readonly value: string; readonly name: string }[] | null {
  const found = getIndex(index)
  return 'values' in found && Array.isArray(found.values) ? found.values : null
}

/** The query that the rows make, from top to bottom; those that say nothing yet are passed over. */
export function queryOfRows(rows: readonly QueryRow[]): Query | null {
  let query: Query | null = null
  for (const row of rows) {
    const said = clauseOf(row)
    if (said === null) continue
    query = query === null ? said : { kind: row.joint, left: query, right: said }
  }
  return query
}

function clauseOf({ index, operator, value }: QueryRow): Clause | null {
  const text = value.trim()
  if (text === '' && needsValue(operator)) return null
  const { relation, term } = operators[operator]
  return clause(index, relation, term(isWhole.has(operator) ? maskedTerm(text) : typedTerm(text)))
}

/** Operators that compare a text as a whole, in which a star is a star. */
const isWhole: ReadonlySet<Operator> = new Set(['equals', 'not-equals', 'starts-with'])

/** The rows that make a query; nothing where it says more than rows can, as with parentheses. */
export function rowsOfQuery(query: Query): readonly QueryRow[] | null {
  const rows = flat(query)
  if (rows === null) return null
  const again = queryOfRows(rows)
  return again !== null && formatCql(again) === formatCql(sameRelations(query)) ? rows : null
}

function flat(query: Query): QueryRow[] | null {
  if (query.kind === 'clause') {
    const row = rowOf(query, 'and')
    return row === null ? null : [row]
  }
  const left = flat(query.left)
  const right = query.right.kind === 'clause' ? rowOf(query.right, query.kind) : null
  return left === null || right === null ? null : [...left, right]
}

function rowOf({ index, relation, term }: Clause, joint: Joint): QueryRow | null {
  const operator = operatorOf(getIndex(index), relation, term)
  if (operator === null) return null
  const masked = operator === 'starts-with' ? term.slice(0, -1) : term
  return { joint, index, operator, value: needsValue(operator) ? masked.replace(/\\([^])/g, '$1') : '' }
}

/** Relations that mean the same, each as rows write it: `=` as `all`, or as `==` of a value. */
function sameRelations(query: Query): Query {
  if (query.kind !== 'clause')
    return { kind: query.kind, left: sameRelations(query.left), right: sameRelations(query.right) }
  const operator = operatorOf(getIndex(query.index), query.relation, query.term)
  return operator === null ? query : clause(query.index, operators[operator].relation, query.term)
}
