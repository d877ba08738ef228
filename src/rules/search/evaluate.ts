import type { MarcRecord } from '../../marc/record.ts'
import { matchesTexts } from './clause-words.ts'
import { getIndex } from './find-index.ts'
import { matchKeys } from '../match/match-key.ts'
import { numberKeys } from '../match/number-keys.ts'
import { operatorOf } from './operators.ts'
import type { Clause, Query } from './query.ts'
import type { IdentifierIndex } from './search-index.ts'

/**
 * Whether a record is what a query asks for. `known` answers the clauses that are decided by something else than
 * the record's texts: by keys, columns and inventory.
 */
export function isMatch(query: Query, record: MarcRecord, known: ReadonlyMap<Clause, boolean>): boolean {
  if (query.kind === 'clause') return known.get(query) ?? isClauseMatch(query, record)
  const left = isMatch(query.left, record, known)
  if (query.kind === 'or') return left || isMatch(query.right, record, known)
  return left && isMatch(query.right, record, known) === (query.kind === 'and')
}

const hasKey = (record: MarcRecord, { keys }: IdentifierIndex): boolean =>
  [...matchKeys(record), ...numberKeys(record)].some(({ kind, origin }) =>
    keys.some((asked) => asked.kind === kind && (asked.origins?.includes(origin) ?? true)),
  )

function isClauseMatch({ index: code, relation, term }: Clause, record: MarcRecord): boolean {
  const index = getIndex(code)
  const operator = operatorOf(index, relation, term)
  if (operator === null) throw new Error(`${code} has no ${relation}.`)
  if (index.kind === 'words') return matchesTexts(index.values(record), operator, term)
  if (index.kind === 'identifier' && (operator === 'is-empty' || operator === 'is-not-empty'))
    return hasKey(record, index) === (operator === 'is-not-empty')
  throw new Error(`${code} ${relation} is not told from a record.`)
}
