import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeRuleOfLines } from '../../../test/merge-rule-of.ts'
import { recordOf } from '../../../test/record-of.ts'
import type { MarcRecord } from '../../marc/record.ts'
import { formatField } from '../field-text.ts'
import { RuleFailure, recordBudget } from '../normalize/budget.ts'
import { merge } from './merge.ts'
import { mergeRule } from './merge-rule.ts'
import { defaultProtect } from './protect.ts'

const protect = { ...defaultProtect, members: ['OWN'] }

const merged = (existing: MarcRecord, incoming: MarcRecord, ...lines: readonly string[]): string[] =>
  merge(existing, incoming, mergeRuleOfLines(...lines), protect).record.fields.map(formatField)

test('if does not exist asks for the indicators that its line names, at the time of the line', () => {
  const existing = recordOf('650 #2 $a Mesh')
  const incoming = recordOf('650 #0 $a A', '650 #0 $a B', '650 #2 $a C')
  assert.deepEqual(
    merged(
      existing,
      incoming,
      'add MARC."650"(" ","0") if does not exist',
      'add MARC."650"(" ","2") if does not exist',
    ),
    ['650 #2 $a Mesh', '650 #0 $a A', '650 #0 $a B'],
  )
  assert.deepEqual(merged(existing, incoming, 'remove MARC."650"', 'add MARC."650" if does not exist'), [
    '650 #0 $a A',
    '650 #0 $a B',
    '650 #2 $a C',
  ])
})

test('if does not exist asks for what a line before has brought, too', () => {
  assert.deepEqual(
    merged(
      recordOf('245 10 $a Emma'),
      recordOf('500 ## $a first', '500 ## $a second'),
      'add MARC."500" when MARC."500"."a" contains "first"',
      'add MARC."500" if does not exist',
    ),
    ['245 10 $a Emma', '500 ## $a first'],
  )
})

test('of two lines that bring a field, the first is said to have brought it', () => {
  const rule = mergeRuleOfLines('add MARC."500"', 'add MARC."5"XX')
  const { decisions } = merge(recordOf('245 10 $a Emma'), recordOf('500 ## $a x'), rule, protect)
  assert.deepEqual(
    decisions.map(({ decision, action }) => [decision, action]),
    [
      ['kept', null],
      ['added', 0],
    ],
  )
})

test('of a pattern, if exists and if does not exist are asked for each tag', () => {
  const existing = recordOf('500 ## $a ours', '520 ## $a ours')
  const incoming = recordOf('500 ## $a theirs', '546 ## $a theirs')
  assert.deepEqual(merged(existing, incoming, 'replace MARC."5"XX if exists'), [
    '500 ## $a theirs',
    '546 ## $a theirs',
    '520 ## $a ours',
  ])
  assert.deepEqual(merged(existing, incoming, 'add MARC."5"XX if does not exist'), [
    '500 ## $a ours',
    '520 ## $a ours',
    '546 ## $a theirs',
  ])
})

test('an exchange if exists takes nothing for an incoming field that may not come', () => {
  const existing = recordOf('500 ## $a ours')
  assert.deepEqual(merged(existing, recordOf('500 ## $a theirs $5 OWN'), 'replace MARC."500" if exists'), [
    '500 ## $a ours',
  ])
})

test('replace if does not exist adds, and takes nothing', () => {
  assert.deepEqual(
    merged(
      recordOf('500 ## $a ours'),
      recordOf('500 ## $a theirs', '520 ## $a theirs'),
      'replace MARC."500|520" if does not exist',
    ),
    ['500 ## $a ours', '520 ## $a theirs'],
  )
})

test('plain replace takes the field of a record that has none to give', () => {
  assert.deepEqual(merged(recordOf('500 ## $a ours'), recordOf('520 ## $a x'), 'replace MARC."500"'), [])
})

test('protect keeps fields from every line of its file, those before it and those that name them', () => {
  const existing = recordOf('500 ## $a bound with $5 XYZ', '500 ## $a plain', '590 ## $a ours')
  assert.deepEqual(
    merged(
      existing,
      recordOf('500 ## $a new'),
      'remove MARC."500"',
      'remove MARC."590"',
      'add MARC."500"',
      'protect MARC."500" if exists subfield "5"',
      'protect MARC."590"',
    ),
    ['500 ## $a bound with $5 XYZ', '500 ## $a new', '590 ## $a ours'],
  )
})

test('a condition of protect on another tag is held against the existing record', () => {
  const rule = ['remove MARC."500"', 'protect MARC."500" when MARC."040"."a" contains "OURS"']
  const incoming = recordOf('040 ## $a OURS')
  assert.deepEqual(merged(recordOf('040 ## $a OURS', '500 ## $a x'), incoming, ...rule), [
    '040 ## $a OURS',
    '500 ## $a x',
  ])
  assert.deepEqual(merged(recordOf('040 ## $a DLC', '500 ## $a x'), incoming, ...rule), ['040 ## $a DLC'])
})

test('protect is about the existing record as it was, whatever has come since', () => {
  assert.deepEqual(
    merged(
      recordOf('500 ## $a old'),
      recordOf('500 ## $a new'),
      'add MARC."500"',
      'remove MARC."500"',
      'protect MARC."500" when MARC."500"."a" contains "old"',
    ),
    ['500 ## $a old'],
  )
})

test('a field that follows none comes behind the last of its tag, wherever that stands, else by its tag', () => {
  const existing = recordOf('245 10 $a Emma', '651 #0 $a Highbury', '650 #0 $a Wit', '700 1# $a x')
  assert.deepEqual(merged(existing, recordOf('650 #0 $a Courtship'), 'add MARC."650"'), [
    '245 10 $a Emma',
    '651 #0 $a Highbury',
    '650 #0 $a Wit',
    '650 #0 $a Courtship',
    '700 1# $a x',
  ])
  assert.deepEqual(merged(existing, recordOf('300 ## $a 1 v.'), 'add MARC."300"').slice(0, 2), [
    '245 10 $a Emma',
    '300 ## $a 1 v.',
  ])
})

test('what a line added a later line may remove', () => {
  assert.deepEqual(
    merged(
      recordOf('500 ## $a old'),
      recordOf('500 ## $a new $9 x', '500 ## $a new'),
      'add MARC."500"',
      'remove MARC."500" if exists subfield "9"',
    ),
    ['500 ## $a old', '500 ## $a new'],
  )
})

test('a field that is there already is not doubled, however many lines add it', () => {
  const incoming = recordOf('246 3# $a A $5 big', '246 3# $a A $5 big')
  assert.deepEqual(
    merged(
      recordOf('246 3# $a A $5 big'),
      incoming,
      'add MARC."246" when MARC."246"."5" contains "b*"',
      'add MARC."246" when MARC."246"."5" contains "g*"',
      'add MARC."246"',
    ),
    ['246 3# $a A $5 big', '246 3# $a A $5 big'],
  )
})

test('contains is met anywhere in a value, and a * at either end of it changes nothing', () => {
  const incoming = recordOf('035 ## $a (OCoLC)ocm1', '035 ## $a (GOBI)2')
  for (const text of ['OCoLC', '(OCoLC)*', '*OCoLC*', '*ocm1', 'O*m', '(OCoLC).cm1|none'])
    assert.deepEqual(
      merged(recordOf(), incoming, `add MARC."035" when MARC."035"."a" contains "${text}"`),
      ['035 ## $a (OCoLC)ocm1'],
      text,
    )
})

test('has any value and matches say what contains cannot', () => {
  const incoming = recordOf('500 ## $a a $5 XYZ', '500 ## $a b', '500 ## $a c $5 ABC')
  assert.deepEqual(merged(recordOf(), incoming, 'add MARC."500" when MARC."500"."5" has any value'), [
    '500 ## $a a $5 XYZ',
    '500 ## $a c $5 ABC',
  ])
  assert.deepEqual(merged(recordOf(), incoming, 'add MARC."500" when MARC."500"."5" matches "^[A-M]"'), [
    '500 ## $a c $5 ABC',
  ])
})

test('a condition on another tag is held against the record that the line reads', () => {
  const existing = recordOf('040 ## $a OURS', '500 ## $a ours')
  const incoming = recordOf('040 ## $a THEIRS', '500 ## $a theirs')
  const when = (who: string) => `when MARC."040"."a" contains "${who}"`
  assert.deepEqual(merged(existing, incoming, `add MARC."500" ${when('THEIRS')}`), [
    '040 ## $a OURS',
    '500 ## $a ours',
    '500 ## $a theirs',
  ])
  assert.deepEqual(merged(existing, incoming, `add MARC."500" ${when('OURS')}`), [
    '040 ## $a OURS',
    '500 ## $a ours',
  ])
  assert.deepEqual(merged(existing, incoming, `remove MARC."500" ${when('OURS')}`), ['040 ## $a OURS'])
})

test('such a condition is about the record as the lines before have left it', () => {
  const existing = recordOf('040 ## $a OURS', '500 ## $a ours')
  const incoming = recordOf('040 ## $a THEIRS')
  const remove = 'remove MARC."500" when MARC."040"."a" contains "OURS"'
  assert.deepEqual(merged(existing, incoming, remove, 'replace MARC."040"'), ['040 ## $a THEIRS'])
  assert.deepEqual(merged(existing, incoming, 'replace MARC."040"', remove), [
    '040 ## $a THEIRS',
    '500 ## $a ours',
  ])
  // A line that takes the very fields that it asks about is one step.
  assert.deepEqual(
    merged(existing, incoming, 'remove MARC."040|500" when MARC."040"."a" contains "OURS"'),
    [],
  )
})

test('the leader is replaced where a line says so, and held by protect', () => {
  const existing = recordOf('LDR 00000nam a22000005a 4500', '040 ## $a OURS')
  const incoming = recordOf('LDR 00000cam a2200000 i 4500', '040 ## $a THEIRS')
  const leader = (...lines: string[]) =>
    merge(existing, incoming, mergeRuleOfLines(...lines), protect).record.leader
  assert.equal(leader('replace MARC.control."LDR"'), incoming.leader)
  assert.equal(leader('replace MARC."LDR" when MARC."040"."a" contains "THEIRS"'), incoming.leader)
  for (const lines of [
    ['replace MARC."LDR" when MARC."040"."a" contains "OURS"'],
    ['replace MARC."LDR"', 'protect MARC."LDR"'],
    ['replace MARC."LDR" if does not exist'],
    ['add MARC."LDR"'],
    ['replace MARC."X"XX'],
  ])
    assert.equal(leader(...lines), existing.leader, lines.join())
})

test('001, 003 and 005 are never touched', () => {
  const existing = recordOf('001 1', '003 A', '005 20200101000000.0', '006 m')
  assert.deepEqual(
    merged(
      existing,
      recordOf('001 2', '003 B', '005 20210101000000.0', '006 a'),
      'replace MARC.control."001|003|005|006"',
      'replace MARC."X"XX',
    ),
    ['001 1', '003 A', '005 20200101000000.0', '006 a'],
  )
})

test('a rule that takes more than the budget has fails with its line, and so does no rule of the usual size', () => {
  const long = recordOf(`500 ## $a ${'ab'.repeat(5000)}`)
  const rule = mergeRuleOfLines(
    'add MARC."245"',
    'remove MARC."500" when MARC."500"."a" matches "(a|b)+[cd]"',
  )
  assert.throws(
    () => merge(long, recordOf(), rule, protect, { budget: recordBudget({ steps: 10_000 }) }),
    (error: unknown) => error instanceof RuleFailure && error.rule === 'test' && error.line === 5,
  )
  assert.throws(
    () => merge(long, recordOf(), rule, protect, { budget: recordBudget({ steps: 10 }) }),
    (error: unknown) => error instanceof RuleFailure && error.rule === 'test',
  )
  assert.equal(merge(long, recordOf(), rule, protect).record, long)
  assert.throws(() => mergeRule('none'), RangeError)
})

test('to take a field and bring it back is charged for each field, since each is asked whether it is protected', () => {
  const notes = recordOf(...Array.from({ length: 500 }, () => '500 ## $a x'))
  const budget = recordBudget()
  const lines = Array.from({ length: 10 }, () => 'replace MARC."500" if exists')
  assert.equal(merge(notes, notes, mergeRuleOfLines(...lines), protect, { budget }).record, notes)
  assert.ok(recordBudget().left - budget.left >= 10 * 500 * 10)
})
