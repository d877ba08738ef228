import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consequencesOf } from './consequences.ts'

const none = {
  created: 0,
  merged: 0,
  overlaid: 0,
  unchanged: 0,
  deleted: 0,
  not_imported: 0,
  filtered: 0,
  unresolved: 0,
  rejected: 0,
}

test('an undo says what goes, what gets its text back and what comes back', () => {
  const { undo } = consequencesOf({
    outcomes: { ...none, created: 201, merged: 80, overlaid: 6, deleted: 1 },
  })
  assert.deepEqual(undo, [
    '201 bibs that it created are removed',
    '86 bibs that it merged into or overlaid get the earlier text back',
    '1 bib that it deleted comes back',
  ])
})

test('an undo of a job that changed nothing says so', () => {
  assert.equal(consequencesOf({ outcomes: { ...none, rejected: 3 } }).undo.length, 1)
  assert.match(consequencesOf({ outcomes: { ...none, rejected: 3 } }).undo[0] ?? '', /changed no bib/)
})

test('a commit that would change no bib says so beside its outcomes', () => {
  assert.deepEqual(consequencesOf({ outcomes: { ...none, unchanged: 4 } }).commit, [
    '4 unchanged',
    'No bib would change.',
  ])
  assert.deepEqual(consequencesOf({ outcomes: { ...none, created: 2 } }).commit, ['2 created'])
})
