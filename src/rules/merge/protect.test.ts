import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Field } from '../../marc/record.ts'
import { parseField } from '../field-text.ts'
import { defaultProtect, localProtection, parseProtectPattern, protectionOf } from './protect.ts'

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
    assert.notEqual(protectionOf(field(text), settings), null, text)
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
    assert.equal(protectionOf(field(text), settings), null, text)
})

test('out of the box: local tags and marks anywhere, and what a library says of its own copy in any field', () => {
  const members = { ...defaultProtect, members: ['OWN'] }
  for (const tag of ['090', '099', '590', '599', '690', '698', '900', '949', '999'])
    assert.deepEqual(
      protectionOf(field(`${tag} ## $a x`), defaultProtect),
      { by: 'tag', pattern: tag.startsWith('9') ? '9XX' : `${tag.slice(0, 2)}X` },
      tag,
    )
  for (const tag of [
    '246',
    '500',
    '501',
    '526',
    '541',
    '561',
    '583',
    '655',
    '700',
    '710',
    '740',
    '800',
    '830',
    '856',
  ])
    for (const settings of [members, defaultProtect]) {
      assert.deepEqual(
        protectionOf(field(`${tag} ## $a x $9 LOCAL`), settings),
        { by: 'subfield', code: '9', value: 'LOCAL' },
        tag,
      )
      assert.deepEqual(
        protectionOf(field(`${tag} ## $a x $5 OWN`), settings),
        settings === members ? { by: 'subfield', code: '5', value: 'OWN' } : null,
        tag,
      )
    }
})

test('an incoming number of another system is not local', () => {
  assert.equal(localProtection(field('035 ## $a (DLC)1'), settings), null)
})

test('patterns that say nothing are refused', () => {
  for (const text of ['', '$9', '9', '99', '9XX $', 'XXXX'])
    assert.equal(parseProtectPattern(text), null, text)
  assert.throws(() => protectionOf(field('500 ## $a x'), { fields: ['9'] }), /9 is no pattern/)
})
