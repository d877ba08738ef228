import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCql } from '../../../rules/search/format-cql.ts'
import { parseCql } from '../../../rules/search/parse-cql.ts'
import { emptyRow, type QueryRow, queryOfRows, rowsOfQuery, withIndex } from './query-rows.ts'

const written = (rows: readonly QueryRow[]) => {
  const query = queryOfRows(rows)
  return query === null ? null : formatCql(query)
}

const row = (
  index: string,
  operator: QueryRow['operator'],
  value: string,
  joint: QueryRow['joint'] = 'and',
) => ({
  joint,
  index,
  operator,
  value,
})

function rowsOf(text: string) {
  const { query } = parseCql(text)
  assert.ok(query)
  return rowsOfQuery(query)
}

test('rows are joined from top to bottom, and one without a value says nothing', () => {
  assert.equal(
    written([
      row('title', 'contains-keywords', 'pride'),
      row('creator', 'contains-keywords', ' '),
      row('language', 'equals', 'eng', 'or'),
      row('suppressed', 'equals', 'yes', 'not'),
    ]),
    'title all "pride" or language == "eng" not suppressed == "yes"',
  )
  assert.equal(written([emptyRow]), null)
})

test('a star is a star where a text is compared as a whole, and any ending where words are', () => {
  assert.equal(written([row('title', 'equals', 'M*A*S*H')]), String.raw`title == "M\*A\*S\*H"`)
  assert.equal(written([row('title', 'starts-with', 'M*')]), String.raw`title == "M\**"`)
  assert.equal(written([row('title', 'contains-keywords', 'librar*')]), 'title all "librar*"')
})

test('a query without parentheses is rows, and they say the same', () => {
  const text = 'title = pride and creator any "austen shelley" not isbn == "" or year within "1813 1820"'
  assert.deepEqual(rowsOf(text), [
    row('title', 'contains-keywords', 'pride'),
    row('creator', 'contains-any', 'austen shelley'),
    row('isbn', 'is-empty', '', 'not'),
    row('year', 'between', '1813 1820', 'or'),
  ])
  assert.deepEqual(rowsOf('title == "Pride*"'), [row('title', 'starts-with', 'Pride')])
})

test('a query that rows cannot say is left as it is', () => {
  assert.equal(rowsOf('title = a and (creator = b or creator = c)'), null)
})

test('another index keeps what it can of a row', () => {
  assert.deepEqual(withIndex(row('title', 'contains-phrase', 'on liberty'), 'creator'), {
    ...row('creator', 'contains-phrase', 'on liberty'),
  })
  assert.deepEqual(withIndex(row('title', 'contains-phrase', 'on liberty'), 'suppressed'), {
    ...row('suppressed', 'equals', ''),
  })
})
