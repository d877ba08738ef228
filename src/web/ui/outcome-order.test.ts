import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomes } from '../../rules/outcome.ts'
import { occurring, outcomeOrder, sumOf } from './outcome-order.ts'

const none = {
  created: 0,
  merged: 0,
  overlaid: 0,
  unchanged: 0,
  deleted: 0,
  not_imported: 0,
  filtered: 0,
  unresolved: 0,
  rejected: 0,
}

test('the screens know every outcome of the rules, and no other', () => {
  assert.deepEqual([...outcomeOrder].sort(), [...outcomes].sort())
})

test('only outcomes that occur are drawn, in their order', () => {
  const shares = occurring({ ...none, rejected: 2, created: 5 })
  assert.deepEqual(shares, [
    { outcome: 'created', count: 5 },
    { outcome: 'rejected', count: 2 },
  ])
})

test('the sum counts each outcome once', () => {
  assert.equal(sumOf({ ...none, created: 5, merged: 3, unresolved: 1 }), 9)
})
