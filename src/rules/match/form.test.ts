import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { formsOf } from './form.ts'

const forms = (...lines: readonly string[]) => formsOf(recordOf(...lines))
const coded = (form: string) => `008 ${'0'.repeat(23)}${form}`.padEnd(44, ' ')

const online = '338 ## $a online resource $b cr $2 rdacarrier'
const volume = '338 ## $a volume $b nc $2 rdacarrier'

test('the carrier type says it, and several say it of a kit', () => {
  assert.deepEqual(forms(online), ['online'])
  assert.deepEqual(forms('338 ## $b he'), ['micro'])
  assert.deepEqual(forms(volume, '338 ## $b sd'), ['print', 'audio-disc'])
})

test('a carrier type that was copied from another version is not believed', () => {
  assert.deepEqual(forms('338 ## $a volume $b cr', '300 ## $a 20 pages'), ['print'])
  assert.deepEqual(forms(online, '300 ## $a 20 pages ; $c 28 cm'), ['print'])
  assert.deepEqual(forms(coded('o'), online, '300 ## $a 20 pages ; $c 28 cm'), ['online'])
  assert.deepEqual(forms(volume, '300 ## $a 1 online resource (20 pages)'), ['online'])
  assert.deepEqual(forms(volume, '338 ## $b he', '300 ## $a 1 microfiche (20 pages)'), ['micro'])
  assert.deepEqual(forms('007 cr |||', coded('o'), volume, '300 ## $a 1 volume'), ['online'])
  assert.deepEqual(forms('007 cr |||', volume, '300 ## $a 1 volume'), ['print'])
})

test('large print and braille are forms of their own, whatever 338 says', () => {
  assert.deepEqual(forms('300 ## $a 300 pages (large print)', volume), ['large-print'])
  assert.deepEqual(forms(coded('f'), volume), ['braille'])
})

test('without a carrier type the medium, a reproduction, the extent and 008 say it, in this order', () => {
  assert.deepEqual(forms('245 10 $a Emma $h [microform]', '300 ## $a 1 sound disc'), ['micro'])
  assert.deepEqual(forms('533 ## $a Electronic reproduction.', '300 ## $a 324 p.'), ['online'])
  assert.deepEqual(forms('300 ## $a 2 sound discs (90 min.)'), ['audio-disc'])
  assert.deepEqual(forms('300 ## $a 1 CD-ROM'), ['computer-disc'])
  assert.deepEqual(forms(coded('b'), '300 ## $a 324 p.'), ['micro'])
})

test('print that is to be had online as well is print', () => {
  assert.deepEqual(
    forms('007 cr |||', '300 ## $a 324 p.', '533 ## $a Also available as electronic reproduction.'),
    ['print'],
  )
})

test('a book of which nothing is said is of paper, a recording of which nothing is said of nothing known', () => {
  assert.deepEqual(forms('245 10 $a Emma'), ['print'])
  assert.deepEqual(formsOf({ ...recordOf('245 10 $a Emma'), leader: '00000njm a2200000 a 4500' }), [])
  assert.deepEqual(formsOf({ ...recordOf('007 sd fsngnnmmned'), leader: '00000njm a2200000 a 4500' }), [
    'audio-disc',
  ])
})
