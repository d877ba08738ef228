import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeMarc8 } from './marc8/encode.ts'
import { scoreSingleByte } from './single-byte-score.ts'

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** Names and titles as catalogues have them, in languages that both encodings can write. */
const texts = [
  '1 \x1faGarcía Márquez, Gabriel',
  '10\x1faLe café de la gare',
  '10\x1faFörnuft och känsla',
  '10\x1faÉtudes pédologiques',
  '  \x1faMadrid, España :\x1fbEspasa',
  '1 \x1faGünter Müller, Österreich',
  '10\x1faComisión para la educación',
  '  \x1fa10 CD-äänilevyä',
  '  \x1fc£4.99',
  ' 4\x1fc©2013',
]

test('a text scores higher in the encoding that it is in', () => {
  for (const text of texts) {
    const cp1252 = scoreSingleByte(latin1(text))
    assert.ok(cp1252.cp1252 > cp1252.marc8, `CP1252 ${text}`)
    const marc8 = scoreSingleByte(encodeMarc8(text))
    assert.ok(marc8.marc8 > marc8.cp1252, `MARC-8 ${text}`)
  }
})

test('text that only MARC-8 can write scores higher as MARC-8', () => {
  for (const text of [
    'Dvořák, Čapek',
    'Łódź, Święta',
    'Tolstoĭ, Lev Nikolaevich',
    'Kōbō Abe',
    'i\u0361azyk',
    'Nguyễn Thị',
  ]) {
    const { marc8, cp1252 } = scoreSingleByte(encodeMarc8(text))
    assert.ok(marc8 > cp1252, text)
  }
})
