import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobAsked, saysAll } from './palette-words.ts'

test('beginnings of words in any order find an action', () => {
  assert.equal(saysAll('Go to Monitor and view imports', 'imp mon'), true)
  assert.equal(saysAll('Go to Monitor and view imports', 'onitor'), false)
})

test('case and diacritics do not matter', () => {
  assert.equal(saysAll('Job 3 · Março', 'MARCO'), true)
})

test('a job is asked for by its number', () => {
  assert.equal(jobAsked('12'), 12)
  assert.equal(jobAsked('Go to job 12'), 12)
  assert.equal(jobAsked('job 12 '), 12)
})

test('an ISBN or MMS ID is no job', () => {
  assert.equal(jobAsked('9780141439587'), null)
  assert.equal(jobAsked('9910000000001055801'), null)
})
