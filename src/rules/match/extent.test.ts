import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { extentOf } from './extent.ts'

const extent = (a: string, c?: string) => {
  const { pages, pieces, height } = extentOf(recordOf(`300 ## $a ${a}${c === undefined ? '' : ` ; $c ${c}`}`))
  return [pages, pieces, height]
}

test('the last arabic page counts, and pages without a number only where there are no others', () => {
  assert.deepEqual(extent('xii, 324 p., [8] leaves of plates', '24 cm'), [324, null, 24])
  assert.deepEqual(extent('[4], 30 leaves'), [30, null, null])
  assert.deepEqual(extent('13 unnumbered pages'), [13, null, null])
  assert.deepEqual(extent('298, [1] s.', '21 cm'), [298, null, 21])
  assert.deepEqual(extent('1 online resource (xix, 218 pages)'), [218, null, null])
})

test('volumes, discs and maps are pieces', () => {
  assert.deepEqual(extent('2 v.'), [null, 2, null])
  assert.deepEqual(extent('3 sound discs (180 min.)'), [null, 3, null])
  assert.deepEqual(extent('1 map', '38 x 52 cm'), [null, 1, 52])
})

test('of several sizes the greatest counts, with a comma as with a point', () => {
  assert.deepEqual(extent('2 v.', '20-25,5 cm'), [null, 2, 25.5])
  assert.deepEqual(extent('2 v.', '4to'), [null, 2, null])
})

test('a record without an extent has none', () => {
  assert.deepEqual(extentOf(recordOf('245 10 $a Emma')), { pages: null, pieces: null, height: null })
})
