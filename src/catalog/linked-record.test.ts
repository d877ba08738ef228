import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedRecord } from './linked-record.ts'

const leader = '00000nam a2200000 i 4500'
const title = { tag: '245', ind1: '1', ind2: '0', subfields: [{ code: 'a', value: 'Emma' }] }
const note = { tag: '500', ind1: ' ', ind2: ' ', subfields: [{ code: 'a', value: 'First edition 1815.' }] }
const local = (tag: string, value: string) => ({
  tag,
  ind1: ' ',
  ind2: ' ',
  subfields: [
    { code: 'a', value },
    { code: '9', value: 'LOCAL' },
  ],
})

test('a linked bib has the network’s fields under its own number, its local fields in their places', () => {
  const network = { leader, fields: [{ tag: '001', value: '991000000000015816' }, title, note] }
  const copy = local('500', 'Our copy lacks p. 3.')
  const shelf = local('099', 'Em 1')
  const record = linkedRecord(network, { leader, fields: [shelf, copy] }, '991000000000025801')
  assert.deepEqual(record, {
    leader,
    fields: [{ tag: '001', value: '991000000000025801' }, shelf, title, note, copy],
  })
})

test('local fields keep their order among themselves', () => {
  const record = linkedRecord(
    { leader, fields: [title] },
    { leader, fields: [local('590', 'one'), local('590', 'two'), local('020', 'three')] },
    '991000000000025801',
  )
  assert.deepEqual(
    record.fields.map(
      (field) => `${field.tag} ${'subfields' in field ? field.subfields[0]?.value : field.value}`,
    ),
    ['020 three', '245 Emma', '590 one', '590 two'],
  )
})
