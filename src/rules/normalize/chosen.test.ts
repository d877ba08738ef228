import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { actionsOf, ruleFileOf } from '../../../test/rule-file.ts'
import { formatField } from '../field-text.ts'
import { recordBudget } from './budget.ts'
import { compileNormalizeRules } from './compile-rules.ts'

const lines = [
  '100 1# $a Austen',
  '245 10 $a Emma.',
  '650 #0 $a Cats',
  '650 #7 $a Dogs $2 fast',
  '650 #7 $a Owls $a Bats $2 local',
]

/** What of these fields is left by `removeField "650" if (…)`, in words of their `$a`. */
function left(condition: string, action: string = 'removeField "650"'): string {
  const { rules } = ruleFileOf('normalize', actionsOf(`${action} if (${condition})`))
  const { fields } = compileNormalizeRules(rules, 'x')(recordOf(...lines), [], recordBudget())
  const words = fields.map((field) => /\$a (\S+)/.exec(formatField(field))?.[1])
  return words.join(' ')
}

test('a condition on the tag of the action chooses among the fields', () => {
  assert.equal(left('exists "650.2.fast"'), 'Austen Emma. Cats Owls')
  assert.equal(left('exists "650.{*,7}"'), 'Austen Emma. Cats')
  assert.equal(left('not exists "650.2"'), 'Austen Emma. Dogs Owls')
})

test('a condition on another tag is about the record', () => {
  assert.equal(left('exists "100"'), 'Austen Emma.')
  assert.equal(left('exists "110"'), 'Austen Emma. Cats Dogs Owls')
  assert.equal(left('not existsControl "008"'), 'Austen Emma.')
  assert.equal(left('existsControl "LDR.{6,1}.a"'), 'Austen Emma.')
  assert.equal(left('TRUE'), 'Austen Emma.')
})

test('the tag must be written as that of the action', () => {
  assert.equal(left('exists "65*.2.fast"'), 'Austen Emma.')
  assert.equal(left('exists "65*.2.fast"', 'removeField "65*"'), 'Austen Emma. Cats Owls')
})

test('AND, OR and NOT join both, field by field', () => {
  assert.equal(left('exists "650.2.fast" AND exists "100"'), 'Austen Emma. Cats Owls')
  assert.equal(left('exists "650.2.fast" AND exists "110"'), 'Austen Emma. Cats Dogs Owls')
  assert.equal(left('exists "650.2.fast" OR exists "100"'), 'Austen Emma.')
  assert.equal(left('exists "650.2.fast" OR exists "110"'), 'Austen Emma. Cats Owls')
  assert.equal(left('not (exists "650.2.fast" OR exists "110")'), 'Austen Emma. Dogs')
  assert.equal(left('not (exists "650.2.fast" AND exists "110")'), 'Austen Emma.')
  assert.equal(left('exists "650.2" AND (exists "650.2.local" OR exists "650.a.Dogs")'), 'Austen Emma. Cats')
  assert.equal(left('exists "100" AND exists "245"'), 'Austen Emma.')
})

test('more than once is about the field where it names a subfield of the tag, else about the record', () => {
  assert.equal(left('existsMoreThanOnce "650.a"'), 'Austen Emma. Cats Dogs')
  assert.equal(left('existsMoreThanOnce "650"'), 'Austen Emma.')
  assert.equal(left('existsMoreThanOnce "245"'), 'Austen Emma. Cats Dogs Owls')
})

test('an action without a field of its own, or with several tags, asks about the record', () => {
  assert.equal(left('not exists "590.a"', 'addField "590.a.Gift"'), 'Austen Emma. Gift Cats Dogs Owls')
  assert.equal(left('exists "590.a"', 'addField "590.a.Gift"'), 'Austen Emma. Cats Dogs Owls')
  assert.equal(
    left('not exists "035.a.1"', 'addSystemNumber "035.a" from "001"'),
    left('TRUE', 'removeField "999"'),
  )
  assert.equal(left('exists "245.a"', 'sortFields "245,100"'), 'Austen Emma. Cats Dogs Owls')
})

test('what a condition says of the record does not change while the action goes on', () => {
  assert.equal(left('exists "6**"', 'removeField "650"'), 'Austen Emma.')
})
