import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type MarcRecord,
  controlValue,
  dataFields,
  isControlField,
  isControlTag,
  isDataField,
  subfieldValue,
} from './record.ts'

const record: MarcRecord = {
  leader: '00000nam a2200000 a 4500',
  fields: [
    { tag: '001', value: 'ocm1' },
    { tag: '001', value: 'ocm2' },
    { tag: '245', ind1: '1', ind2: '0', subfields: [{ code: 'a', value: 'Emma.' }] },
    {
      tag: '650',
      ind1: ' ',
      ind2: '0',
      subfields: [
        { code: 'a', value: 'Fiction.' },
        { code: 'a', value: 'Matchmakers.' },
      ],
    },
    { tag: '650', ind1: ' ', ind2: '0', subfields: [] },
  ],
}

test('a tag that starts with 00 is that of a control field, and a field is told by its parts', () => {
  assert.deepEqual(['001', '00A', '010', 'LKR'].map(isControlTag), [true, true, false, false])
  assert.deepEqual(record.fields.map(isControlField), [true, true, false, false, false])
  assert.deepEqual(record.fields.map(isDataField), [false, false, true, true, true])
})

test('a look-up finds the first of its kind, or nothing', () => {
  assert.equal(controlValue(record, '001'), 'ocm1')
  assert.equal(controlValue(record, '003'), undefined)
  assert.equal(controlValue(record, '245'), undefined)
  const [subject, empty] = dataFields(record, '650')
  assert.ok(subject && empty)
  assert.equal(subfieldValue(subject, 'a'), 'Fiction.')
  assert.equal(subfieldValue(empty, 'a'), undefined)
  assert.deepEqual(dataFields(record, '001'), [])
})
