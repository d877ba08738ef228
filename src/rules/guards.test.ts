import assert from 'node:assert/strict'
import { test } from 'node:test'
import { briefGuard, olderVersion } from './guards.ts'

const older = '20240101120000.0'
const newer = '20240301120000.0'
const verdict = (existing: string | null, incoming: string | null, sameOrigin = true) =>
  olderVersion(existing, incoming, 'consider-originating-system', sameOrigin)

test('only a briefer record is refused; an equal one passes', () => {
  assert.deepEqual([briefGuard(8, 7), briefGuard(8, 8), briefGuard(8, 9)], [true, false, false])
})

test('only an older version is refused; an equal one passes', () => {
  assert.deepEqual(verdict(newer, older), { refused: true, why: 'older' })
  assert.deepEqual(verdict(older, newer), { refused: false, why: 'newer' })
  assert.deepEqual(verdict(older, '20240101120000'), { refused: false, why: 'equal' })
})

test('versions of two systems are compared only if the profile ignores the system', () => {
  assert.deepEqual(verdict(newer, older, false), { refused: false, why: 'other-originating-system' })
  assert.equal(olderVersion(newer, older, 'ignore-originating-system', false).refused, true)
  assert.deepEqual(olderVersion(newer, older, 'disabled', true), { refused: false, why: 'disabled' })
})

test('a missing or malformed 005 passes, and the reason says which', () => {
  assert.equal(verdict(null, older).why, 'existing-has-none')
  assert.equal(verdict(newer, null).why, 'incoming-has-none')
  assert.equal(verdict('20241301120000.0', older).why, 'existing-malformed')
  assert.equal(verdict(newer, '00000000000000.0').why, 'incoming-malformed')
  assert.equal(verdict(newer, 'yesterday').refused, false)
})
