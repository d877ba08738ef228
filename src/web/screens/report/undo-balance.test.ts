import assert from 'node:assert/strict'
import { test } from 'node:test'
import { undoBalanceOf } from './undo-balance.ts'

const undo = { removed: 3, restored: 1, merged: 0, gone: 0, nothing: 0, conflict: 1 }

test('an undo balances when each record that there was to take back has one result', () => {
  assert.deepEqual(undoBalanceOf(undo, { status: 'completed', records: 5, done: 5 }), {
    whole: 5,
    missing: 0,
  })
})

test('while an undo runs, only what is done can be held to the sum', () => {
  assert.deepEqual(undoBalanceOf(undo, { status: 'running', records: 9, done: 5 }), { whole: 5, missing: 0 })
})

test('a record without a result is missed', () => {
  assert.equal(undoBalanceOf(undo, { status: 'completed', records: 6, done: 6 }).missing, 1)
})
