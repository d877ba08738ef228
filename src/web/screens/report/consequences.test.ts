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
    link: null,
    outcomes: { ...none, created: 201, merged: 80, overlaid: 6, deleted: 1 },
  })
  assert.deepEqual(undo, [
    '201 bibs that it created are removed',
    '86 bibs that it merged into or overlaid get the earlier text back',
    '1 bib that it deleted comes back',
  ])
})

test('an undo of a job that changed nothing says so', () => {
  assert.equal(consequencesOf({ link: null, outcomes: { ...none, rejected: 3 } }).undo.length, 1)
  assert.match(
    consequencesOf({ link: null, outcomes: { ...none, rejected: 3 } }).undo[0] ?? '',
    /changed no bib/,
  )
})

test('a commit that would change no bib says so beside its outcomes', () => {
  assert.deepEqual(consequencesOf({ link: null, outcomes: { ...none, unchanged: 4 } }).commit, [
    '4 unchanged',
    'No bib would change.',
  ])
  assert.deepEqual(consequencesOf({ link: null, outcomes: { ...none, created: 2 } }).commit, ['2 created'])
})

test('of a job that links bibs both say what becomes of these, whatever the network’s outcomes are', () => {
  const link = {
    contribute: true,
    as: null,
    linked: 3,
    contributed: 1,
    multiMatched: 0,
    alreadyLinked: 2,
    refused: 0,
  }
  const { commit, undo } = consequencesOf({ link, outcomes: { ...none, created: 1, unchanged: 2 } })
  assert.deepEqual(commit, ['3 bibs linked', 'of these, 1 bib contributed as new to the network'])
  assert.deepEqual(undo, [
    '3 bibs that it linked become again what they were',
    '1 bib of the network that it contributed is removed',
  ])
})
