import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { numbersOf } from './record-numbers.ts'

test('numbers are compared in one form, and those of another version apart', () => {
  const numbers = numbersOf(
    recordOf(
      '010 ## $a    95034518 $z    95000000',
      '019 ## $a 77',
      '020 ## $a 0-14-143951-3 (pbk.) $z 9780141439518',
      '022 0# $a 0197-4262 $l 0197-4262 $y 1234-5679',
      '035 ## $a (OCoLC)ocm00000012 $z (OCoLC)34',
      '035 ## $a (DLC)   95034518',
    ),
  )
  assert.deepEqual(numbers.oclc, { own: ['12'], other: ['77', '34'] })
  assert.deepEqual(numbers.isbn, { own: ['9780141439518'], other: ['9780141439518'] })
  assert.deepEqual(numbers.issn, { own: ['0197-4262'], other: ['0197-4262', '1234-5679'] })
  assert.deepEqual(numbers.lccn, { own: ['95034518'], other: ['95000000'] })
  assert.deepEqual(numbers.system, ['(dlc)95034518'])
})

test('what a number is of is read from $q, and from words behind it', () => {
  const { isbnOf } = numbersOf(
    recordOf(
      '020 ## $a 9780141439518 (pbk.)',
      '020 ## $a 9780306406157 $q (set)',
      '020 ## $a 9780679600268 (v. I)',
      '020 ## $a 9780679600251 $q electronic book',
      '020 ## $a 9780140057744',
    ),
  )
  assert.deepEqual(isbnOf, {
    '9780141439518': 'print',
    '9780306406157': 'set',
    '9780679600251': 'electronic',
  })
})

test('a number of a document is one in any spacing, and a stem is none', () => {
  const documents = (...lines: readonly string[]) => numbersOf(recordOf(...lines)).document
  assert.deepEqual(documents('086 0# $a I 19.81: 43071-C 4'), documents('086 0# $a I 19.81:43071-C4'))
  assert.deepEqual(documents('086 0# $a Y 3.2:'), [])
  assert.deepEqual(documents('088 ## $a EPA-600/2-79-001'), ['epa-600/2-79-001'])
})

test('a record of hundreds of numbers is held to twelve of a kind', () => {
  const lines = Array.from({ length: 100 }, (_, at) => `035 ## $a (OCoLC)${at + 1}`)
  assert.equal(numbersOf(recordOf(...lines)).oclc.own.length, 12)
})
