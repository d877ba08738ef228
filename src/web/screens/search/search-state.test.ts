import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, changed, readSearchState } from './search-state.ts'

test('an address that says something else than a search may is read without it', () => {
  assert.deepEqual(
    readSearchState({
      zone: 'a b',
      entity: 'everything',
      q: '  ',
      facet: ['language:eng', 7, 'x', 'language:eng'],
      years: '2000-1990',
      sort: 'best',
      after: {},
    }),
    { facet: ['language:eng'] },
  )
})

test('a number that is searched for stays what was typed', () => {
  assert.deepEqual(readSearchState({ q: 9780141439587 }), { q: '9780141439587' })
})

test('what changes in a search begins at its first page', () => {
  assert.deepEqual(changed({ q: 'emma', after: 'x', sort: 'title' }, { sort: undefined }), { q: 'emma' })
})

test('years narrow whatever query there is', () => {
  const asked = (state: Parameters<typeof askedOf>[0]) => Object.fromEntries(askedOf(state))
  assert.deepEqual(asked({ q: 'emma', years: '1815-1816' }), {
    q: 'emma',
    query: 'year within "1815 1816"',
  })
  assert.deepEqual(asked({ query: 'title = a or title = b', years: '1815-1816' }), {
    query: '(title = a or title = b) and year within "1815 1816"',
  })
})

test('each value of a facet is asked for by itself', () => {
  assert.deepEqual(askedOf({ q: 'a', facet: ['language:eng', 'language:fre'] }).getAll('facet'), [
    'language:eng',
    'language:fre',
  ])
})
