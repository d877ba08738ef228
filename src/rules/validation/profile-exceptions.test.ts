import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunProfile } from '../import-profile.ts'
import { shippedProfile } from '../profiles.ts'
import { severityOf, shippedExceptionLines } from './exceptions.ts'
import { exceptionLinesOf } from './profile-exceptions.ts'

const profile = (more: Partial<RunProfile>): RunProfile => ({ ...shippedProfile('repository'), ...more })

test('a profile that names no exceptions has those of imports', () => {
  assert.equal(exceptionLinesOf(profile({})), shippedExceptionLines('import'))
  assert.equal(exceptionLinesOf(profile({ exceptions: 'editor' })), shippedExceptionLines('editor'))
})

test("a zone's own exceptions are read from the text that the profile runs by", () => {
  const text = 'TAG_UNDEFINED: error\nTAG_UNDEFINED 412: off\n'
  const ours = profile({
    exceptions: 'ours',
    rules: [{ kind: 'exceptions', zone: 'IZ', code: 'ours', version: 1, text }],
  })
  const of = (field: string) => severityOf('TAG_UNDEFINED', field, exceptionLinesOf(ours), ours.validate)
  assert.deepEqual([of('413'), of('412')], ['error', 'off'])
  assert.equal(exceptionLinesOf(ours), exceptionLinesOf(ours))
})

test('exceptions that a profile does not bring along are no profile to run by', () => {
  assert.throws(() => exceptionLinesOf(profile({ exceptions: 'ours' })), RangeError)
})
