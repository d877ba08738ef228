import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recordOf } from '../../test/record-of.ts'
import type { MarcRecord } from '../marc/record.ts'
import { namePlace, subjectPlace, titlePlace } from './word-places.ts'
import { queryWords, sameWords, searchWords, unpackWords } from './words.ts'

const wordsOf = (record: MarcRecord, place = 15): string[] =>
  [...unpackWords(searchWords(record))].flatMap(({ word, places }) => (places & place ? [word] : []))

const isFound = (query: string, record = emma) => {
  const all = wordsOf(record)
  const asked = queryWords(query)
  return asked.length > 0 && asked.every((word) => all.includes(word))
}

const emma = recordOf(
  '001 991',
  '020 ## $a 0141439513 (pbk.) : $c 7.99',
  '022 ## $a 1050-124X',
  '035 ## $a (OCoLC)ocm00123456',
  '100 1# $6 880-01 $a Austen, Jane, $d 1775-1817, $e author. $0 http://id.example/123',
  "245 10 $a Emma O'Brien, or, L’été e-mail / $c by Jane Austen.",
  '260 ## $a London : $b Penguin, $c 2003.',
  '505 0# $a Preface -- $t Volume the first.',
  '520 ## $a A summary of the highbury circle.',
  '650 #0 $a Young women $z England $v Fiction.',
  '880 1# $6 100-01/$1 $a 简·奥斯汀',
  '938 ## $a Yankee Book Peddler',
  '949 ## $a barcode31234',
)

test('words are told apart by where they stand', () => {
  const [title, name, subject] = [titlePlace, namePlace, subjectPlace].map((place) => wordsOf(emma, place))
  assert.ok(title?.includes('emma') && title.includes('volume') && !title.includes('austen'))
  assert.ok(name?.includes('austen') && !name.includes('author') && !name.includes('emma'))
  assert.deepEqual(subject, ['young', 'women', 'england', 'fiction'])
})

test('titles, names, subjects, notes, publishers and local fields are found, links and what OCLC exports with are not', () => {
  for (const query of [
    'emma',
    'Austen Jane',
    'PENGUIN london',
    'highbury',
    'england fiction',
    'barcode31234',
  ])
    assert.ok(isFound(query), query)
  for (const query of ['yankee', 'http', '991', '2003', '']) assert.ok(!isFound(query), query)
})

test('identifiers are found in every form that people type', () => {
  for (const query of [
    '9780141439518',
    '978-0-14-143951-8',
    '0141439513',
    '1050-124x',
    '123456',
    '0-14-143951-3',
  ])
    assert.ok(isFound(query), query)
})

test('a word with an apostrophe or a short prefix is found apart and together', () => {
  for (const query of ["o'brien", 'obrien', 'O’BRIEN', 'brien', "l'ete", 'été', 'e-mail', 'email'])
    assert.ok(isFound(query), query)
})

test('an 880 counts as its partner, and CJK is found by a character and by any run', () => {
  assert.ok(wordsOf(emma, namePlace).includes('奥斯'))
  for (const query of ['奥斯汀', '奥', '斯汀', '简·奥斯汀']) assert.ok(isFound(query), query)
  assert.ok(!isFound('汀奥'))
})

test('no word is longer than 100 characters, and a record has no more than 2,000', () => {
  const long = recordOf(
    `500 ## $a ${'x'.repeat(300)}`,
    ...Array.from(
      { length: 30 },
      (_, at) => `500 ## $a ${Array.from({ length: 100 }, (_, word) => `w${at}q${word}`).join(' ')}`,
    ),
  )
  const all = wordsOf(long)
  assert.equal(all.length, 2000)
  assert.equal(Math.max(...all.map((word) => word.length)), 100)
  assert.ok(isFound('x'.repeat(300), long))
})

test('any run of a title finds its record', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (title) => {
      const record = {
        leader: '',
        fields: [{ tag: '245', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: title }] }],
      }
      const all = wordsOf(record)
      const asked = queryWords(title).filter((word) => !/^\d{8,}[\dx]?$/.test(word))
      assert.deepEqual(
        asked.filter((word) => !all.includes(word)),
        [],
      )
    }),
    { numRuns: 500 },
  )
})

test('each word is there once, with the sum of its places', () => {
  const repeated = recordOf('245 10 $a Whale whale WHALE', '500 ## $a whale ship', '650 #0 $a Whale')
  assert.deepEqual(
    [...unpackWords(searchWords(repeated))],
    [
      { word: 'whale', places: titlePlace + subjectPlace },
      { word: 'ship', places: 8 },
    ],
  )
})

test('words of one record do not reach the next', () => {
  searchWords(recordOf('245 10 $a First'))
  assert.deepEqual(wordsOf(recordOf('245 10 $a Second')), ['second'])
  assert.deepEqual(wordsOf(recordOf('008 x')), [])
})

test('the same words in the same places are the same in any order', () => {
  const [a, b, c] = ['one two', 'two one', 'one too'].map((title) =>
    searchWords(recordOf(`245 10 $a ${title}`)),
  )
  assert.ok(a && b && c)
  assert.ok(sameWords(a, b) && !sameWords(a, c))
  assert.ok(!sameWords(a, searchWords(recordOf('650 #0 $a one two'))))
})

test('a word that is too long does not end in half a character', () => {
  const cut = recordOf(`500 ## $a ${'x'.repeat(99)}𐌰𐌱 ${'x'.repeat(99)}`)
  assert.deepEqual(wordsOf(cut), ['x'.repeat(99)])
})
