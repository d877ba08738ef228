import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../test/record-of.ts'
import { formatField } from '../field-text.ts'
import type { NormalizeStep } from '../import-profile.ts'
import { normalize } from './normalize.ts'
import { shippedProfile } from '../profiles.ts'

const after = (steps: readonly NormalizeStep[], ...lines: string[]) =>
  normalize(recordOf(...lines), steps).record.fields.map(formatField)

test("an OCLC 001 becomes 035 $a, whether 003 or its own form says that it is OCLC's", () => {
  const steps = [{ do: 'oclc-001-to-035' }] as const
  assert.deepEqual(after(steps, '001 ocm00123456 ', '245 10 $a Emma.'), [
    '035 ## $a (OCoLC)123456',
    '245 10 $a Emma.',
  ])
  assert.deepEqual(after(steps, '001 123456', '003 OCoLC', '020 ## $a 1'), [
    '020 ## $a 1',
    '035 ## $a (OCoLC)123456',
  ])
  assert.deepEqual(after(steps, '001 123456', '003 DLC'), ['001 123456', '003 DLC'])
  assert.deepEqual(after(steps, '001 on123456', '003 DLC'), ['003 DLC', '035 ## $a (OCoLC)123456'])
})

test('a number that 035 $a has already is not doubled', () => {
  assert.deepEqual(after([{ do: 'oclc-001-to-035' }], '001 ocm00123456', '035 ## $a (OCoLC)ocm123456'), [
    '035 ## $a (OCoLC)ocm123456',
  ])
})

test("019 $a becomes 035 $z beside the record's own number, each once", () => {
  const steps = [{ do: 'copy-019-to-035z' }] as const
  assert.deepEqual(
    after(steps, '019 ## $a 77 $a 0078 $a 77', '035 ## $a (DLC)1', '035 ## $a (OCoLC)123 $z (OCoLC)78'),
    ['019 ## $a 77 $a 0078 $a 77', '035 ## $a (DLC)1', '035 ## $a (OCoLC)123 $z (OCoLC)78 $z (OCoLC)77'],
  )
  assert.deepEqual(after(steps, '019 ## $a 77'), ['019 ## $a 77', '035 ## $z (OCoLC)77'])
})

test('OCLC numbers are written one way, and what that makes equal is kept once', () => {
  assert.deepEqual(
    after(
      [{ do: 'oclc-035-canonical' }],
      '035 ## $a (OCoLC)ocm00123 $z (ocolc)on9',
      '035 ## $a (OCoLC)123',
      '035 ## $a (OCoLC-M)0123',
      '035 ## $a ocn000555',
    ),
    ['035 ## $a (OCoLC)123 $z (OCoLC)9', '035 ## $a (OCoLC-M)0123', '035 ## $a (OCoLC)555'],
  )
})

test('fields are removed by tag and pattern, 001 never', () => {
  assert.deepEqual(after([{ do: 'remove-fields', tags: ['XXX'] }], '001 1', '245 10 $a Emma.'), ['001 1'])
  assert.deepEqual(
    after(
      [{ do: 'strip-oclc-export-fields' }],
      '029 1# $a AU@',
      '049 ## $a XXXX',
      '245 10 $a Emma.',
      '938 ## $a YBP',
      '994 ## $a C0',
    ),
    ['245 10 $a Emma.'],
  )
})

test('a field is added in the place of its tag', () => {
  assert.deepEqual(after([{ do: 'add-field', field: '590 ## $a Gift' }], '500 ## $a x', '650 #0 $a y'), [
    '500 ## $a x',
    '590 ## $a Gift',
    '650 #0 $a y',
  ])
})

test('empty subfields go, and fields that are left with none', () => {
  const field = (...subfields: { code: string; value: string }[]) => ({
    tag: '245',
    ind1: ' ',
    ind2: ' ',
    subfields,
  })
  const record = {
    leader: '',
    fields: [
      field({ code: 'a', value: 'x' }, { code: 'b', value: ' ' }),
      field({ code: 'a', value: '' }),
      { tag: '006', value: '' },
    ],
  }
  assert.deepEqual(normalize(record, [{ do: 'remove-empty-subfields' }]).record.fields, [
    field({ code: 'a', value: 'x' }),
  ])
})

test('every change is named, and a record that needs none comes back as it is', () => {
  const { normalize: steps } = shippedProfile('repository')
  const { record, changes } = normalize(recordOf('001 ocm00123456', '049 ## $a XXXX'), steps)
  assert.deepEqual(changes, [
    { step: 'oclc-001-to-035', tag: '035', field: '001 ocm00123456 = 035 ## $a (OCoLC)123456' },
    { step: 'strip-oclc-export-fields', tag: '049', field: '- 049 ## $a XXXX' },
  ])
  const again = normalize(record, steps)
  assert.equal(again.record, record)
  assert.deepEqual(again.changes, [])
})
