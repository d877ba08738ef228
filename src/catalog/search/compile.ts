import type { Clause, Query } from '../../rules/search/query.ts'
import { type Drivers, type Leaf, leafOf } from './leaf.ts'
import type { Statement } from './statement.ts'
import type { Scope } from './scope.ts'
import { joinedTsQuery } from './ts-query.ts'

/** A query in SQL; see `Leaf` for what the conditions are of. */
export type Compiled = {
  readonly query: Query
  /** True of every bib that is meant. */
  readonly upper: string
  /** True of none but such bibs. */
  readonly lower: string
  /** Whether both are the same, so that no record need be read. */
  readonly isExact: boolean
  readonly drivers: Drivers | null
  /** Clauses that SQL decides, in the order in which `decided` answers them. */
  readonly decidedClauses: readonly Clause[]
  /** An array of their truths. */
  readonly decided: string
}

export function compile(query: Query, scope: Scope, statement: Statement): Compiled {
  const leaves: Leaf[] = []
  const conditions = conditionsOf(query, scope, statement, leaves)
  const decided = leaves.filter(({ upper, lower }) => upper === lower)
  return {
    query,
    ...conditions,
    isExact: decided.length === leaves.length,
    decidedClauses: decided.map(({ clause }) => clause),
    decided: `array[${decided.map(({ upper }) => upper).join(', ')}]::boolean[]`,
  }
}

type Conditions = Pick<Compiled, 'upper' | 'lower' | 'drivers'>

function conditionsOf(query: Query, scope: Scope, statement: Statement, leaves: Leaf[]): Conditions {
  if (query.kind === 'clause') {
    const leaf = leafOf(query, scope, statement)
    leaves.push(leaf)
    return leaf
  }
  const left = conditionsOf(query.left, scope, statement, leaves)
  const right = conditionsOf(query.right, scope, statement, leaves)
  switch (query.kind) {
    case 'and':
      return {
        upper: `(${left.upper} and ${right.upper})`,
        lower: `(${left.lower} and ${right.lower})`,
        drivers: driversOfBoth(left.drivers, right.drivers),
      }
    case 'or':
      return {
        upper: `(${left.upper} or ${right.upper})`,
        lower: `(${left.lower} or ${right.lower})`,
        drivers: left.drivers && right.drivers && driversOfEither(left.drivers, right.drivers),
      }
    case 'not':
      return {
        upper: `(${left.upper} and not coalesce(${right.lower}, false))`,
        lower: `(${left.lower} and not coalesce(${right.upper}, false))`,
        drivers: left.drivers && { ...left.drivers, areExact: false },
      }
  }
}

/**
 * What is in both is in what either finds; where both have words, it has the words of both, or is in a select of
 * one of them. A few numbers are fewer than the bibs of any word.
 */
function driversOfBoth(left: Drivers | null, right: Drivers | null): Drivers | null {
  if (left === null || right === null) {
    const one = left ?? right
    return one && { ...one, areExact: false }
  }
  if (left.words === null) return { ...left, areExact: false }
  if (right.words === null) return { ...right, areExact: false }
  const selects = [...left.selects, ...right.selects]
  return {
    words: joinedTsQuery(left.words, '&', right.words),
    selects,
    areExact: left.areExact && right.areExact && selects.length === 0,
  }
}

function driversOfEither(left: Drivers, right: Drivers): Drivers {
  return {
    words:
      left.words === null || right.words === null
        ? (left.words ?? right.words)
        : joinedTsQuery(left.words, '|', right.words),
    selects: [...left.selects, ...right.selects],
    areExact: left.areExact && right.areExact,
  }
}
