import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MarcRecord } from '../marc/record.ts'
import { formatField, parseField } from './field-text.ts'
import { defaultProtect } from './merge/protect.ts'
import { keptOf, partForShare } from './share.ts'

const record = (...lines: readonly string[]): MarcRecord => ({
  leader: '00000nam a2200000 i 4500',
  fields: lines.flatMap((line) => parseField(line) ?? []),
})
const terms = {
  institution: { ...defaultProtect, members: ['IZ'] },
  network: { fields: ['956 $5'], members: [] },
  zones: ['IZ', 'NZ'],
}
const text = (fields: MarcRecord['fields']) => fields.map(formatField)

test('local fields, members’ own, numbers of our zones and what orders left do not go up', () => {
  const ours = record(
    '001 991234567890125801',
    '005 20260101000000.0',
    '035 ## $a (OCoLC)1',
    '035 ## $a (YBP)2',
    '035 ## $a (NZ)991234567890125816',
    '035 ## $a (IZ)991234567890125801 $z (OCoLC)9',
    '049 ## $a XXXX',
    '245 10 $a Emma.',
    '500 ## $a Ours $9 LOCAL',
    '561 1# $a Given by the author $5 IZ',
    '561 1# $a Known to all $5 DLC',
    '590 ## $a Gift',
    '880 ## $6 590-01 $a Дар',
  )
  const { up, local } = partForShare(ours, terms)
  assert.deepEqual(text(up.fields), [
    '035 ## $a (OCoLC)1',
    '035 ## $a (YBP)2',
    '245 10 $a Emma.',
    '561 1# $a Known to all $5 DLC',
  ])
  assert.equal(local.length, 7)
  assert.equal(up.fields.length + local.length, ours.fields.length - 2, 'each field goes one way')
})

test('of what went up, a vendor’s number that the record has not stays ours, and the rest that it has not is lost', () => {
  const parted = partForShare(
    record('035 ## $a (YBP)2', '035 ## $a (OCoLC)1', '245 10 $a Emma.', '500 ## $a Ours', '590 ## $a Gift'),
    terms,
  )
  const { stays, lost } = keptOf(parted, record('035 ## $a (OCoLC)7', '245 10 $a Emma.', '500 ## $a Theirs'))
  assert.deepEqual(text(stays), ['035 ## $a (YBP)2', '590 ## $a Gift'])
  assert.deepEqual(text(lost), ['035 ## $a (OCoLC)1', '500 ## $a Ours'])
})
