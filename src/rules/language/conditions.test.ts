import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleFileOf, ruleText } from '../../../test/rule-file.ts'
import type { Condition } from './rule.ts'

const any = { ind1: null, ind2: null }

const condition = (text: string): Condition => {
  const [read] = ruleFileOf('normalize', ruleText('removeField "999"', text)).rules
  assert.ok(read)
  return read.when
}

const has = (tag: string): Condition => ({
  is: 'exists',
  element: { tag, ...any, subfield: null, value: null },
})

test('NOT binds closer than AND, and AND closer than OR, in any case', () => {
  const [a, b, c] = [has('100'), has('110'), has('111')]
  assert.deepEqual(condition('exists "100" OR exists "110" and NOT exists "111"'), {
    is: 'any',
    of: [a, { is: 'all', of: [b, { is: 'not', of: c }] }],
  })
  assert.deepEqual(condition('((exists "100") or (exists "110")) AND (not exists "111")'), {
    is: 'all',
    of: [
      { is: 'any', of: [a, b] },
      { is: 'not', of: c },
    ],
  })
  for (const text of ['TRUE', '(TRUE)', 'true', '((True))']) assert.deepEqual(condition(text), { is: 'true' })
})

test('conditions on lines of their own must all be met', () => {
  const lines = condition('exists "100" OR exists "110"\n  exists "111"')
  assert.deepEqual(lines, condition('(exists "100" OR exists "110") AND exists "111"'))
  assert.deepEqual(condition('exists "100"\n  OR exists "110"'), condition('exists "100" OR exists "110"'))
})

test('a condition may ask for any value, or match a regular expression', () => {
  const element = { tag: '852', ...any, subfield: 'z' }
  assert.deepEqual(condition('exists "852.z" has any value'), {
    is: 'exists',
    element: { ...element, value: { kind: 'some' } },
  })
  assert.deepEqual(condition('existsMoreThanOnce "852.z" matches "^x"'), {
    is: 'exists-more-than-once',
    element: { ...element, value: { kind: 'regex', source: '^x' } },
  })
})

test('the condition of an action stands behind it, with or without blanks and parentheses', () => {
  const only = { is: 'not', of: has('035') }
  for (const text of [
    'if(not exists "035")',
    'if (not exists "035")',
    'if not exists "035"',
    'IF\n (NOT (exists "035"))',
  ])
    assert.deepEqual(
      ruleFileOf('normalize', ruleText(`removeField "019" ${text}`)).rules[0]?.actions[0]?.only,
      only,
      text,
    )
})
