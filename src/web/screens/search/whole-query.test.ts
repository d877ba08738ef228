import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCql } from '../../../rules/search/parse-cql.ts'
import { wholeQueryOf } from './whole-query.ts'

test('all that a search asks for is one query, values of one facet as alternatives', () => {
  const whole = wholeQueryOf({
    q: 'pride',
    index: 'title',
    query: 'creator = austen or creator = shelley',
    years: '1810-1820',
    facet: ['language:eng', 'resource-type:book', 'language:fre'],
  })
  assert.equal(
    whole,
    'title = "pride" and (creator = "austen" or creator = "shelley") and year within "1810 1820" ' +
      'and (language == "eng" or language == "fre") and resource-type == "book"',
  )
  assert.equal(parseCql(whole).problem, null)
})

test('what asks for nothing, or cannot be read, is not kept', () => {
  assert.equal(wholeQueryOf({}), null)
  assert.equal(wholeQueryOf({ query: 'title =' }), null)
  assert.equal(wholeQueryOf({ q: 'a', index: 'no-such' }), null)
})
