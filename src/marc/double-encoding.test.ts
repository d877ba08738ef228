import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mayBeDoubled, undoubled } from './double-encoding.ts'

/** UTF-8 taken for ISO 8859-1, as one more encoding makes of it. */
const doubled = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))

test('text encoded twice or three times is taken back to what it was', () => {
  assert.equal(undoubled('CafÃ©, â€œMÃ¼llerâ€\u009d'), 'Café, “Müller”')
  assert.equal(undoubled(doubled('日本語 é')), '日本語 é')
  assert.equal(undoubled(doubled(doubled('naïve'))), 'naïve')
})

test('text that is right is left alone', () => {
  for (const text of ['plain', 'Café', 'São Paulo, Ñandú', 'Ã', '日本語', 'Ärger über Öl', 'Ã© and 日本']) {
    assert.equal(undoubled(text), undefined)
  }
})

test('whatever was encoded twice is told in a first look', () => {
  const windows = new TextDecoder('windows-1252')
  const texts = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /[^\0-\x7f]/.test(text))
  fc.assert(
    fc.property(texts, (text) => {
      const doubled = windows.decode(new TextEncoder().encode(text))
      assert.notEqual(undoubled(doubled), undefined)
      assert.ok(mayBeDoubled(doubled))
    }),
  )
})
