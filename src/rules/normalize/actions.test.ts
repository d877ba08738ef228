import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { actionsOf, ruleFileOf } from '../../../test/rule-file.ts'
import { formatField } from '../field-text.ts'
import { recordBudget } from './budget.ts'
import { compileNormalizeRules } from './compile-rules.ts'

/*
 * What actions do at the edges of what they are for; test/fixtures/normalise has a folder for each.
 */

function afterwards(action: string, ...before: readonly string[]): string[] {
  const { rules } = ruleFileOf('normalize', actionsOf(action))
  return compileNormalizeRules(rules, 'ours')(recordOf(...before), [], recordBudget()).fields.map(formatField)
}

test('a system number has no blanks around it, and is there in any subfield of its code', () => {
  const action = 'addSystemNumber "035.z" from "001" prefixed by "003"'
  assert.deepEqual(afterwards(action, '001  77 ', '003 YBP '), ['001  77 ', '003 YBP ', '035 ## $z (YBP)77'])
  const there = ['001 77', '003 YBP', '035 ## $z (XX)1 $z (YBP)77']
  assert.deepEqual(afterwards(action, ...there), there)
})

test('of control fields that become one that stands alone, the first does', () => {
  const changed = afterwards('changeControlField "007" to "008"', '007 first', '007 second', '008 old')
  assert.deepEqual(changed, ['007 second', '008 first'])
  assert.deepEqual(afterwards('copyControlField "007" to "008"', '007 first', '007 second'), [
    '007 first',
    '007 second',
    '008 first',
  ])
})

test('a control field that has its tag already keeps its place', () => {
  assert.deepEqual(afterwards('changeControlField "006" to "006"', '008 x', '006 y'), ['008 x', '006 y'])
})

test('of a range that is copied no more comes than its length', () => {
  assert.deepEqual(afterwards('copyControlField "008.{1,2}" to "009"', '008 abcdef'), [
    '008 abcdef',
    '009 bc',
  ])
})

test('a range that cuts a character in half leaves none of its halves', () => {
  assert.deepEqual(afterwards('replaceControlContents "008.{0,1}" with "x"', '008 𝒳b'), ['008 x\ufffdb'])
  assert.deepEqual(afterwards('copyControlField "008.{0,1}" to "009"', '008 𝒳b'), ['008 𝒳b', '009 \ufffd'])
})

test('the first subfield is the first of its code, whatever stands in front of it', () => {
  const field = '300 ## $c 1 $a 2 $a 3'
  assert.deepEqual(afterwards('replaceContentsOnlyFirst "300.a" with "x"', field), ['300 ## $c 1 $a x $a 3'])
  assert.deepEqual(afterwards('replaceContentsExceptFirst "300.a" with "x"', field), [
    '300 ## $c 1 $a 2 $a x',
  ])
  assert.deepEqual(afterwards('changeSubFieldOnlyFirst "300.a" to "b"', field), ['300 ## $c 1 $b 2 $a 3'])
})

test('a field that is made of one subfield has blank indicators, whatever its source has', () => {
  assert.deepEqual(afterwards('copyField "490.a" to "830.a"', '490 12 $a x $v y'), [
    '490 12 $a x $v y',
    '830 ## $a x',
  ])
})

test('subfields of two codes are not duplicates, though their values are the same', () => {
  const field = '650 #0 $a x $z x'
  assert.deepEqual(afterwards('correctDuplicateSubfields "650" "a,z"', field), [field])
})

test('what stays of a value that is split has no blank at its end', () => {
  assert.deepEqual(afterwards('splitSubField "776.w.(" to "TMP.a"', '776 0# $w 12 (DLC'), [
    '776 0# $w 12',
    'TMP ## $a DLC',
  ])
})

test('a record that is longer than the limit may be changed where it does not grow', () => {
  const { rules } = ruleFileOf('normalize', actionsOf('replaceContents "500.a.x" with "y"'))
  const budget = recordBudget({ limits: { ...recordBudget().limits, record: 4 } })
  const { fields } = compileNormalizeRules(rules, 'ours')(recordOf('500 ## $a x x x'), [], budget)
  assert.deepEqual(fields.map(formatField), ['500 ## $a y y y'])
})
