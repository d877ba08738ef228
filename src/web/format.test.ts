import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatBytes, formatSeconds } from './format.ts'

test('a duration is said in the two largest units that matter', () => {
  assert.equal(formatSeconds(12.4), '12 s')
  assert.equal(formatSeconds(185), '3 min 05 s')
  assert.equal(formatSeconds(7620), '2 h 07 min')
})

test('rounding never gives 60 seconds', () => {
  assert.equal(formatSeconds(59.7), '1 min 00 s')
})

test('sizes are decimal', () => {
  assert.equal(formatBytes(999), '999 B')
  assert.equal(formatBytes(1000), '1 kB')
  assert.equal(formatBytes(25_000_000), '25 MB')
})
