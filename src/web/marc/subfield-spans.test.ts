import assert from 'node:assert/strict'
import { test } from 'node:test'
import { subfieldSpans } from './subfield-spans.ts'

const subfield = (code: string, value: string) => ({ code, value })

test('only the words that differ are marked', () => {
  const { before, after } = subfieldSpans(
    [subfield('a', 'Emma : a novel')],
    [subfield('a', 'Emma : a comedy')],
  )
  assert.deepEqual(
    before[0]?.spans.filter(({ same }) => !same).map(({ text }) => text.trim()),
    ['novel'],
  )
  assert.deepEqual(
    after[0]?.spans.filter(({ same }) => !same).map(({ text }) => text.trim()),
    ['comedy'],
  )
})

test('a subfield that only one side has is marked as a whole', () => {
  const { after } = subfieldSpans(
    [subfield('a', 'Emma /')],
    [subfield('a', 'Emma /'), subfield('c', 'Jane Austen.')],
  )
  assert.deepEqual(after[1], { code: 'c', isOnlyHere: true, spans: [{ text: 'Jane Austen.', same: false }] })
  assert.equal(after[0]?.isOnlyHere, false)
})

test('the second of a code is compared with the second of that code', () => {
  const { after } = subfieldSpans(
    [subfield('x', 'History'), subfield('x', 'Sources')],
    [subfield('x', 'History'), subfield('x', 'Maps')],
  )
  assert.deepEqual(after[0]?.spans, [{ text: 'History', same: true }])
  assert.deepEqual(after[1]?.spans, [{ text: 'Maps', same: false }])
})

test('the spans of a side join to its text', () => {
  const { before, after } = subfieldSpans(
    [subfield('a', 'Shōsetsu  shinzui /')],
    [subfield('a', 'Shōsetsu shinzui')],
  )
  assert.equal(before[0]?.spans.map(({ text }) => text).join(''), 'Shōsetsu  shinzui /')
  assert.equal(after[0]?.spans.map(({ text }) => text).join(''), 'Shōsetsu shinzui')
})
