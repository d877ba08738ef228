import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { isTelling, titleOf, wholeTitle } from './title.ts'

const titleIn = (line: string) => {
  const [field] = recordOf(line).fields
  return field && 'subfields' in field ? titleOf(field, 'abknp') : null
}
const partsOf = (line: string) => {
  const title = titleIn(line)
  return title && [title.proper, title.rest]
}

test('the title proper ends at the first mark of ISBD, in one subfield as in two', () => {
  const parts = ['emma', 'a novel']
  assert.deepEqual(partsOf('245 10 $a Emma : $b a novel'), parts)
  assert.deepEqual(partsOf('245 10 $a Emma: a novel / by Jane Austen'), parts)
  assert.deepEqual(partsOf('245 10 $a Emma = $b Emma : ein Roman'), ['emma', 'emma ein roman'])
})

test('a colon in a time and a slash in a date divide nothing', () => {
  assert.deepEqual(partsOf('245 10 $a Flight 12:30 of 9/11'), ['flight 12 30 of 9 11', ''])
})

test('an article that begins a title is no part of it, by the indicator or in English', () => {
  assert.deepEqual(partsOf('245 14 $a The watsons'), ['watsons', ''])
  assert.deepEqual(partsOf('245 10 $a The watsons'), ['watsons', ''])
  assert.deepEqual(partsOf('245 12 $a L’étranger'), ['etranger', ''])
  assert.deepEqual(partsOf('245 10 $a A'), ['a', ''])
})

test('an indicator that does not end at a word is not believed', () => {
  assert.deepEqual(partsOf('245 13 $a Emma and others'), ['emma and others', ''])
})

test('an ampersand is a word', () => {
  assert.deepEqual(partsOf('245 10 $a Sense & sensibility'), partsOf('245 10 $a Sense and sensibility'))
})

test('a title that begins with a mark has its words all the same, and one without words is none', () => {
  assert.deepEqual(partsOf('245 10 $a : Emma'), ['emma', ''])
  assert.equal(titleIn('245 10 $c Jane Austen'), null)
  assert.equal(titleIn('245 10 $a ...'), null)
})

test('a title alone tells a work from three words on, or from eight characters where no blanks are written', () => {
  assert.equal(isTelling({ proper: 'annual report', rest: '' }), false)
  assert.equal(isTelling({ proper: 'annual report', rest: 'of meigs county' }), true)
  assert.equal(isTelling({ proper: '中华人民共和国宪法', rest: '' }), true)
  assert.equal(wholeTitle({ proper: 'emma', rest: 'a novel' }), 'emma a novel')
})
