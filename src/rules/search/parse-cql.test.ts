import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tokensOf } from './cql-tokens.ts'
import { formatCql } from './format-cql.ts'
import { searchIndexes } from './indexes.ts'
import { operators, operatorsOf } from './operators.ts'
import { parseCql } from './parse-cql.ts'
import { type Query, clause } from './query.ts'
import { maskedTerm } from './term.ts'

const read = (text: string): Query => {
  const { query, problem } = parseCql(text)
  assert.equal(problem, null, text)
  assert.ok(query)
  return query
}

const problemOf = (text: string): string => {
  const { problem } = parseCql(text)
  assert.ok(problem, `${text} is read`)
  return `${problem.line}:${problem.column} ${problem.code} ${problem.message}`
}

/** A query that can be asked: an index with one of its operators. */
const arbitraryClause = fc
  .constantFrom(...searchIndexes)
  .chain((index) =>
    fc.tuple(
      fc.constant(index),
      fc.constantFrom(...operatorsOf(index)),
      fc.string({ unit: 'binary', minLength: 1 }),
    ),
  )
  .map(([index, operator, text]) =>
    clause(index.code, operators[operator].relation, operators[operator].term(maskedTerm(`x${text}`))),
  )

const arbitraryQuery = fc.letrec<{ query: Query; joined: Query; clause: Query }>((tie) => ({
  query: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('clause'), tie('joined')),
  joined: fc.record(
    {
      kind: fc.constantFrom('and' as const, 'or' as const, 'not' as const),
      left: tie('query'),
      right: tie('query'),
    },
    { noNullPrototype: true },
  ),
  clause: arbitraryClause,
})).query

test('a query that was formatted is read as the same query', () => {
  fc.assert(
    fc.property(arbitraryQuery, (query) => {
      assert.deepEqual(read(formatCql(query)), query)
    }),
    { numRuns: 300 },
  )
})

test('no text breaks the parser', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const { query, problem } = parseCql(text)
      assert.ok((query === null) !== (problem === null))
    }),
  )
})

test('a bare word is a keyword, and and, or, not are read from left to right', () => {
  assert.deepEqual(read('emma'), clause('keywords', '=', 'emma'))
  assert.deepEqual(read('emma AND austen or "lady susan"'), {
    kind: 'or',
    left: { kind: 'and', left: clause('keywords', '=', 'emma'), right: clause('keywords', '=', 'austen') },
    right: clause('keywords', '=', 'lady susan'),
  })
})

test('parentheses, quotation marks and names of Alma are understood', () => {
  assert.deepEqual(read('alma.title all "pride" not (creator=austen or language = eng)'), {
    kind: 'not',
    left: clause('title', 'all', 'pride'),
    right: { kind: 'or', left: clause('creator', '=', 'austen'), right: clause('language', '=', 'eng') },
  })
  assert.deepEqual(read('title adj "a \\"b\\" c"'), clause('title', 'adj', 'a "b" c'))
})

test('what is malformed is told with line, column and what should be there', () => {
  assert.equal(
    problemOf('title ='),
    '1:8 INVALID_QUERY Here should be a word or a "text" to look for; the query ends.',
  )
  assert.equal(
    problemOf('emma austen'),
    '1:6 INVALID_QUERY Here should be and, or, not, or the end, not austen.',
  )
  assert.equal(
    problemOf('(emma\nand )'),
    '2:5 INVALID_QUERY Here should be a word, a "text", the name of an index, or (, not ).',
  )
  assert.equal(problemOf('title = "emma'), '1:9 INVALID_QUERY The text that begins here has no closing ".')
  assert.match(problemOf(''), /^1:1 INVALID_QUERY .*the query ends/)
  assert.match(problemOf('(emma'), /^1:6 .*and, or, not, or \)/)
  assert.match(problemOf('a prox b'), /prox is not understood/)
  assert.match(problemOf('title =/stem fish'), /Modifiers of relations/)
  assert.match(problemOf('title = f?sh'), /^1:9 .*\? is not understood/)
  assert.match(problemOf('title = *fish'), /\* is not understood/)
})

test('an unknown index is an error that names the nearest', () => {
  assert.equal(problemOf('titel = emma'), '1:1 UNKNOWN_INDEX There is no index titel. The nearest is title.')
  assert.match(problemOf('emma and alma.creater = x'), /^1:10 UNKNOWN_INDEX .*nearest is alma\.creator/)
  assert.match(problemOf('qqqqqqq = x'), /^1:1 UNKNOWN_INDEX There is no index qqqqqqq\.$/)
})

test('a relation that an index has not is an error that names those that it has', () => {
  assert.equal(
    problemOf('language > eng'),
    '1:10 INVALID_QUERY Language cannot be searched by > that; it takes ==, <>.',
  )
  assert.match(problemOf('isbn adj 3'), /ISBN cannot be searched by adj/)
})

test('a query is neither endless nor bottomless', () => {
  assert.match(problemOf('('.repeat(60)), /more than 50 deep/)
  assert.match(problemOf(Array.from({ length: 101 }, () => 'a').join(' or ')), /at most 100 clauses/)
  assert.match(problemOf('a'.repeat(20_001)), /at most 20000 characters/)
})

test('a long query is read no further than its limit, and what is wrong is told with its place', () => {
  const deep = '1:51 INVALID_QUERY Parentheses stand in one another more than 50 deep.'
  for (const levels of [60, 19_000]) assert.equal(problemOf('('.repeat(levels)), deep)
  const many = '1:501 INVALID_QUERY A query has at most 100 clauses.'
  for (const clauses of [101, 3900])
    assert.equal(problemOf(Array.from({ length: clauses }, () => 'a').join(' or ')), many)
  const words = '1:3 INVALID_QUERY Here should be and, or, not, or the end, not a.'
  for (const count of [2, 9900]) assert.equal(problemOf('a '.repeat(count)), words)
  assert.equal(
    problemOf(`${'\n'.repeat(9000)}"😀" b`),
    '9001:5 INVALID_QUERY Here should be and, or, not, or the end, not b.',
  )
})

test('a token says no more of its place than how much stands before it', () => {
  assert.deepEqual(tokensOf('(\n a'), [
    { kind: '(', text: '(', at: 0 },
    { kind: 'word', text: 'a', at: 3 },
    { kind: 'end', text: '', at: 4 },
  ])
})
