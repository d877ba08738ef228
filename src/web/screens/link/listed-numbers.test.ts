import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listedNumbers } from './listed-numbers.ts'

test('numbers are read from lines, from cells and from quotes, each once', () => {
  assert.deepEqual(listedNumbers('991000000000015801\n"991000000000025801",\t991000000000015801; \n'), {
    mmsIds: ['991000000000015801', '991000000000025801'],
    others: [],
  })
})

test('what is no MMS ID is told apart, and nothing is made of it', () => {
  assert.deepEqual(listedNumbers('MMS ID\n9780141439587\n991000000000015801'), {
    mmsIds: ['991000000000015801'],
    others: ['MMS', 'ID', '9780141439587'],
  })
})
