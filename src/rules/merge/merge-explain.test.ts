import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeRuleOfLines } from '../../../test/merge-rule-of.ts'
import { recordOf } from '../../../test/record-of.ts'
import { merge } from './merge.ts'
import { type MergeStep, mergeSteps, mergeTrace, mergeWhys } from './merge-explain.ts'
import { mergeRule } from './merge-rule.ts'
import { defaultProtect } from './protect.ts'

const protect = { ...defaultProtect, members: ['OWN'] }

const existing = recordOf(
  'LDR 00000nam a22000005a 4500',
  '001 9915816',
  '035 ## $a (GOBI)1',
  '245 10 $a Emma.',
  '500 ## $a ours',
  '500 ## $a bound with $5 XYZ',
  '520 ## $a ours',
  '590 ## $a gift',
  '650 #0 $a A',
  '650 #0 $a B',
)
const incoming = recordOf(
  'LDR 00000cam a2200000 i 4500',
  '001 ocm1',
  '245 10 $a Emma / $c Jane Austen.',
  '500 ## $a theirs',
  '546 ## $a English',
  '590 ## $a theirs',
  '650 #0 $a B',
  '650 #0 $a C',
  '650 #7 $a D',
  '700 1# $a x $5 OWN',
  '880 10 $6 245-00 $a x',
)
// Lines 4 to 13.
const rule = mergeRuleOfLines(
  'replace MARC.control."LDR"',
  'remove MARC."0"XX',
  'replace MARC."245"',
  'remove MARC."5"XX excluding "520"',
  'replace MARC."520" if exists',
  'add MARC."5"XX if does not exist',
  'remove MARC."650"',
  'add MARC."6"XX',
  'remove MARC."650"("*","7")',
  'add MARC."7"XX',
  'protect MARC."500" if exists subfield "5"',
)

test('a stored trace counts what each line did, by tag', () => {
  const { decisions } = merge(existing, incoming, rule, protect)
  assert.deepEqual(mergeTrace(decisions, rule, existing, incoming), [
    '4 replace LDR×1',
    '6 replace 245×1',
    '6 add 880×1',
    '7 remove 500×1',
    '9 add 546×1',
    '10 remove 650×1',
    '11 add 650×1',
    '14 protect 500×1',
    'protected 035×1',
    'protected 590×1',
  ])
})

test('of a shipped rule a number is that of the action', () => {
  const shipped = mergeRule('replace-245-035')
  const { decisions } = merge(existing, incoming, shipped, protect)
  assert.deepEqual(mergeTrace(decisions, shipped, existing, incoming), ['1 replace 245×1', '1 add 880×1'])
})

test('a merge that changes nothing leaves no trace', () => {
  const shipped = mergeRule('overlay-all-but-local')
  const { decisions } = merge(existing, existing, shipped, { fields: [] })
  assert.deepEqual(mergeTrace(decisions, shipped, existing, existing), [])
})

const sketch = ({ decision, before, incoming: came, after, why, protection, line, removal }: MergeStep) =>
  [
    decision,
    before ?? '-',
    came ?? '-',
    after ?? '-',
    why,
    ...(protection ? [protection] : []),
    ...(line ? [`${line.line} ${line.text}`] : []),
    ...(removal ? [`${removal.line} ${removal.text}`] : []),
  ].join(' | ')

test('every field has its step: what was, what came, what is, the line and why', () => {
  assert.deepEqual(mergeSteps(existing, incoming, rule, protect).map(sketch), [
    'replaced | LDR 00000nam a22000005a 4500 | LDR 00000cam a2200000 i 4500 | LDR 00000cam a2200000 i 4500 | brought | 4 replace MARC.control."LDR"',
    'kept | 001 9915816 | - | 001 9915816 | own-number',
    'left | - | 001 ocm1 | - | own-number',
    'kept | 035 ## $a (GOBI)1 | - | 035 ## $a (GOBI)1 | protected | 035 of another system',
    'replaced | 245 10 $a Emma. | 245 10 $a Emma / $c Jane Austen. | 245 10 $a Emma / $c Jane Austen. | brought | 6 replace MARC."245"',
    'kept | 500 ## $a bound with $5 XYZ | - | 500 ## $a bound with $5 XYZ | kept-by-line | 14 protect MARC."500" if exists subfield "5"',
    'removed | 500 ## $a ours | - | - | taken | 7 remove MARC."5"XX excluding MARC."520"',
    'left | - | 500 ## $a theirs | - | one-is-there | 9 add MARC."5"XX if does not exist',
    'kept | 520 ## $a ours | - | 520 ## $a ours | none-to-exchange | 8 replace MARC."520" if exists',
    'added | - | 546 ## $a English | 546 ## $a English | brought | 9 add MARC."5"XX if does not exist',
    'kept | 590 ## $a gift | - | 590 ## $a gift | protected | 59X',
    'left | - | 590 ## $a theirs | - | one-is-there | 9 add MARC."5"XX if does not exist',
    'kept | 650 #0 $a B | 650 #0 $a B | 650 #0 $a B | same',
    'replaced | 650 #0 $a A | 650 #0 $a C | 650 #0 $a C | brought | 11 add MARC."6"XX | 10 remove MARC."650"',
    'left | - | 650 #7 $a D | - | taken-again | 12 remove MARC."650"("*","7")',
    'left | - | 700 1# $a x $5 OWN | - | local | $5 OWN | 13 add MARC."7"XX',
    'added | - | 880 10 $6 245-00 $a x | 880 10 $6 245-00 $a x | brought | 6 replace MARC."245"',
  ])
})

test('the steps and the merge are the same', () => {
  const { record } = merge(existing, incoming, rule, protect)
  const steps = mergeSteps(existing, incoming, rule, protect)
  assert.equal(steps.filter(({ after }) => after !== null).length, record.fields.length + 1)
  for (const { why } of steps) assert.ok(why in mergeWhys)
})
