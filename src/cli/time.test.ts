import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatSeconds } from './time.ts'

test('Seconds are told as people would', () => {
  assert.deepEqual([0.04, 3.21, 59, 61, 3725].map(formatSeconds), [
    '0 s',
    '3.2 s',
    '59 s',
    '1 min 1 s',
    '1 h 2 min',
  ])
})
