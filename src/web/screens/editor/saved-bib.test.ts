import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../../../test/record-of.ts'
import { textOfRecord } from '../../editor/field-line.ts'
import { heldLinesOf } from './saved-bib.ts'

const record = recordOf(
  '001 991',
  '005 20261126000000.0',
  '245 00 $a Emma',
  '500 ## $a Note',
  '500 ## $a Note',
)
const saved = {
  mmsId: '991',
  version: 1,
  record,
  suppressed: false,
  publishToOclc: 'publish',
  text: textOfRecord(record),
} as const

test('of a bib of one’s own number and time are held, and nothing else', () => {
  assert.deepEqual(heldLinesOf(saved, null), ['001 991', '005 20261126000000.0'])
})

test('of a linked bib leader and shared fields are held, a local one that says the same is not', () => {
  const held = heldLinesOf(saved, recordOf('001 992', '245 00 $a Emma', '500 ## $a Note'))
  assert.deepEqual(
    held.map((line) => line.slice(0, 3)),
    ['LDR', '001', '005', '245', '500'],
  )
})
