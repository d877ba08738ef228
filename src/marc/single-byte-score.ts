import { ansel } from './marc8/sets.ts'

/**
 * How well the bytes above ASCII of a text fit MARC-8 and CP1252: sums over the bytes, above zero for a
 * likely reading. Both are single-byte encodings in which nearly any byte means something, so only the
 * company that a byte keeps tells them apart: MARC-8 puts a combining mark before its letter, CP1252 has one
 * letter, most often a vowel among consonants or at the end of a word.
 */
export type SingleByteScore = { readonly marc8: number; readonly cp1252: number }

export function scoreSingleByte(bytes: Uint8Array): SingleByteScore {
  let marc8 = 0
  let cp1252 = 0
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] as number) < 0x80) continue
    marc8 += marc8Fit(bytes, at)
    cp1252 += cp1252Fit(bytes, at)
  }
  return { marc8, cp1252 }
}

const meaningless = -4

const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a
const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a
const isLetter = (byte: number): boolean => isUpper(byte) || isLower(byte)
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isVowel = (byte: number): boolean => 'aeiouyAEIOUY'.includes(String.fromCharCode(byte))

/** Whether a mark (ANSEL code) and an ASCII letter have a composed form in Unicode: the pairs that languages use. */
const composed = new Uint8Array(128 * 128)
for (let mark = 0x60; mark < 0x7f; mark++) {
  if (ansel.combining[mark] === 0) continue
  for (let letter = 0x41; letter < 0x7b; letter++) {
    const pair = String.fromCharCode(letter, ansel.units[mark] as number)
    if (isLetter(letter) && pair.normalize('NFC').length === 1) composed[mark * 128 + letter] = 1
  }
}

/** Acute, grave, circumflex, tilde, macron, breve, dot, umlaut, caron, ring: marks of letters that Unicode has. */
const isCommonMark = (byte: number): boolean => byte >= 0xe0 && byte <= 0xea

function marc8Fit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (byte < 0xa0) return byte === 0x88 || byte === 0x89 || byte === 0x98 || byte === 0x9c ? 0 : meaningless
  if (ansel.units[byte & 0x7f] === 0) return meaningless
  const previous = bytes[at - 1] ?? 0
  if (byte >= 0xe0) {
    let next = at + 1
    while (next < bytes.length && (bytes[next] as number) >= 0xe0) next++
    const base = bytes[next] ?? 0
    if (base >= 0xa1 && base <= 0xbd) return 1
    if (!isLetter(base)) return -3
    if (composed[(byte & 0x7f) * 128 + base] === 1) return 2
    return isCommonMark(byte) ? -1 : 0.5
  }
  const next = bytes[at + 1] ?? 0
  const besideLetter = isLetter(previous) || isLetter(next) || next >= 0xe0
  if (byte >= 0xc0) return isSymbolFit(byte, previous, next) ? 1 : -0.5
  if (byte === 0xa8 || byte === 0xaa || byte === 0xab || byte === 0xb9) return 0
  if (byte === 0xa9) return isUpper(previous) ? 1 : 0
  return besideLetter ? 1.5 : -0.5
}

/** Degree, script l, sound recording, copyright, sharp, inverted marks, eszett, euro. */
function isSymbolFit(byte: number, previous: number, next: number): boolean {
  if (byte === 0xc2 || byte === 0xc3) return isDigit(next) || !isLetter(previous)
  if (byte === 0xc4) return isUpper(previous) && !isLetter(next)
  if (byte === 0xc5 || byte === 0xc6) return !isLetter(previous) && (isUpper(next) || next >= 0xe0)
  if (byte === 0xc7) return isLower(previous)
  return isDigit(previous) || isDigit(next)
}

function cp1252Fit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  const previous = bytes[at - 1] ?? 0
  const next = bytes[at + 1] ?? 0
  if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return meaningless
  if (byte < 0xa0) return byte === 0x88 || byte === 0x89 || byte === 0x98 ? 0 : 2
  if (byte < 0xc0 || byte === 0xd7 || byte === 0xf7) return isLetter(previous) && isLetter(next) ? -2 : 0.5
  if (byte < 0xdf) return capitalFit(previous, next)
  return smallFit(byte, previous, next)
}

/** A letter of CP1252, small or capital, for what stands beside another. */
const isSmall = (byte: number): boolean => isLower(byte) || byte >= 0xdf
const isCapital = (byte: number): boolean => isUpper(byte) || (byte >= 0xc0 && byte < 0xdf)

function capitalFit(previous: number, next: number): number {
  if (isSmall(previous)) return -2
  if (isCapital(previous) || isCapital(next)) return 1.5
  return isSmall(next) ? 1.5 : -1
}

function smallFit(byte: number, previous: number, next: number): number {
  if (isUpper(next)) return -3
  const inWord = isSmall(previous) || isCapital(previous) || isSmall(next)
  if (!inWord) return byte === 0xe0 ? 1 : -1
  if (!isLetter(next) && next < 0xc0) return 1.5
  if (byte === 0xe7 || byte === 0xf1 || byte === 0xf0 || byte === 0xfe) return isVowel(next) ? 1 : -1
  if (isVowel(next)) return byte === 0xe9 && (next === 0x65 || next === 0x61) ? 0.5 : -1
  return isVowel(previous) ? 0 : 1
}
