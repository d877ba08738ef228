import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { takeControls } from '../control-characters.ts'
import { decodeMarc8 } from './decode.ts'
import { encodeMarc8 } from './encode.ts'
import { eaccRows, singleByteTables } from './tables.ts'

const latin1 = (text: string): string => String.fromCharCode(...encodeMarc8(text))
const roundTrip = (text: string): string => decodeMarc8(encodeMarc8(text)).text

/** Every character of the tables, by the set that has it. Joined, marks without a base left out. */
const letters = singleByteTables.map((table) => [...table.places].filter((each) => each !== ' '))
const eacc = eaccRows.flatMap((row) => Array.from(row.slice(4)).filter((each) => each !== ' '))
const marks = letters.flat().filter((each) => /\p{M}/u.test(each) && each !== '\ufe21' && each !== '\ufe23')
const bases = [...letters.flat(), ...eacc].filter((each) => !/\p{M}/u.test(each))

/** C1 controls other than the non-sorting marks have no place in MARC-8; half marks come back as whole ones. */
function isWritable(character: string): boolean {
  const point = character.codePointAt(0) as number
  if (point >= 0x80 && point < 0xa0) return point === 0x98 || point === 0x9c
  return point < 0xfe20 || point > 0xfe23
}

test('Latin text needs no escape sequences', () => {
  assert.equal(latin1('café Łódź ấ ơ'), 'caf\xe2e \xa1\xe2od\xe2z \xe3\xe2a \xbc')
})

test('a set is entered once for a run of words and left before each delimiter and at the end', () => {
  assert.equal(latin1('Война и мир /\x1fcТолстой'), '\x1b(NwOJNA I MIR /\x1b(B\x1fc\x1b(NtOLSTOJ\x1b(B')
  assert.equal(latin1('H₂O x²'), 'H\x1bb2\x1bsO x\x1bp2\x1bs')
  assert.equal(latin1('一 丁'), '\x1b$1\x21\x30\x21\x1b(B \x1b$1\x21\x30\x22\x1b(B')
})

test('the one mark of a ligature is written as its two halves', () => {
  assert.equal(latin1('i\u0361a, n\u0360g'), '\xebi\xeca, \xfan\xfbg')
  assert.equal(latin1('i\ufe20a\ufe21'), '\xebi\xeca')
})

test('what MARC-8 lacks becomes a numeric character reference', () => {
  assert.equal(latin1('x—𝔸'), 'x&#x2014;&#x1D538;')
  assert.equal(latin1('⟦E9⟧'), '&#x27E6;E9&#x27E7;')
})

test('a mark that MARC-8 lacks follows its base, marks that may pass it do not wait for it', () => {
  assert.equal(latin1('ą\u031b\u0301'.normalize('NFC')), '\xf1\xe2a&#x031B;')
})

test('text that reads like a reference does not become one', () => {
  assert.equal(roundTrip('&#x41; &amp; &'), '&#x41; &amp; &')
})

test('every character of every set comes back from MARC-8 as it went', () => {
  for (const base of bases) assert.equal(roundTrip(base), base.normalize('NFC'))
  assert.ok(bases.length > 15_000)
  assert.equal(roundTrip(bases.join('')), bases.join('').normalize('NFC'))
})

test('every mark of every set comes back on a base', () => {
  for (const mark of marks) assert.equal(roundTrip(`a${mark}b`), `a${mark}b`.normalize('NFC'))
  assert.ok(marks.length > 50)
})

test('the superscript alef stays behind its letter', () => {
  assert.equal(latin1('\u0627\u0670'), '\x1b(3Gt\x1b(B')
})

test('every text without control characters comes back in NFC', () => {
  const character = fc.oneof(
    fc.constantFrom(...bases),
    fc.constantFrom(...marks),
    fc.constantFrom('&', '#', 'x', ';', ' ', '\x1f', '\u0098', '\u009c', '\u200d'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  )
  const texts = fc
    .array(character, { maxLength: 30 })
    .map((all) => takeControls(Array.from(all.join('')).filter(isWritable).join('')).text)
  fc.assert(
    fc.property(texts, (text) => {
      assert.equal(roundTrip(text), text.normalize('NFC'))
    }),
    { numRuns: 2000 },
  )
})

test('no bytes make the decoder fail or yield a lone surrogate', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const { text } = decodeMarc8(bytes)
      assert.ok(text.isWellFormed())
      assert.deepEqual(takeControls(text).controls, [])
    }),
    { numRuns: 2000 },
  )
})
