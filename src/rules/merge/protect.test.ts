import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '../../marc/record.ts'
import { parseField } from '../field-text.ts'
import { defaultProtect, isProtected, localProtection, parseProtectPattern } from './protect.ts'

const field = (text: string) => parseField(text) as Field
const settings = { fields: [...defaultProtect.fields, '856 $5', '6XX $2 local'], members: ['DLC'] }

test("D16: local tags, local marks, members' fields and other systems' numbers are protected", () => {
  for (const text of [
    '090 ## $a QA76',
    '590 ## $a Gift',
    '690 ## $a Local',
    '945 ## $a x',
    '500 ## $a x $9 LOCAL',
    '700 1# $a x $5 DLC',
    '035 ## $a (DLC)1',
    '035 ## $a (DLC)1 $z (OCoLC)2',
    '856 40 $u x $5 ANY',
    '650 #7 $a x $2 local',
    '880 ## $6 590-01 $a x',
  ])
    assert.equal(isProtected(field(text), settings), true, text)
})

test('other fields are not', () => {
  for (const text of [
    '001 1',
    '050 ## $a QA76',
    '500 ## $a x $9 LOCALLY',
    '700 1# $a x $5 OTHER',
    '035 ## $a (OCoLC)1',
    '035 ## $z (OCoLC)1',
    '856 40 $u x',
    '650 #7 $a x $2 fast',
    '880 ## $6 245-01 $a x',
  ])
    assert.equal(isProtected(field(text), settings), false, text)
})

test('an incoming number of another system is not local', () => {
  assert.equal(localProtection(field('035 ## $a (DLC)1'), settings), null)
})

test('patterns that say nothing are refused', () => {
  for (const text of ['', '$9', '9', '99', '9XX $', 'XXXX'])
    assert.equal(parseProtectPattern(text), null, text)
  assert.throws(() => isProtected(field('500 ## $a x'), { fields: ['9'] }), /9 is no pattern/)
})
