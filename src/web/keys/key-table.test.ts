import assert from 'node:assert/strict'
import { test } from 'node:test'
import { text } from '../text.ts'
import { keyTable } from './key-table.ts'

/** Keys that browsers keep to themselves, or that a page must not take from them. */
const browserKeys = [
  'Ctrl+N',
  'Ctrl+T',
  'Ctrl+W',
  'Ctrl+R',
  'Ctrl+L',
  'Ctrl+F',
  'Ctrl+P',
  'Alt+F',
  'Alt+E',
  'Alt+D',
]

test('no two commands of a place share a key, nor one with those that act anywhere', () => {
  const seen = new Set<string>()
  const rows = Object.entries(keyTable)
  for (const [, { keys, place }] of rows) {
    for (const key of keys) {
      assert.ok(!seen.has(`${place} ${key}`), `${key} twice in ${place}`)
      assert.ok(
        place === 'anywhere' || !seen.has(`anywhere ${key}`),
        `${key} of ${place} acts anywhere already`,
      )
      seen.add(`${place} ${key}`)
    }
  }
})

test('no key is taken from the browser', () => {
  const taken = Object.values(keyTable).flatMap(({ keys }) => keys.filter((key) => browserKeys.includes(key)))
  assert.deepEqual(taken, [])
})

test('every command has its words on the key sheet', () => {
  for (const command of Object.keys(keyTable)) assert.ok(command in text.commands, command)
})
