/** How a clause compares: those of CQL 1.2. What each means for an index is in `operators.ts`. */
export const relations = ['=', '==', 'all', 'any', 'adj', '<>', '<', '<=', '>', '>=', 'within'] as const
export type Relation = (typeof relations)[number]

/**
 * One comparison. `term` is masked as CQL masks it: `*` at the end of a word stands for any ending, and a
 * character after a backslash for itself.
 */
export type Clause = {
  readonly kind: 'clause'
  /** Code of a `SearchIndex`. */
  readonly index: string
  readonly relation: Relation
  readonly term: string
}

/** `not` is CQL's: what is in the left one and not in the right one. */
export type Joint = 'and' | 'or' | 'not'

export type Query = Clause | { readonly kind: Joint; readonly left: Query; readonly right: Query }

export const clause = (index: string, relation: Relation, term: string): Clause => ({
  kind: 'clause',
  index,
  relation,
  term,
})

export const everyOf = (queries: readonly Query[]): Query | null =>
  queries.length === 0 ? null : queries.reduce((left, right) => ({ kind: 'and', left, right }))
