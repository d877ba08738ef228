import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTimestamp, validateDates } from './dates.ts'
import type { Findings } from './problem.ts'

const found = (start: string): string[] => {
  const findings: Findings = { problems: [], seen: null }
  validateDates(`${start.padEnd(15)}enka          000 1 eng d`, 0, findings)
  return findings.problems.map(({ code }) => code)
}

test('each type of date has its form', () => {
  const sound = [
    'b        ',
    'c19829999',
    'c198u9999',
    'd19821990',
    'e20240229',
    'e202402  ',
    'i1765177u',
    'm19uu9999',
    'nuuuuuuuu',
    'q19601969',
    's1998    ',
    's19uu    ',
    't20032002',
    'u1990uuuu',
    '|||||||||',
    's||||    ',
  ]
  for (const dates of sound) assert.deepEqual(found(`030101${dates}`), [], dates)
  const wrong = [
    'b1998    ',
    'c19821990',
    'd1982    ',
    'e20241301',
    'n1998    ',
    's        ',
    's199     ',
    's1u98    ',
    's19981999',
    'u19901995',
    'u1990    ',
  ]
  for (const dates of wrong) assert.deepEqual(found(`030101${dates}`), ['DATES_INVALID'], dates)
})

test('a range goes from the earlier year to the later, a reprint names its own year first', () => {
  for (const dates of ['d19901982', 'i19901982', 'q19901982', 'r19821990', 'p19821990'])
    assert.deepEqual(found(`030101${dates}`), ['DATES_REVERSED'], dates)
  for (const dates of ['r19901982', 'p19901982', 'm19901990', 't20032004', 'r1990uuuu'])
    assert.deepEqual(found(`030101${dates}`), [], dates)
})

test('the date on which a record was made is a day, or not coded', () => {
  for (const day of ['030101', '991231', '||||||']) assert.deepEqual(found(`${day}s1998    `), [], day)
  for (const day of ['000000', '031301', '030132', '2003  ', '3/1/03'])
    assert.deepEqual(found(`${day}s1998    `), ['ENTRY_DATE_INVALID'], day)
})

test('a time of transaction is a date, a time and a decimal', () => {
  assert.ok(isTimestamp('20240229235959.0'))
  for (const time of [
    '',
    '20240229',
    '20240229235959',
    '20241329235959.0',
    '20240229245959.0',
    '2024022923595 .0',
  ])
    assert.ok(!isTimestamp(time), time)
})
