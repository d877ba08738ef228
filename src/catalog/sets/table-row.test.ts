import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRow } from './table-row.ts'

const read = (...lines: string[]) => readRow(lines, 0, ',')

test('a quoted cell has separators, quotes and line ends', () => {
  assert.deepEqual(read('"Emma, ""a"" novel",991'), { cells: ['Emma, "a" novel', '991'], lines: 1 })
  assert.deepEqual(read('"Emma', '', 'a novel" ,991', 'next'), {
    cells: ['Emma\n\na novel', '991'],
    lines: 3,
  })
})

test('a quoted cell of several lines ends before a tab too', () => {
  assert.deepEqual(readRow(['"Emma', 'a novel"\t991'], 0, '\t'), {
    cells: ['Emma\na novel', '991'],
    lines: 2,
  })
})

test('a quote within a cell, or before more of it, is one', () => {
  assert.deepEqual(read('12" disc,991')?.cells, ['12" disc', '991'])
  assert.deepEqual(read('"Emma" again,991')?.cells, ['Emma again', '991'])
})

test('a quote that is not closed makes no row, and hides none', () => {
  assert.equal(read('"Emma,991', 'Persuasion,992'), null)
  assert.equal(read('"Emma,991', '"Persuasion",992'), null)
})
