import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { imprintYears, yearOf } from './year.ts'

const dates = (text: string) => `008 000000${text}`.padEnd(44, ' ')

test('a year is date 1, else the first of the imprint', () => {
  assert.equal(yearOf(recordOf(dates('s1998    '), '260 ## $c 1999.')), 1998)
  assert.equal(yearOf(recordOf(dates('n        '), '264 #1 $c [2004], ©2003')), 2004)
  assert.equal(yearOf(recordOf(dates('q19uu1998'), '245 10 $a Emma')), null)
})

test('a range that is guessed is no year', () => {
  assert.deepEqual(imprintYears(recordOf('264 #1 $c [between 1900 and 1999]')), [])
})
