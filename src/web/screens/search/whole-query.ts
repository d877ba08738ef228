import { findIndex } from '../../../rules/search/find-index.ts'
import { formatCql } from '../../../rules/search/format-cql.ts'
import { parseCql } from '../../../rules/search/parse-cql.ts'
import { clause, everyOf, type Query } from '../../../rules/search/query.ts'
import { maskedTerm, typedTerm } from '../../../rules/search/term.ts'
import { readYears, type SearchState } from './search-state.ts'

/**
 * All that a search asks for as one query in CQL, to be kept: the words of the box, the conditions, the
 * years, and the facets. Nothing where it asks for nothing, or for what cannot be read.
 */
export function wholeQueryOf({
  q,
  index = 'keywords',
  query,
  years,
  facet = [],
}: SearchState): string | null {
  const parts: Query[] = []
  if (q !== undefined) {
    const found = findIndex(index)
    if (found === null) return null
    parts.push(clause(found.code, '=', typedTerm(q)))
  }
  if (query !== undefined) {
    const read = parseCql(query)
    if (read.query === null) return null
    parts.push(read.query)
  }
  const range = years === undefined ? null : readYears(years)
  if (range !== null) parts.push(clause('year', 'within', `${range.from} ${range.to}`))
  // Values of one facet are alternatives.
  const byCode = Map.groupBy(facet, (one) => one.slice(0, one.indexOf(':')))
  for (const [code, values] of byCode) {
    const [first, ...others] = values.map((one) => clause(code, '==', maskedTerm(one.slice(code.length + 1))))
    if (first !== undefined)
      parts.push(others.reduce<Query>((left, right) => ({ kind: 'or', left, right }), first))
  }
  const whole = everyOf(parts)
  return whole === null ? null : formatCql(whole)
}
