import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yearBins } from './year-bins.ts'

const of = (...years: readonly number[]) => years.map((year) => ({ value: String(year), count: 2 }))

test('few years have a bar each, those between them too', () => {
  assert.deepEqual(yearBins(of(2001, 1999)), [
    { from: 1999, to: 1999, count: 2 },
    { from: 2000, to: 2000, count: 0 },
    { from: 2001, to: 2001, count: 2 },
  ])
})

test('many years are put together by round numbers, and none is lost', () => {
  const bins = yearBins(of(1687, 1815, 1816, 1999, 2024), 12)
  assert.ok(bins.length <= 12)
  assert.deepEqual(bins[0], { from: 1650, to: 1699, count: 2 })
  assert.equal(
    bins.reduce((sum, { count }) => sum + count, 0),
    10,
  )
})

test('what is no year makes no bar', () => {
  assert.deepEqual(yearBins([{ value: '19uu', count: 3 }]), [])
})
