import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chordOf, isCharacterKey, type KeyPress } from './chord.ts'

const press = (key: string, more: Partial<KeyPress> = {}, altGraph = false): KeyPress => ({
  key,
  code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  getModifierState: (name) => altGraph && name === 'AltGraph',
  ...more,
})

test('a letter alone is itself, Shift included in the character', () => {
  assert.equal(chordOf(press('j')), 'j')
  assert.equal(chordOf(press('U', { shiftKey: true })), 'U')
  assert.equal(chordOf(press('?', { shiftKey: true })), '?')
})

test('Ctrl and Command are the same key', () => {
  assert.equal(chordOf(press('k', { ctrlKey: true })), 'Ctrl+K')
  assert.equal(chordOf(press('k', { metaKey: true })), 'Ctrl+K')
  assert.equal(chordOf(press('Enter', { ctrlKey: true })), 'Ctrl+Enter')
})

test('AltGr writes a letter and is no shortcut, though Windows reports Ctrl+Alt', () => {
  assert.equal(chordOf(press('ś', { ctrlKey: true, altKey: true, code: 'KeyS' }, true)), null)
})

test('Option on macOS is told by the place of the key, not by what it would write', () => {
  assert.equal(chordOf(press('ç', { altKey: true, code: 'KeyC' })), 'Alt+C')
})

test('nothing fires while an input method composes', () => {
  assert.equal(chordOf(press('j', { isComposing: true })), null)
  assert.equal(chordOf(press('Process')), null)
  assert.equal(chordOf(press('Dead', { altKey: true })), null)
})

test('a modifier alone is no chord', () => {
  assert.equal(chordOf(press('Shift', { shiftKey: true })), null)
})

test('single characters are told from named keys', () => {
  assert.equal(isCharacterKey('?'), true)
  assert.equal(isCharacterKey('Enter'), false)
  assert.equal(isCharacterKey('Ctrl+K'), false)
})
