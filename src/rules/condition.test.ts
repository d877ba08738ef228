import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../test/record-of.ts'
import { ruleFileOf } from '../../test/rule-file.ts'
import { compileCondition } from './condition.ts'

/** Whether each of the conditions is met by a record. */
function met(lines: readonly string[], ...conditions: readonly string[]): readonly boolean[] {
  const record = recordOf(...lines)
  return conditions.map((condition) => {
    const text = `rule "x"\nwhen\n${condition}\nthen\nset indication."true"\nend\n`
    const [rule] = ruleFileOf('indication', text).rules
    assert.ok(rule)
    return compileCondition(rule.when)(record)
  })
}

const lines = [
  `LDR ${bookLeader}`,
  '007 cr',
  '008 030101s2003    enk           000 1 eng d',
  '245 10 $a Emma / $c Jane Austen.',
  '650 #0 $a Cats. $v Fiction.',
  '650 #7 $a Dogs. $2 fast',
  'TMP ## $a x',
]

test('a field is there by its tag, with any character where * stands', () => {
  assert.deepEqual(
    met(
      lines,
      'exists "245"',
      'exists "246"',
      'exists "6**"',
      'exists "6*1"',
      'exists "*5*"',
      'exists "TMP"',
    ),
    [true, false, true, false, true, true],
  )
})

test('an X in a tag is an X', () => {
  assert.deepEqual(met(['XXX ## $a 1', '245 10 $a Emma.'], 'exists "2XX"', 'exists "XXX"'), [false, true])
})

test('one field must have all that is named: indicators, subfield and the whole value', () => {
  assert.deepEqual(
    met(
      lines,
      'exists "650.{*,0}.a.Cats*"',
      'exists "650.{*,7}.a.Cats*"',
      'exists "650.{-,0}"',
      'exists "650.a.Cats"',
      'exists "650.a.Cats\\."',
      'exists "650.*.fast"',
      'exists "650.2"',
      'exists "650.x"',
    ),
    [true, false, true, false, true, true, true, false],
  )
})

test('a control field is there by its tag, a value by the whole, characters by their place', () => {
  assert.deepEqual(
    met(
      lines,
      'existsControl "007"',
      'exists "007"',
      'existsControl "007.c"',
      'existsControl "007.c*"',
      'existsControl "007.{0,1}.c"',
      'existsControl "008.{35,3}.eng"',
      'existsControl "008.{35,3}.eng|fre"',
      'existsControl "008.{38,3}"',
      'existsControl "00*.cr"',
    ),
    [true, true, false, true, true, true, true, false, true],
  )
})

test('the leader is there by its characters', () => {
  assert.deepEqual(
    met(lines, 'existsControl "LDR.{6,2}.am"', 'existsControl "LDR.{17,1}. "', 'existsControl "LDR.{24,1}"'),
    [true, true, false],
  )
})

test('a tag with * in front of its zeros means no control field', () => {
  assert.deepEqual(met(['001 1', '008 x'], 'exists "00*"', 'exists "0**"', 'exists "***"'), [
    true,
    false,
    false,
  ])
})

test('more than once counts fields, or subfields in the whole record', () => {
  assert.deepEqual(
    met(
      lines,
      'existsMoreThanOnce "650"',
      'existsMoreThanOnce "245"',
      'existsMoreThanOnce "650.a"',
      'existsMoreThanOnce "650.a.Cats*"',
      'existsMoreThanOnce "00*"',
    ),
    [true, false, true, false, true],
  )
})

test('conditions are joined by AND, OR and NOT', () => {
  assert.deepEqual(
    met(
      lines,
      '(TRUE)',
      '(exists "245") AND (exists "650")',
      '(exists "245") AND (exists "651")',
      '(exists "651") OR (exists "650")',
      'not exists "651"',
      'NOT ((exists "245") OR (exists "651"))',
    ),
    [true, true, false, true, true, false],
  )
})

test('an 880 is no field of the tag that its $6 names', () => {
  assert.deepEqual(met(['880 10 $6 245-01 $a 題'], 'exists "245"', 'exists "880.a"'), [false, true])
})

test('a regular expression may be anywhere in the value, and any value is one that is not blank', () => {
  assert.deepEqual(
    met(
      [...lines, '300 ## $a   $b x'],
      'exists "245.a" matches "m+"',
      'exists "245.a" matches "^m+"',
      'existsControl "008.{35,3}" matches "^e.g$"',
      'exists "300.b" has any value',
      'exists "300.a" has any value',
    ),
    [true, false, true, true, false],
  )
})
