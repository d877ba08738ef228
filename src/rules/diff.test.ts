import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recordOf } from '../../test/record-of.ts'
import { diffRecords, wordSpans } from './diff.ts'

const shown = (a: ReturnType<typeof recordOf>, b: ReturnType<typeof recordOf>) =>
  diffRecords(a, b).map(
    ({ change, tag, placeBefore, placeAfter }) =>
      `${change} ${tag} ${placeBefore ?? '-'}>${placeAfter ?? '-'}`,
  )

test('fields are paired by likeness within a tag, not by their order', () => {
  const before = recordOf(
    '245 10 $a Emma.',
    '650 #0 $a Young women $v Fiction.',
    '650 #0 $a Matchmaking $v Fiction.',
  )
  const after = recordOf(
    '245 10 $a Emma : $b a novel.',
    '650 #0 $a Villages $z England.',
    '650 #0 $a Young women $z England $v Fiction.',
  )
  assert.deepEqual(shown(before, after), [
    'same LDR ->-',
    'changed 245 0>0',
    'added 650 ->1',
    'changed 650 1>2',
    'removed 650 2>-',
  ])
})

test('a moved field is the same, and a leader that differs only in its lengths too', () => {
  const before = recordOf('LDR 00123nam a2200045 a 4500', '500 ## $a x', '504 ## $a y')
  const after = recordOf('504 ## $a y', '500 ## $a x')
  assert.deepEqual(shown(before, after), ['same LDR ->-', 'same 504 1>0', 'same 500 0>1'])
})

test('every field of both records is in the difference once', () => {
  const field = fc.record({
    tag: fc.constantFrom('245', '500', '650'),
    ind1: fc.constant(' '),
    ind2: fc.constant(' '),
    subfields: fc.array(
      fc.record({ code: fc.constant('a'), value: fc.constantFrom('x y z', 'x y', 'u v') }),
      { maxLength: 2 },
    ),
  })
  const record = fc.record({
    leader: fc.constant('00000nam a2200000 a 4500'),
    fields: fc.array(field, { maxLength: 8 }),
  })
  fc.assert(
    fc.property(record, record, (a, b) => {
      const diffs = diffRecords(a, b)
      const places = (side: 'placeBefore' | 'placeAfter') =>
        diffs.flatMap((diff) => diff[side] ?? []).sort((one, other) => one - other)
      assert.deepEqual(places('placeBefore'), [...a.fields.keys()])
      assert.deepEqual(places('placeAfter'), [...b.fields.keys()])
      for (const { change, before, after } of diffs)
        assert.equal(change === 'same', JSON.stringify(before) === JSON.stringify(after))
    }),
  )
})

test('spans are word by word and join to the two texts', () => {
  assert.deepEqual(wordSpans('Emma / Austen, Jane.', 'Emma : a novel / Austen.').after, [
    { text: 'Emma', same: true },
    { text: ' : a novel', same: false },
    { text: ' /', same: true },
    { text: ' Austen.', same: false },
  ])
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', '  '), { maxLength: 20 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { before, after } = wordSpans(a, b)
      assert.equal(before.map((span) => span.text).join(''), a)
      assert.equal(after.map((span) => span.text).join(''), b)
      const same = (spans: typeof before) =>
        spans
          .filter((span) => span.same)
          .map((span) => span.text)
          .join('')
      assert.equal(same(before), same(after))
    }),
  )
})
