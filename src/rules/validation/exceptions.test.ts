import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import type { ExceptionLine } from '../language/rule.ts'
import { applyExceptions, exceptionProfiles, severityOf, shippedExceptionLines } from './exceptions.ts'
import type { Problem } from './problem.ts'
import { validate } from './validate.ts'
import { type ProblemCode, isProblemCode } from './validation-rules.ts'

const problem = (code: ProblemCode, field: string | null = null): Problem => ({
  code,
  severity: 'warning',
  field,
  at: null,
  value: null,
})

const line = (
  code: ProblemCode,
  severity: ExceptionLine['severity'],
  tag: string | null = null,
  subfield: string | null = null,
): ExceptionLine => ({ code, tag, subfield, severity, place: { line: 1, column: 1 } })

const severities = (problems: readonly Problem[]) =>
  problems.map(({ code, severity }) => `${code} ${severity}`)

test('exceptions make an error of a warning, a warning of an error, or nothing of either', () => {
  const problems = [problem('TITLE_MISSING'), problem('ISBN_INVALID', '020 $a'), problem('EXTENT_MISSING')]
  const lines = [
    line('TITLE_MISSING', 'warning'),
    line('ISBN_INVALID', 'error'),
    line('EXTENT_MISSING', 'off'),
  ]
  assert.deepEqual(severities(applyExceptions(problems, lines, {})), [
    'TITLE_MISSING warning',
    'ISBN_INVALID error',
  ])
})

test('a line of a tag or a subfield is about that alone, and the last line that fits decides', () => {
  const lines = [
    line('SUBFIELD_UNDEFINED', 'off'),
    line('SUBFIELD_UNDEFINED', 'warning', '0**'),
    line('SUBFIELD_UNDEFINED', 'error', '035', 'b'),
  ]
  const of = (field: string) => severityOf('SUBFIELD_UNDEFINED', field, lines, {})
  assert.deepEqual(['500 $x', '020 $x', '035 $x', '035 $b'].map(of), ['off', 'warning', 'warning', 'error'])
  assert.equal(
    severityOf('FIXED_CODE_UNDEFINED', '008/23', [line('FIXED_CODE_UNDEFINED', 'off', '008')], {}),
    'off',
  )
  assert.equal(severityOf('EXTENT_MISSING', null, [line('EXTENT_MISSING', 'off', '300')], {}), 'warning')
})

test("a profile's own severity of a code goes before all lines", () => {
  const lines = [line('ISBN_INVALID', 'off', '020', 'a')]
  assert.equal(severityOf('ISBN_INVALID', '020 $a', lines, { ISBN_INVALID: 'error' }), 'error')
})

test('the exceptions of imports let nothing become an error that is none by its rule', () => {
  for (const { severity } of shippedExceptionLines('import') ?? []) assert.equal(severity, 'off')
})

test('the exceptions of the editor are stricter: what breaks the format keeps a record from being saved', () => {
  const record = recordOf('007 t', '245 00 $a Emma.')
  const of = (code: string) =>
    severities(applyExceptions(validate(record), shippedExceptionLines(code) ?? [], {}))
  assert.deepEqual(of('import'), ['MATERIAL_FIELD_LENGTH warning', 'FIXED_FIELD_MISSING warning'])
  assert.deepEqual(of('editor'), [
    'MATERIAL_FIELD_LENGTH error',
    'FIXED_FIELD_MISSING error',
    'CATALOGING_SOURCE_MISSING warning',
    'PUBLICATION_MISSING warning',
    'EXTENT_MISSING warning',
  ])
})

test('shipped exceptions name codes that there are, each once', () => {
  for (const { code, lines } of exceptionProfiles) {
    const codes = lines.map((each) => each.code)
    assert.ok(codes.every(isProblemCode), code)
    assert.equal(new Set(codes).size, codes.length, code)
  }
})
