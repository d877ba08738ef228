import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columns, counted, cut } from './columns.ts'

test('Columns are as wide as their widest cell, and numbers stand at the right', () => {
  assert.deepEqual(
    columns([
      ['created', 1200, 'A new bib.'],
      ['merged', 3, ''],
    ]),
    ['created  1,200  A new bib.', 'merged       3'],
  )
})

test('A count agrees with its noun', () => {
  assert.equal(counted(1, 'record'), '1 record')
  assert.equal(counted(2000, 'record'), '2,000 records')
  assert.equal(counted(0, 'entry', 'entries'), '0 entries')
})

test('A text that is cut says so within its width', () => {
  assert.equal(cut('Persuasion', 10), 'Persuasion')
  assert.equal(cut('Persuasion', 6), 'Persu…')
})

test('A line end in a cell does not begin a line', () => {
  assert.deepEqual(columns([['1', 'May\n2 completed']]), ['1  May⟦0A⟧2 completed'])
})
