import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder } from './order-fields.ts'

test('fields go by their tags; notes, subjects and local fields stay in the order they were given', () => {
  const lines = [
    '650 #0 ‡a B',
    '600 10 ‡a A',
    '245 10 ‡a Emma',
    '520 ## ‡a Summary',
    '500 ## ‡a Note',
    'half a',
    '',
    '710 2# ‡a C',
    '008 x',
    '001 1',
    'LDR 0',
    '100 1# ‡a Austen',
  ]
  assert.deepEqual(
    inOrder(lines).map((line) => line.slice(0, 3)),
    ['LDR', '001', '008', '100', '245', '520', '500', '650', '600', '710', 'hal', ''],
  )
})
