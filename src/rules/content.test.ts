import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordOf } from '../../test/record-of.ts'
import { contentOf, sameContent } from './content.ts'
import { hash64 } from './hash.ts'

test('number, source, time and lengths are not content', () => {
  const one = recordOf(
    'LDR 00123nam a2200045 a 4500',
    '001 1',
    '003 OCoLC',
    '005 20240101120000.0',
    '245 10 $a Emma.',
  )
  const other = recordOf('LDR 00999nam a2200111 a 4500', '001 2', '245 10 $a Emma.')
  assert.equal(contentOf(one), contentOf(other))
  assert.ok(sameContent(one, other))
})

test('a leader position, an indicator, a subfield code and the order of fields are', () => {
  const base = recordOf('500 ## $a x', '504 ## $a y')
  const others = [
    recordOf('LDR 00000cam a2200000 a 4500', '500 ## $a x', '504 ## $a y'),
    recordOf('500 1# $a x', '504 ## $a y'),
    recordOf('500 ## $b x', '504 ## $a y'),
    recordOf('504 ## $a y', '500 ## $a x'),
  ]
  for (const other of others) assert.equal(sameContent(base, other), false)
})

test('the hash is 16 hex digits, the same for the same text and others for near ones', () => {
  const texts = [
    '',
    '\0',
    'a',
    'b',
    'ab',
    'ba',
    'aab',
    'aba',
    ...Array.from({ length: 20000 }, (_, at) => `record ${at}`),
    ...Array.from({ length: 2000 }, (_, at) => 'x'.repeat(at)),
  ]
  const hashes = new Set(texts.map(hash64))
  assert.equal(hashes.size, new Set(texts).size)
  assert.ok([...hashes].every((hash) => /^[0-9a-f]{16}$/.test(hash)))
  assert.equal(hash64('Emma'), hash64(['Em', 'ma'].join('')))
})
