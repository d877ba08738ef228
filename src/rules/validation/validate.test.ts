import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../../test/record-of.ts'
import { type ProblemCode, applyExceptions, validate, validationRules } from './validate.ts'

const fixed = '008 030101s2003    enk           000 1 eng d'
const sound = recordOf('001 1', fixed, '100 1# $a Austen', '245 10 $a Emma.')
const codes = (...lines: string[]) => validate(recordOf(...lines)).map(({ code }) => code)

/** For each rule, a record that breaks it and no other. */
const broken: Record<ProblemCode, ReturnType<typeof recordOf>> = {
  LEADER_LENGTH: { ...sound, leader: bookLeader.slice(0, 20) },
  LEADER_STATUS: { ...sound, leader: bookLeader.replace('nam', 'xam') },
  LEADER_TYPE: { ...sound, leader: bookLeader.replace('nam', 'nbm') },
  LEADER_LEVEL: { ...sound, leader: bookLeader.replace('nam', 'naz') },
  CONTROL_NUMBER_REPEATED: { ...sound, fields: [...sound.fields, { tag: '001', value: '2' }] },
  FIXED_FIELD_MISSING: recordOf('245 10 $a Emma.'),
  FIXED_FIELD_LENGTH: recordOf('008 short', '245 10 $a Emma.'),
  FIXED_FIELD_REPEATED: recordOf(fixed, fixed, '245 10 $a Emma.'),
  TITLE_MISSING: recordOf(fixed, '100 1# $a Austen'),
  TITLE_REPEATED: recordOf(fixed, '245 10 $a Emma.', '245 10 $a Emma.'),
  MAIN_ENTRY_REPEATED: recordOf(fixed, '100 1# $a Austen', '110 2# $a Penguin', '245 10 $a Emma.'),
  TAG_INVALID: {
    ...sound,
    fields: [...sound.fields, { tag: '9-9', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: 'x' }] }],
  },
  CONTROL_FIELD_WITH_SUBFIELDS: {
    ...sound,
    fields: [...sound.fields, { tag: '009', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: 'x' }] }],
  },
  FIELD_WITHOUT_SUBFIELDS: {
    ...sound,
    fields: [...sound.fields, { tag: '500', ind1: ' ', ind2: ' ', subfields: [] }],
  },
  INDICATOR_INVALID: {
    ...sound,
    fields: [...sound.fields, { tag: '500', ind1: 'A', ind2: ' ', subfields: [{ code: 'a', value: 'x' }] }],
  },
  SUBFIELD_CODE_INVALID: {
    ...sound,
    fields: [...sound.fields, { tag: '500', ind1: ' ', ind2: ' ', subfields: [{ code: 'A', value: 'x' }] }],
  },
  SUBFIELD_EMPTY: {
    ...sound,
    fields: [...sound.fields, { tag: '500', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: '' }] }],
  },
  ISBN_INVALID: recordOf(fixed, '020 ## $a 0141439514', '245 10 $a Emma.'),
  ISSN_INVALID: recordOf(fixed, '022 ## $a 1050-1241', '245 10 $a Emma.'),
}

test('a sound record has no problem', () => {
  assert.deepEqual(validate(sound), [])
})

test('each rule finds what it is for, and nothing else does', () => {
  for (const code of Object.keys(validationRules) as ProblemCode[]) {
    assert.deepEqual(
      validate(broken[code]).map((problem) => problem.code),
      [code],
    )
  }
})

test('a problem says where it is and what is wrong', () => {
  assert.deepEqual(validate(broken.ISBN_INVALID), [
    { code: 'ISBN_INVALID', severity: 'warning', field: '020 $a', at: 1, value: '0141439514' },
  ])
})

test('a title of blanks is no title, one of $k alone is', () => {
  assert.deepEqual(codes(fixed, '245 10 $c Austen'), ['TITLE_MISSING'])
  assert.deepEqual(codes(fixed, '245 10 $k Letters'), [])
})

test('a profile makes an error of a warning, a warning of an error, or nothing of either', () => {
  const problems = validate(recordOf('020 ## $a 1234'))
  assert.deepEqual(
    applyExceptions(problems, {
      TITLE_MISSING: 'warning',
      ISBN_INVALID: 'error',
      FIXED_FIELD_MISSING: 'off',
    }).map(({ code, severity }) => `${code} ${severity}`),
    ['ISBN_INVALID error', 'TITLE_MISSING warning'],
  )
})
