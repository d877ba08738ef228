import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { valueTest } from './field-pattern.ts'
import { meets } from './filter.ts'
import type { Filter } from './import-profile.ts'

const emma = recordOf(
  '001 123',
  '245 10 $a Emma.',
  '650 #0 $a Women $v Fiction.',
  '856 40 $u http://example.org/emma',
)
const isMet = (filter: Filter) => meets(emma, filter)

test('a field is met by being there, with a subfield, with a value', () => {
  assert.equal(isMet({ field: '245' }), true)
  assert.equal(isMet({ field: '6XX', subfield: 'v' }), true)
  assert.equal(isMet({ field: '6XX', subfield: 'x' }), false)
  assert.equal(isMet({ field: '001', matches: '12*' }), true)
  assert.equal(isMet({ field: '856', subfield: 'u', matches: '*example.org*' }), true)
  assert.equal(isMet({ field: '245', subfield: 'a', matches: 'Emma' }), false)
})

test('conditions are joined and turned round, and the leader is asked by position', () => {
  assert.equal(isMet({ all: [{ field: '245' }, { not: { field: '100' } }] }), true)
  assert.equal(isMet({ any: [{ field: '100' }, { field: '110' }] }), false)
  assert.equal(isMet({ leader: 6, is: 'at' }), true)
  assert.equal(isMet({ leader: 5, is: 'd' }), false)
  assert.equal(isMet({ any: [] }), false)
})

test('a pattern stands for the whole value: * for any run, | between alternatives', () => {
  const fits = (pattern: string, value: string) => valueTest(pattern)(value)
  assert.ok(fits('a*c', 'abc') && fits('a*c', 'ac') && !fits('a*c', 'abcd') && !fits('a*a', 'a'))
  assert.ok(fits('x|b*', 'book') && !fits('x|b*', 'xy'))
  assert.ok(fits('*a*b*', 'cabd') && !fits('*b*a*', 'ab'))
  assert.ok(fits('a*b*b', 'abb') && !fits('a*bb*b', 'abb'))
})
