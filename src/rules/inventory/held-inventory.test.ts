import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAsReviewed } from './held-inventory.ts'
import type { InventoryStep } from './plan-inventory.ts'

const added: InventoryStep = {
  kind: 'item',
  result: 'added',
  code: null,
  why: null,
  id: '231000000000015801',
  library: 'MAIN',
  location: 'STACKS',
  barcode: '1',
  url: null,
  mmsId: '991000000000015801',
}
const reviewed = { ...added, id: 'new:item:1:1:1', mmsId: 'new:1:1' }
const reused = {
  ...added,
  kind: 'holdings',
  result: 'reused',
  id: '221000000000015801',
  barcode: null,
} as const

test('a piece that is made is the one that was shown, whatever its number', () => {
  assert.equal(isAsReviewed([added], [reviewed]), true)
  assert.equal(
    isAsReviewed(
      [{ ...reused, result: 'added' }, added],
      [{ ...reused, id: 'new:1', result: 'added' }, reviewed],
    ),
    true,
  )
})

test('another place, another result, another piece that is there, or another number of pieces is not what was shown', () => {
  const others: readonly (readonly InventoryStep[])[] = [
    [],
    [added, added],
    [{ ...added, location: 'REF' }],
    [{ ...added, result: 'known' }],
    [{ ...added, result: 'refused', code: 'BARCODE_TAKEN', id: null }],
  ]
  for (const steps of others) assert.equal(isAsReviewed(steps, [reviewed]), false, JSON.stringify(steps))
  assert.equal(isAsReviewed([reused], [{ ...reused, id: '221000000000025801' }]), false)
  const changed = { ...reused, result: 'changed', why: 'Call number PR1 → PR2' } as const
  assert.equal(isAsReviewed([changed], [changed]), true)
  assert.equal(isAsReviewed([{ ...changed, why: 'Call number PR9 → PR2' }], [changed]), false)
})
