import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diffLines } from './line-diff.ts'

const written = (before: string, after: string) =>
  diffLines(before, after).map(({ sign, text }) => `${sign}${text}`)

test('a line that only one of two texts has is gone or has come; the others are the same', () => {
  assert.deepEqual(written('a\nb\nc\n', 'a\nx\nc\n'), [' a', '-b', '+x', ' c'])
})

test('of what is in both the longest part in one order is the same', () => {
  assert.deepEqual(written('a\nb\nc', 'b\nc\na'), ['-a', ' b', ' c', '+a'])
})

test('a text that begins from nothing has come as a whole', () => {
  assert.deepEqual(written('', 'a\nb\n'), ['+a', '+b'])
  assert.deepEqual(written('a\n', 'a'), [' a'])
})
