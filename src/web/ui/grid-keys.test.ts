import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyTable } from '../keys/key-table.ts'
import { rowAfterKey } from './grid-keys.ts'

test('arrows and j, k go a row on and stop at the ends', () => {
  assert.equal(rowAfterKey('j', 3, 10, 5), 4)
  assert.equal(rowAfterKey('ArrowUp', 3, 10, 5), 2)
  assert.equal(rowAfterKey('ArrowDown', 9, 10, 5), 9)
  assert.equal(rowAfterKey('k', 0, 10, 5), 0)
})

test('a screenful stops at the ends as well', () => {
  assert.equal(rowAfterKey('PageDown', 7, 10, 5), 9)
  assert.equal(rowAfterKey('PageUp', 3, 10, 5), 0)
})

test('Home and End reach the ends', () => {
  assert.equal(rowAfterKey('Home', 7, 10, 5), 0)
  assert.equal(rowAfterKey('End', 0, 10, 5), 9)
})

test('every moving key of the key table moves', () => {
  const moving = [
    keyTable.nextRow,
    keyTable.previousRow,
    keyTable.nextScreenful,
    keyTable.previousScreenful,
    keyTable.firstRow,
    keyTable.lastRow,
  ]
  for (const key of moving.flatMap(({ keys }) => keys)) assert.notEqual(rowAfterKey(key, 5, 10, 3), null, key)
})

test('other keys are left to others', () => {
  assert.equal(rowAfterKey('x', 5, 10, 3), null)
})
