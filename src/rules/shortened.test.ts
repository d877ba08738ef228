import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shortened } from './shortened.ts'

test('a text that is too long is cut to the length, with … in place of the rest', () => {
  assert.equal(shortened('Emma', 4), 'Emma')
  assert.equal(shortened('Emma.', 4), 'Emm…')
})

test('no character is cut in half', () => {
  assert.equal(shortened('Em𝒳ma', 4), 'Em…')
  assert.equal(shortened('Em𝒳ma', 5), 'Em𝒳…')
})
