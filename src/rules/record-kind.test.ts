import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSerial } from './match/is-serial.ts'
import { isDelete, recordKind } from './record-kind.ts'

const withLeader = (from5: string) => ({ leader: `00000${from5} a2200000 a 4500`, fields: [] })

test('leader/06 tells bibs from authority, holdings, classification and community records', () => {
  const kinds = [...'actmzuvxywq '].map((type) => recordKind(withLeader(`n${type}m`)))
  assert.deepEqual(kinds, [
    'bib',
    'bib',
    'bib',
    'bib',
    'authority',
    'holdings',
    'holdings',
    'holdings',
    'holdings',
    'classification',
    'community',
    'bib',
  ])
})

test('leader/05 d asks for a deletion', () => {
  assert.equal(isDelete(withLeader('dam')), true)
  assert.equal(isDelete(withLeader('cam')), false)
})

test('leader/07 b, i and s are serials', () => {
  assert.deepEqual(
    [...'abcdims'].filter((level) => isSerial(withLeader(`na${level}`))),
    ['b', 'i', 's'],
  )
})
