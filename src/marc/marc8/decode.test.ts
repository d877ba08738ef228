import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeMarc8 } from './decode.ts'

/** Bytes written as Latin-1, so that `\xE2e` is an acute before an e. */
const bytes = (latin1: string): Uint8Array => Uint8Array.from(latin1, (character) => character.charCodeAt(0))
const text = (latin1: string): string => decodeMarc8(bytes(latin1)).text

test('a combining mark stands before its base and comes after it, composed to NFC', () => {
  assert.equal(text('caf\xe2e \xf0ca'), 'café ça')
  assert.equal(text('\xe5\xf2a'), 'ạ̄'.normalize('NFC'))
})

test('several marks of one base keep their order', () => {
  assert.equal(text('\xe3\xe2a'), 'ấ')
  assert.equal(text('\xe2\xe3a'), 'a\u0301\u0302'.normalize('NFC'))
  assert.equal(text('\xf2\xe3e, \xe2\xbc'), 'ệ, ớ')
})

test('the halves of a ligature and of a double tilde are one mark after the first base', () => {
  assert.equal(text('\xebi\xeca'), 'i\u0361a')
  assert.equal(text('\xebt\xecs\xebi\xeca'), 't\u0361si\u0361a')
  assert.equal(text('\xfan\xfbg'), 'n\u0360g')
  assert.equal(text('i\xeca'), 'ia\ufe21', 'a second half alone stays one')
})

test('a mark before a space is a spacing mark, a mark with no base a chip', () => {
  assert.equal(text('a\xe2 b'), 'a \u0301b')
  const read = decodeMarc8(bytes('caf\xe9\x1fbx\xe2'))
  assert.equal(read.text, 'caf⟦E9⟧\x1fbx⟦E2⟧')
  assert.deepEqual(read.chips, ['⟦E9⟧', '⟦E2⟧'])
})

test('each set is reached by its escape sequence and left by another', () => {
  assert.equal(text('\x1b(NmOSKWA\x1b(B.'), 'Москва.')
  assert.equal(text('\x1b(N\x1b)Q\xc1\xc4\x1b)!E\x1b(B\xb1'), 'ђёł')
  assert.equal(text('\x1b(3GH\x1b(B'), 'اب')
  assert.equal(text('\x1b,3GH\x1b,B'), 'اب')
  assert.equal(text('\x1b(2ylem\x1b(B'), 'שלום')
  assert.equal(text('\x1b(SFnn"aw\x1b(B'), 'Ελλάς')
  assert.equal(text('\x1b(4%\x1b(B'), '\u067a')
  assert.equal(text('\x1b$1\x21\x30\x21 \x21\x30\x22\x1b(B.'), '一 丁.')
  assert.equal(text('\x1b$)1\xa1\xb0\xa1\x1b)!Ea'), '一a')
})

test('subscripts, superscripts and Greek symbols are reached and left by two characters', () => {
  assert.equal(text('H\x1bb2\x1bsO, x\x1bp2\x1bs, \x1bgabc\x1bs'), 'H₂O, x², αβγ')
})

test('a mark may stand before the escape sequence of its base', () => {
  assert.equal(text('\xe2\x1b(NA\x1b(B'), 'а\u0301')
})

test('marks of Hebrew, Arabic and Greek stand before their base too', () => {
  assert.equal(text('\x1b(2Da\x1b(B'), '\u05d1\u05b4')
  assert.equal(text('\x1b(3kH\x1b(B'), '\u0628\u064b')
})

test('the sets are ASCII and ANSEL again after a delimiter', () => {
  assert.equal(text('\x1b(Sabd\x1fbabd'), 'αβγ\x1fbabd')
  assert.equal(text('\x1b)Q\xc1\x1fb\xe2e'), 'ђ\x1fbé')
})

test('a numeric character reference is the base of marks, and is reported', () => {
  const read = decodeMarc8(bytes('x&#x2014;\xe2&#x03b1;&#x1D538; &amp; &#x; &#xD800; &#x0;'))
  assert.equal(read.text, 'x—ά𝔸 &amp; &#x; &#xD800; &#x0;')
  assert.deepEqual(
    read.references.map((each) => each.source),
    ['&#x2014;', '&#x03b1;', '&#x1D538;'],
  )
})

test('a reference to a combining mark belongs to the letter before it', () => {
  assert.equal(text('\xe2o&#x31B;'), 'ớ')
})

test('non-sorting marks and joiners are kept, from either pair of codes', () => {
  assert.equal(text('\x88The \x89end \x98Le \x9cmot \x8d\x8e'), '\x98The \x9cend \x98Le \x9cmot \u200d\u200c')
})

test('a byte that no set explains is a visible chip', () => {
  const read = decodeMarc8(bytes('a\xd0b\x80\xff \x1b$1\x7e\x7e\x7e\x1b(B'))
  assert.equal(read.text, 'a⟦D0⟧b⟦80⟧⟦FF⟧ ⟦7E7E7E⟧')
  assert.deepEqual(read.chips, ['⟦D0⟧', '⟦80⟧', '⟦FF⟧', '⟦7E7E7E⟧'])
})

test('East Asian text falls into step again after a lost byte', () => {
  const read = decodeMarc8(bytes('\x1b$1\x21\x30\x21\x30\x22\x21\x30\x21\x21\x30\x22\x1b(B'))
  assert.equal(read.text, '一⟦3022⟧一丁')
})

test('a character that the set in force lacks is ASCII, and is reported', () => {
  const read = decodeMarc8(bytes('\x1b(Sab,ab\x1b(Bx'))
  assert.equal(read.text, 'αβ,αβx')
  assert.deepEqual(read.escapes, [','])
})

test('a field that enters a set again and again without leaving it goes back to ASCII by itself', () => {
  assert.equal(
    text('\x1b(SM}w, 14-17 \x1b(SAsuln"lry 2011 = The agora'),
    'Κως, 14-17 Απριλίου 2011 = The agora',
  )
})

test('an escape that means nothing is taken out and reported, what follows stays', () => {
  const read = decodeMarc8(bytes('a\x1b(Zb\x1b'))
  assert.equal(read.text, 'a(Zb')
  assert.deepEqual(read.escapes, ['ESC', 'ESC'])
})

test('control characters are taken out; those that part words leave one space', () => {
  const read = decodeMarc8(bytes('a\x00b\r\nc \td\x7f'))
  assert.equal(read.text, 'ab c d')
  assert.deepEqual(read.controls, ['U+0000', 'U+000D', 'U+000A', 'U+0009', 'U+007F'])
})
