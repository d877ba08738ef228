import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partWords } from './part.ts'

test('a part is its number and name, with roman numbers as figures', () => {
  for (const part of ['part 2', 'v 2', 'bd ii', 'no 2', 'teil ii'])
    assert.deepEqual(partWords(part), ['2'], part)
  assert.deepEqual(partWords('xlix loudon quadrangle'), ['49', 'loudon', 'quadrangle'])
  assert.deepEqual(partWords(''), [])
})

test('words that only look like numbers stay words', () => {
  assert.deepEqual(partWords('civil mix dix'), ['civil', 'mix', 'dix'])
})
