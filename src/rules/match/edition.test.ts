import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editionWords } from './edition.ts'

test('an edition is its figures and words, without those that say that it is one', () => {
  assert.deepEqual(editionWords('Second edition.'), ['2'])
  assert.deepEqual(editionWords('2nd rev. ed.'), ['2', 'rev'])
  assert.deepEqual(editionWords('2., überarb. Aufl.'), ['2', 'uberarb'])
  assert.deepEqual(editionWords('Haitian Creole version.'), ['haitian', 'creole', 'version'])
})

test('a first edition is as good as none', () => {
  assert.deepEqual(editionWords('First edition.'), [])
  assert.deepEqual(editionWords('1st ed.'), [])
  assert.deepEqual(editionWords(''), [])
})
