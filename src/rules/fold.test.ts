import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fold, plainWords } from './fold.ts'

const same = (pairs: readonly (readonly [string, string])[]) => {
  for (const [from, to] of pairs) assert.equal(fold(from), to, from)
}

test('case and diacritics go, composed or not', () => {
  same([
    ['ÉMILE', 'emile'],
    ['e\u0301mile', 'emile'],
    ['Dvořák', 'dvorak'],
    ['Ångström', 'angstrom'],
    ['Việt', 'viet'],
    ['Й', 'и'],
  ])
})

test('letters that do not decompose are spelt out', () => {
  same([
    ['Æsop', 'aesop'],
    ['Øre', 'ore'],
    ['Łódź', 'lodz'],
    ['Đorđe', 'dorde'],
    ['straße', 'strasse'],
    ['Ístanbul ıİ', 'istanbul ii'],
    ['œuvre', 'oeuvre'],
  ])
})

test('full and half width meet', () => {
  same([
    ['ＡＢＣ１', 'abc1'],
    ['ｶﾞ', 'が'],
    ['ﬁn', 'fin'],
  ])
})

test('Arabic and Hebrew lose their points, and keyboard variants meet', () => {
  same([
    ['كِتَاب', 'كتاب'],
    ['أحمد', 'احمد'],
    ['إلى', 'الي'],
    ['مدرسة', 'مدرسه'],
    ['کتابی', 'كتابي'],
    ['שָׁלוֹם', 'שלום'],
  ])
})

test('kana of both kinds meet, and so do the ways of writing a Han character', () => {
  same([
    ['カタカナ', 'かたかな'],
    ['ガギグ', 'がぎぐ'],
    ['ヴァイオリン', 'ゔぁいおりん'],
    ['ﾌﾟ', 'ぷ'],
    ['图书馆', '圖書館'],
    ['図書館', '圖書館'],
    ['学会', '學會'],
    ['汉语', '漢語'],
    ['皇后', '皇后'],
  ])
})

test('marks of romanisation go, typographic apostrophes become plain', () => {
  same([
    ['Qurʼān', 'quran'],
    ['ʻAlī', 'ali'],
    ['Tolstoĭ ilʹia', 'tolstoi ilia'],
    ['Ṣanʻāʾ ʿIrāq ḥaʼ', 'sana iraq ha'],
    ['l’été', "l'ete"],
    ['a–b', 'a-b'],
  ])
})

test('marks that are letters of their own stay', () => {
  same([
    ['が', 'が'],
    ['한글', '한글'],
    ['हिन्दी', 'हिन्दी'],
    ['日本', '日本'],
  ])
})

test('folding what is folded changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)),
    { numRuns: 300 },
  )
})

test('the ASCII path and the other give the same words', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme-ascii' }),
      (text) => plainWords(text) === plainWords(`${text} é`).replace(/ ?e$/, ''),
    ),
    { numRuns: 300 },
  )
})

test('punctuation becomes single blanks', () => {
  assert.equal(plainWords('  Emma : a novel / '), 'emma a novel')
  assert.equal(plainWords('«Émile», ou De l’éducation'), 'emile ou de l education')
  assert.equal(plainWords('...'), '')
})
