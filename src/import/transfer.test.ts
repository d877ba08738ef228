import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { encodeIso2709 } from '../marc/iso2709/encode.ts'
import { shippedProfile } from '../rules/profiles.ts'
import { prepareFrame } from './prepare-frame.ts'
import { noRecords, packRecord, unpackRecords } from './transfer.ts'

const profile = shippedProfile('repository')
const framed = (bytes: Uint8Array, position: number) => ({
  kind: 'record' as const,
  position,
  offset: position * 5_000_000_000,
  bytes,
  repairs: [],
})

test('records of every kind cross to another thread as they were', () => {
  const full = encodeIso2709(
    recordOf(
      '001 ocm00000001',
      '003 OCoLC',
      '005 20260101000000.0',
      '008 151105s1815    enk           000 1 eng d',
      '019 ## $a 2',
      '020 ## $a 0141439513',
      '100 1# $a Austen, Jane.',
      '245 10 $a Emma 漢字',
      '650 #0 $a Matchmaking $v Fiction.',
      '938 ## $a vendor',
    ),
  ).bytes
  const bare = encodeIso2709(recordOf('245 00 $a Nothing else')).bytes
  const untitled = encodeIso2709(recordOf('500 ## $a No title')).bytes
  const mended = { ...framed(full, 3), repairs: [{ code: 'LENGTH' as const, before: '00001', after: '' }] }
  const frames = [framed(full, 1), framed(bare, 2), mended, framed(untitled, 4), framed(bare.slice(0, 40), 5)]
  const records = [...frames, framed(full, 6)].map((frame) => prepareFrame('iso2709', frame, profile))
  assert.deepEqual(
    records.map(({ prepared, repairs }) => [prepared.status, repairs.length > 0]),
    [
      ['ready', false],
      ['ready', false],
      ['ready', true],
      ['out', false],
      ['out', true],
      ['ready', false],
    ],
  )
  const packed = noRecords()
  for (const record of records) packRecord(record, packed)
  assert.deepEqual(unpackRecords(structuredClone(packed), profile), records)
})
