import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from './problem.ts'
import { readTracedProblem, tracedProblems } from './traced-problems.ts'
import type { ProblemCode } from './validation-rules.ts'

const problem = (code: ProblemCode, field: string | null, severity: Problem['severity']): Problem => ({
  code,
  severity,
  field,
  at: null,
  value: null,
})

test('a trace has errors first, and the same of one field once, with how often', () => {
  assert.deepEqual(
    tracedProblems([
      problem('ISBN_INVALID', '020 $a', 'warning'),
      problem('TITLE_MISSING', null, 'error'),
      problem('ISBN_INVALID', '020 $a', 'warning'),
    ]),
    ['TITLE_MISSING', 'ISBN_INVALID 020 $a ×2'],
  )
  assert.deepEqual(tracedProblems([]), [])
})

test('a trace has twenty lines at most, and says how many are left out', () => {
  const many = Array.from({ length: 30 }, (_, at) => problem('TAG_UNDEFINED', String(100 + at), 'warning'))
  const traced = tracedProblems([...many, problem('TITLE_MISSING', null, 'error')])
  assert.equal(traced.length, 20)
  assert.deepEqual([traced[0], traced[19]], ['TITLE_MISSING', 'and 12 more'])
})

test('a line of a trace is read back; other words are none', () => {
  assert.deepEqual(readTracedProblem('TITLE_MISSING'), { code: 'TITLE_MISSING', field: null })
  assert.deepEqual(readTracedProblem('ISBN_INVALID 020 $a ×2'), { code: 'ISBN_INVALID', field: '020 $a' })
  assert.deepEqual(readTracedProblem('FIXED_CODE_UNDEFINED 008/23'), {
    code: 'FIXED_CODE_UNDEFINED',
    field: '008/23',
  })
  for (const line of ['and 12 more', 'NEWER_CODE 245', '', 'The record ends inside of a field.'])
    assert.equal(readTracedProblem(line), null)
})
