import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bookLeader, recordOf } from '../../../test/record-of.ts'
import { carrierOf } from './carrier.ts'

const coded = (form: string) => `008 030101s2003    enk     ${form}     000 1 eng d`
const mapCoded = (form: string) => `008 030101s2003    enk           ${form}   eng d`
const map = `LDR ${bookLeader.replace('nam', 'nem')}`
const sound = `LDR ${bookLeader.replace('nam', 'nim')}`

test('the carrier type decides before everything else', () => {
  assert.equal(carrierOf(recordOf(coded('o'), '338 ## $a volume $b nc $2 rdacarrier')), 'print')
  assert.equal(carrierOf(recordOf(coded(' '), '338 ## $a online resource $b cr $2 rdacarrier')), 'electronic')
  assert.equal(carrierOf(recordOf('338 ## $a online resource')), 'electronic')
  assert.equal(carrierOf(recordOf('338 ## $a audio disc $b sd')), 'other')
})

test('a record of both carriers is other, and so is set against neither', () => {
  assert.equal(carrierOf(recordOf('338 ## $a volume $b nc', '338 ## $a online resource $b cr')), 'other')
})

test('007 and the form of item tell, the latter in position 29 for maps', () => {
  assert.equal(carrierOf(recordOf('007 cr |||', coded(' '))), 'electronic')
  assert.equal(carrierOf(recordOf(coded('o'))), 'electronic')
  assert.equal(carrierOf(recordOf(coded('r'))), 'print')
  assert.equal(carrierOf(recordOf(coded('a'))), 'other')
  assert.equal(carrierOf(recordOf(map, mapCoded('o'))), 'electronic')
  assert.equal(carrierOf(recordOf(map, mapCoded(' '))), 'print')
})

test('a link to the resource itself decides only where there is no extent', () => {
  assert.equal(carrierOf(recordOf('245 10 $a Emma.', '856 40 $u http://example.org')), 'electronic')
  assert.equal(
    carrierOf(recordOf('245 10 $a Emma.', '300 ## $a 300 p.', '856 40 $u http://example.org')),
    'print',
  )
  assert.equal(carrierOf(recordOf('245 10 $a Emma.', '856 42 $u http://example.org')), 'print')
})

test('text without evidence is print, a sound recording is other', () => {
  assert.equal(carrierOf(recordOf('245 10 $a Emma.')), 'print')
  assert.equal(carrierOf(recordOf(sound, '245 10 $a Emma.')), 'other')
})
