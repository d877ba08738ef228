import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSteady } from './job.ts'

test('A rate is told after three seconds and two batches, and of a slow job after ten seconds', () => {
  assert.equal(isSteady({ seconds: 1.2, done: 5000 }), false)
  assert.equal(isSteady({ seconds: 4, done: 250 }), false)
  assert.equal(isSteady({ seconds: 4, done: 500 }), true)
  assert.equal(isSteady({ seconds: 10, done: 20 }), true)
  assert.equal(isSteady({ seconds: null, done: 0 }), false)
})
