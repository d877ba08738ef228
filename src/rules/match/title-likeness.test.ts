import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { matchFeatures } from './match-features.ts'
import { compareWords, titleLikeness } from './title-likeness.ts'

const likeness = (a: string, b: string) => {
  const titles = (title: string) => matchFeatures(recordOf(`245 10 $a ${title}`)).titles
  return titleLikeness(titles(a), titles(b))
}

test('the same words are alike wholly, with one misspelt or cut short as well', () => {
  assert.equal(likeness('Pride and prejudice', 'Pride & prejudice.'), 1)
  assert.equal(likeness('Small business: steps taken', 'Small business: steps take'), 1)
  assert.equal(likeness('Geological survey of Ohio', 'Geol. survey of Ohio'), 1)
})

test('what the one has more than the other costs little', () => {
  assert.equal(likeness('Emma : a novel', 'Emma'), 0.7)
  assert.equal(
    likeness('Soils of Ohio and Indiana counties', 'Soils of Ohio and Indiana counties revised'),
    0.7,
  )
})

test('a word on each side that the other lacks is of another thing, more so among few words', () => {
  assert.equal(likeness('Flood insurance study, Meigs County', 'Flood insurance study, Perry County'), -0.5)
  const quadrangle = (name: string) => `${name} quadrangle, New Hampshire 7.5 minute series topographic`
  assert.equal(likeness(quadrangle('Ashland'), quadrangle('Bristol')), -0.3)
  assert.equal(likeness('Emma', 'Persuasion'), -0.5)
  assert.equal(likeness('Letters to a young poet', 'Poems of an old soldier'), -1)
})

test('any title of the one may be that of the other, and a record without a title says nothing', () => {
  const a = matchFeatures(recordOf('245 10 $a JAMA', '246 3# $a Journal of medicine')).titles
  const b = matchFeatures(recordOf('245 10 $a Journal of medicine')).titles
  assert.equal(titleLikeness(a, b), 1)
  assert.equal(titleLikeness([], b), null)
})

test('figures have no variants, and a word meets one word at most', () => {
  assert.deepEqual(compareWords(['1998'], ['1999']), { common: 0, onlyA: 1, onlyB: 1 })
  assert.deepEqual(compareWords(['new', 'new'], ['new']), { common: 1, onlyA: 1, onlyB: 0 })
  assert.deepEqual(compareWords(['recieve'], ['receive']), { common: 1, onlyA: 0, onlyB: 0 })
  assert.deepEqual(compareWords(['house'], ['horse']), { common: 1, onlyA: 0, onlyB: 0 })
})
