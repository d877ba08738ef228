import { type CqlProblem, placed, type Token, tokensOf, type UnplacedProblem } from './cql-tokens.ts'
import { findIndex, nearestIndex } from './find-index.ts'
import { operatorOf, relationsOf } from './operators.ts'
import { type Joint, type Query, type Relation, clause, relations } from './query.ts'
import { findOddWildcard } from './term.ts'

export type ParsedCql =
  | { readonly query: Query; readonly problem: null }
  | { readonly query: null; readonly problem: CqlProblem }

/** Clauses and levels of parentheses of a query, at most. */
const mostClauses = 100
const deepest = 50

/**
 * Reads CQL 1.2 (Library of Congress, Contextual Query Language): clauses, `and`, `or`, `not` from left to
 * right, parentheses, quoted terms. Without modifiers, prefix assignments, `prox` and `sortBy`, each of
 * which is refused by its name. Every index and relation is one that is: a query that was read can be asked.
 */
export function parseCql(text: string): ParsedCql {
  const tokens = tokensOf(text)
  const query = 'message' in tokens ? tokens : readWhole(tokens)
  return isProblem(query) ? { query: null, problem: placed(text, query) } : { query, problem: null }
}

function readWhole(tokens: readonly Token[]): Query | UnplacedProblem {
  const reader: Reader = { tokens, at: 0, clauses: 0 }
  const query = readQuery(reader, 0)
  if (isProblem(query)) return query
  const left = next(reader)
  return left.kind === 'end' ? query : expected(left, 'and, or, not, or the end')
}

type Reader = { readonly tokens: readonly Token[]; at: number; clauses: number }

const isProblem = (found: Query | UnplacedProblem): found is UnplacedProblem => 'message' in found

const next = ({ tokens, at }: Reader): Token => tokens[Math.min(at, tokens.length - 1)] as Token

function readQuery(reader: Reader, depth: number): Query | UnplacedProblem {
  let left = readClause(reader, depth)
  for (;;) {
    if (isProblem(left)) return left
    const token = next(reader)
    const word = token.kind === 'word' ? token.text.toLowerCase() : ''
    if (word === 'prox' || word === 'sortby') return at(token, `${token.text} is not understood here.`)
    const joint = joints[word]
    if (joint === undefined) return left
    reader.at++
    const modified = next(reader)
    if (modified.kind === '/') return at(modified, 'Modifiers of and, or and not are not understood here.')
    const right = readClause(reader, depth)
    if (isProblem(right)) return right
    left = { kind: joint, left, right }
  }
}

const joints: Readonly<Record<string, Joint>> = { and: 'and', or: 'or', not: 'not' }

function readClause(reader: Reader, depth: number): Query | UnplacedProblem {
  const token = next(reader)
  if (token.kind === '(') {
    if (depth === deepest) return at(token, `Parentheses stand in one another more than ${deepest} deep.`)
    reader.at++
    const inner = readQuery(reader, depth + 1)
    if (isProblem(inner)) return inner
    const close = next(reader)
    if (close.kind !== ')') return expected(close, 'and, or, not, or )')
    reader.at++
    return inner
  }
  if (token.kind === '>') return at(token, 'Prefixes are not assigned here: indexes have one name each.')
  if (!isText(token)) return expected(token, 'a word, a "text", the name of an index, or (')
  if (token.kind === 'word' && reservedWords.has(token.text.toLowerCase()))
    return expected(token, 'a word, a "text", the name of an index, or (')
  if (++reader.clauses > mostClauses) return at(token, `A query has at most ${mostClauses} clauses.`)
  reader.at++
  const relation = relationAt(next(reader))
  return relation === null
    ? checked(token, 'keywords', '=', token)
    : readComparison(reader, token, next(reader), relation)
}

const reservedWords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'prox', 'sortby'])

function readComparison(reader: Reader, name: Token, by: Token, relation: Relation): Query | UnplacedProblem {
  const index = name.kind === 'word' ? findIndex(name.text) : null
  if (index === null) return noSuchIndex(name)
  reader.at++
  const term = next(reader)
  if (term.kind === '/') return at(term, 'Modifiers of relations are not understood here.')
  if (!isText(term)) return expected(term, 'a word or a "text" to look for')
  reader.at++
  if (operatorOf(index, relation, term.text) === null) {
    return at(
      by,
      `${index.name} cannot be searched by ${relation} ${term.text === '' ? '""' : 'that'}; it takes ${relationsOf(index).join(', ')}.`,
    )
  }
  return checked(name, index.code, relation, term)
}

function noSuchIndex(name: Token): UnplacedProblem {
  const near = nearestIndex(name.text)
  const meant = near === null ? '' : ` The nearest is ${near}.`
  return { ...at(name, `There is no index ${name.text}.${meant}`), code: 'UNKNOWN_INDEX' }
}

function checked(_name: Token, index: string, relation: Relation, term: Token): Query | UnplacedProblem {
  const odd = findOddWildcard(term.text)
  if (odd !== null)
    return at(
      term,
      `${odd.character} is not understood here: * stands for any ending, behind a word; \\${odd.character} for the sign itself.`,
    )
  return clause(index, relation, term.text)
}

const isText = ({ kind }: Token): boolean => kind === 'word' || kind === 'text'

function relationAt({ kind, text }: Token): Relation | null {
  if (kind === 'text' || kind === 'end') return null
  return relations.find((relation) => relation === text.toLowerCase()) ?? null
}

const at = (token: Token, message: string): UnplacedProblem => ({
  at: token.at,
  message,
  code: 'INVALID_QUERY',
})

const expected = (token: Token, what: string): UnplacedProblem =>
  at(token, `Here should be ${what}${token.kind === 'end' ? '; the query ends.' : `, not ${token.text}.`}`)
