import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingChanges, settingsOf } from './settings.ts'

test('Settings are named by their places, and lists are compared as wholes', () => {
  assert.deepEqual(settingsOf({ a: { b: true, c: {} }, d: [1] }), [
    { path: 'a.b', value: 'true' },
    { path: 'a.c', value: '{}' },
    { path: 'd', value: '[1]' },
  ])
  assert.deepEqual(settingChanges({ a: 1, b: [1, 2], c: 'x' }, { c: 'x', b: [2], e: null }), [
    { path: 'b', before: '[1,2]', after: '[2]' },
    { path: 'e', before: null, after: 'null' },
    { path: 'a', before: '1', after: null },
  ])
})
