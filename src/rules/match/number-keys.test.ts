import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { derive } from '../derive.ts'
import { matchKeys } from './match-key.ts'
import { numberKeys } from './number-keys.ts'

const record = recordOf(
  '010 ## $a    98012345 $b ms 68004321',
  '016 7# $a 101234567 $2 DNLM',
  '022 0# $a 0028-0836 $m 09598138',
  '028 02 $a 438 953-2 $b Philips',
  '028 02 $a 438953-2',
  '086 0# $a Y 4.Ag 8/2',
)

test('numbers of other systems are keys by field and subfield, without blanks, each once', () => {
  assert.deepEqual(
    numberKeys(record).map(({ value, origin }) => `${origin} ${value}`),
    ['010b ms68004321', '016a 101234567', '022m 0959-8138', '028a 438953-2', '086a y4.ag8/2'],
  )
})

test('they are searched by, and not matched by', () => {
  assert.ok(matchKeys(record).every(({ kind }) => kind !== 'number'))
  assert.equal(derive(record, null).keys.filter(({ kind }) => kind === 'number').length, 5)
})
