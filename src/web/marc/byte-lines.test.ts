import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteLines, visible } from './byte-lines.ts'

test('bytes are lines of sixteen, with place, values and characters', () => {
  const bytes = new TextEncoder().encode('00026nam  \u001faÉ\u001e\u001d')
  assert.deepEqual(byteLines(bytes), [
    '00000  30 30 30 32 36 6e 61 6d 20 20 1f 61 c3 89 1e 1d  00026nam  ␟a··␞␝',
  ])
  assert.deepEqual(byteLines(new Uint8Array(17)).at(1), `00010  00${' '.repeat(45)}  ␀`)
})

test('control characters are seen, and all else stays', () => {
  assert.equal(visible('A\u0003NZ\u007f é'), 'A␃NZ␡ é')
})
