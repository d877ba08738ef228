import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { matchKeys } from './match-key.ts'

const keysOf = (...lines: string[]) =>
  matchKeys(recordOf(...lines)).map(({ kind, value, origin }) => `${kind} ${value} ${origin}`)

test('every identifier is a key with its kind and subfield', () => {
  assert.deepEqual(
    keysOf(
      '010 ## $a    85153773 $z gp 76002306',
      '019 ## $a 00777 $a 778',
      '020 ## $a 0141439513 (pbk.) $z 9780141439519',
      '022 0# $a 1050-124X $l 1050-124X $y 0317-8471',
      '024 7# $a 10.1000/X $2 doi',
      '035 ## $a (OCoLC)ocm00123456 $z (OCoLC)99 $z (OCoLC)00099',
      '035 ## $a (DLC) 85153773 $9 LEGACY-1',
    ),
    [
      'lccn 85153773 a',
      'lccn gp76002306 z',
      'oclc 777 019',
      'oclc 778 019',
      'isbn 9780141439518 a',
      'isbn 9780141439519 z',
      'issn 1050-124X a',
      'issn 1050-124X l',
      'issn 0317-8471 y',
      'standard doi:10.1000/x a',
      'oclc 123456 a',
      'oclc 99 z',
      'system (dlc)85153773 a',
      'system legacy-1 9',
    ],
  )
})

test("an 035 that is not OCLC's is a system number, whatever its digits", () => {
  assert.deepEqual(keysOf('035 ## $a 123456', '035 ## $a (OCoLC-M)123456', '035 ## $a (OCoLC)unreadable'), [
    'system 123456 a',
    'system (ocolc-m)123456 a',
    'system (ocolc)unreadable a',
  ])
})

test('001 makes no key: in the catalogue it is our own number', () => {
  assert.deepEqual(keysOf('001 ocm00123456', '003 OCoLC'), [])
})

test('a value is cut at 250 characters', () => {
  assert.equal(matchKeys(recordOf(`035 ## $a (X)${'9'.repeat(400)}`))[0]?.value.length, 250)
})
