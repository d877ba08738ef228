import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { titleKeys, titleStem, titleTag, titleYear } from './title-key.ts'

const coded = (year: string) => `008 030101s${year}    enk           000 1 eng d`
const keysOf = (...lines: string[]) => titleKeys(recordOf(coded('2003'), ...lines))
const valuesOf = (...lines: string[]) =>
  keysOf(...lines).map(({ value, origin }) => `${titleTag(origin)} ${value}`)

test('a record with a subtitle and one without have one value, and tell the rest and the year by their origins', () => {
  const [whole] = keysOf('245 10 $a Emma : $b a novel / $c Jane Austen.')
  const [again] = keysOf('245 10 $a EMMA : A NOVEL / Jane Austen')
  const [brief] = keysOf('245 10 $a Emma')
  assert.deepEqual([whole?.value, brief?.value], ['emma', 'emma'])
  assert.equal(again?.origin, whole?.origin)
  assert.notEqual(titleStem(whole?.origin ?? ''), titleStem(brief?.origin ?? ''))
  assert.deepEqual([titleTag(brief?.origin ?? ''), titleYear(brief?.origin ?? '')], ['245', 2003])
})

test('the year is read from the imprint where 008 has none, and is 0 where there is none at all', () => {
  const yearOf = (...lines: string[]) => titleYear(titleKeys(recordOf(...lines))[0]?.origin ?? '')
  assert.equal(yearOf(coded('20uu'), '245 10 $a Emma.', '264 #1 $c [2003?]'), 2003)
  assert.equal(yearOf(coded('    '), '245 10 $a Emma.'), 0)
})

test('parts are of the rest of a title: two volumes share the title proper', () => {
  const [first] = keysOf('245 10 $a Works. $n 1, $p Emma.')
  const [second] = keysOf('245 10 $a Works. $n 2, $p Persuasion.')
  assert.equal(first?.value, second?.value)
  assert.notEqual(first?.origin, second?.origin)
})

test('a variant title has a key unless its words stand in the title as they are', () => {
  assert.deepEqual(
    valuesOf(
      '210 0# $a Emma pap.',
      '245 00 $a Emma papers : $b a journal of letters.',
      '246 3# $a The Emma gazette',
      '246 30 $a Journal of letters',
    ),
    ['245 emma papers', '210 emma pap', '246 emma gazette'],
  )
})

test('a title in another script has a key beside the one in this script', () => {
  assert.deepEqual(valuesOf('245 10 $6 880-01 $a Aima.', '880 10 $6 245-01/$1 $a 爱玛。'), [
    '245 aima',
    '245 愛瑪',
  ])
})

test('a record without a title has no key, whatever its variants', () => {
  assert.deepEqual(valuesOf('246 3# $a Emma'), [])
})

test('a value is cut at 180 characters', () => {
  assert.equal(keysOf(`245 10 $a ${'Emma '.repeat(80)}`)[0]?.value.length, 180)
})
