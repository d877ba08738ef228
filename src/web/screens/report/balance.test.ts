import assert from 'node:assert/strict'
import { test } from 'node:test'
import { balanceOf } from './balance.ts'

const outcomes = {
  created: 201,
  merged: 80,
  overlaid: 6,
  unchanged: 0,
  deleted: 0,
  not_imported: 9,
  filtered: 0,
  unresolved: 12,
  rejected: 4,
}

test('a finished job balances when every record has an outcome', () => {
  const balance = balanceOf({ status: 'completed', records: 312, done: 312, outcomes })
  assert.equal(balance.state, 'holds')
  assert.equal(balance.whole, 312)
  assert.equal(balance.shares.length, 6)
})

test('a finished job with a record that has no outcome is broken, and says how many', () => {
  const balance = balanceOf({ status: 'completed', records: 313, done: 312, outcomes })
  assert.equal(balance.state, 'broken')
  assert.equal(balance.missing, 1)
})

test('a running job balances over what is done', () => {
  const balance = balanceOf({ status: 'running', records: 1000, done: 312, outcomes })
  assert.deepEqual([balance.state, balance.whole, balance.missing], ['runs', 312, 688])
})

test('a cancelled job says how many records it did not reach', () => {
  const balance = balanceOf({ status: 'cancelled', records: 400, done: 312, outcomes })
  assert.deepEqual([balance.state, balance.missing], ['stopped', 88])
})

test('a running job whose outcomes are not what is done is broken at once', () => {
  assert.equal(balanceOf({ status: 'running', records: 1000, done: 313, outcomes }).state, 'broken')
})
