import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latin1, rawBytes, rawRecord, utf8 } from '../../../test/raw-record.ts'
import { recordOf } from '../../../test/record-of.ts'
import { encodeIso2709 } from './encode.ts'

const record = recordOf('001 ocm1', '245 10 $a Émile / $c Zola.')

test('lengths and offsets are exact, in bytes', () => {
  const expected = rawRecord([
    ['001', latin1('ocm1')],
    ['245', utf8('10\x1faÉmile /\x1fcZola.')],
  ])
  assert.deepEqual(encodeIso2709(record), { bytes: rawBytes(expected), notes: [] })
})

test('MARC-8 is written on request, and the leader says so', () => {
  const expected = rawRecord(
    [
      ['001', latin1('ocm1')],
      ['245', latin1('10\x1fa\xe2Emile /\x1fcZola.')],
    ],
    '00000nam  2200000 a 4500',
  )
  assert.deepEqual(encodeIso2709(record, { marc8: true }).bytes, rawBytes(expected))
})

test('what ISO 2709 fixes in a leader is written, whatever it was', () => {
  const { bytes } = encodeIso2709({ ...record, leader: 'xxxxxcas#ayyxxxxx7i#zzzz' })
  assert.equal(Buffer.from(bytes.subarray(0, 24)).toString('latin1'), '00075cas#a22000497i#4500')
})

test('a field or a record that is too long for its length is written whole, with nines and a note', () => {
  const note = `500    $a ${'x'.repeat(9995)}`
  const { bytes, notes } = encodeIso2709(recordOf(note))
  assert.equal(Buffer.from(bytes.subarray(24, 36)).toString('latin1'), '500999900000')
  assert.equal(bytes.length, 24 + 12 + 1 + 10_000 + 1)
  assert.deepEqual(notes, ['Field 500 has 10000 bytes, more than the 9,999 that ISO 2709 can say.'])
  const large = encodeIso2709(recordOf(...Array.from({ length: 12 }, () => note.slice(0, -1000))))
  assert.equal(Buffer.from(large.bytes.subarray(0, 5)).toString('latin1'), '99999')
  assert.deepEqual(large.notes, [
    `The record has ${large.bytes.length} bytes, more than the 99,999 that ISO 2709 can say.`,
  ])
})
