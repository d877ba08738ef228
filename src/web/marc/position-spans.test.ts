import assert from 'node:assert/strict'
import { test } from 'node:test'
import { positionSpans } from './position-spans.ts'

test('of a fixed field only the positions that differ are marked', () => {
  const { before, after } = positionSpans('008', '240311s2003', '240499s2003')
  assert.deepEqual(before, [
    { text: '240', same: true },
    { text: '311', same: false },
    { text: 's2003', same: true },
  ])
  assert.equal(after.map(({ text }) => text).join(''), '240499s2003')
})

test('the lengths in a leader are no difference', () => {
  const { after } = positionSpans('LDR', '00866nam a2200241 i 4500', '00940cam a2200265 i 4500')
  assert.deepEqual(
    after.filter(({ same }) => !same),
    [{ text: 'c', same: false }],
  )
})

test('fields of different lengths differ as a whole', () => {
  const { before } = positionSpans('001', 'ab', 'abc')
  assert.deepEqual(before, [{ text: 'ab', same: false }])
})
