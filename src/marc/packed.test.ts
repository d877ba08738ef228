import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { arbitraryRecord } from '../../test/arbitrary-record.ts'
import { recordOf } from '../../test/record-of.ts'
import { pack, packField, unpack, unpackField } from './packed.ts'

test('a packed record is its leader and its fields, parted by U+001E and U+001F', () => {
  assert.equal(
    pack(recordOf('001 ocm1', '245 10 $a Emma / $c Jane Austen.')),
    '00000nam a2200000 a 4500\x1e001ocm1\x1e24510\x1faEmma /\x1fcJane Austen.',
  )
})

test('a record without fields, a field without subfields and a subfield without text are kept', () => {
  for (const text of [
    '00000nam a2200000 a 4500',
    '00000nam a2200000 a 4500\x1e24510',
    '00000nam a2200000 a 4500\x1e24510\x1fa',
  ])
    assert.equal(pack(unpack(text)), text)
})

test('a record that is packed and unpacked is the same', () => {
  fc.assert(
    fc.property(arbitraryRecord, (record) => assert.deepEqual(unpack(pack(record)), record)),
    { numRuns: 1000 },
  )
})

test('fields are the same exactly if they are packed the same', () => {
  fc.assert(
    fc.property(arbitraryRecord, ({ fields }) => {
      for (const field of fields) assert.deepEqual(unpackField(packField(field)), field)
    }),
  )
})
