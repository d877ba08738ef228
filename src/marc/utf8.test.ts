import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeUtf8, utf8Shape } from './utf8.ts'

test('sound and broken bytes are counted apart', () => {
  assert.deepEqual(utf8Shape(Uint8Array.of(0x41, 0xc3, 0xa9, 0xe9, 0xf0, 0x9d, 0x94, 0xb8)), {
    sound: 2,
    broken: 1,
  })
  assert.deepEqual(utf8Shape(Uint8Array.of(0xed, 0xa0, 0x80, 0xc0, 0x80, 0xf4, 0x90, 0x80, 0x80)), {
    sound: 0,
    broken: 9,
  })
})

test('the count of broken bytes is zero exactly where a strict decoder accepts the text', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  // Bytes at the edges of what UTF-8 allows, so that most texts are nearly sound.
  const edges = [
    0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4,
    0xf5,
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...edges), { maxLength: 6 }), (all) => {
      const bytes = Uint8Array.from(all)
      const { text, chips } = decodeUtf8(bytes)
      assert.equal(chips.length, utf8Shape(bytes).broken)
      if (chips.length === 0) assert.equal(text, strict.decode(bytes))
      else assert.throws(() => strict.decode(bytes))
    }),
    { numRuns: 5000 },
  )
})
