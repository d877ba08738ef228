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

const likely = 2
const possible = 1
const doubtful = -1
const unlikely = -2
const wrong = -3
const meaningless = -4

const isUpper = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a
const isLower = (byte: number): boolean => byte >= 0x61 && byte <= 0x7a
const isLetter = (byte: number): boolean => isUpper(byte) || isLower(byte)
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
/** The byte before, nothing where that is a subfield code or a delimiter: a word starts there. */
const before = (bytes: Uint8Array, at: number): number =>
  at === 0 || bytes[at - 2] === 0x1f || bytes[at - 1] === 0x1f ? 0 : (bytes[at - 1] as number)

const isVowel = (byte: number): boolean => 'aeiouyAEIOUY'.includes(String.fromCharCode(byte))

/** The letters that languages and the ALA-LC romanisations put each mark of ANSEL over or under. */
const lettersOfMark: Readonly<Record<number, string>> = {
  0xe0: 'aeiouy', // hook above
  0xe1: 'aeiouwy', // grave
  0xe2: 'aeiouycnszlr', // acute
  0xe3: 'aeiouwycghjs', // circumflex
  0xe4: 'aeiounyv', // tilde
  0xe5: 'aeiouyg', // macron
  0xe6: 'aegiou', // breve
  0xe7: 'cegimnrz', // dot above
  0xe8: 'aeiouwy', // umlaut
  0xe9: 'cdelnrstz', // caron
  0xea: 'au', // ring above
  0xee: 'ou', // double acute
  0xef: 'amn', // candrabindu
  0xf0: 'cdeghklnrst', // cedilla
  0xf1: 'aeiu', // ogonek
  0xf2: 'abdehiklmnorstuvyz', // dot below
  0xf3: 'u', // two dots below
  0xf4: 'alr', // ring below
  0xf6: 'cdhiklnprstz', // underscore
  0xf7: 'st', // left hook
  0xf8: 'oe', // right cedilla
  0xf9: 'h', // breve below
  0xfe: 'cklpqst', // comma above
}

function marc8Fit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (byte < 0xa0) return byte === 0x88 || byte === 0x89 || byte === 0x98 || byte === 0x9c ? 0 : meaningless
  if (ansel.units[byte & 0x7f] === 0) return meaningless
  return byte >= 0xe0 ? markFit(bytes, at) : anselLetterFit(byte, before(bytes, at), bytes[at + 1] ?? 0)
}

function markFit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (bytes[at + 1] === byte) return wrong
  let next = at + 1
  while (next < bytes.length && (bytes[next] as number) >= 0xe0) next++
  const base = bytes[next] ?? 0
  if ((base >= 0xa1 && base <= 0xbd) || base === 0x26) return possible
  // A grave or an acute on its own serves as an apostrophe.
  if (!isLetter(base)) return byte === 0xe1 || byte === 0xe2 ? doubtful : wrong
  if (byte === 0xeb || byte === 0xfa) return hasByte(bytes, byte + 1, next + 1, next + 4) ? likely : doubtful
  if (byte === 0xec || byte === 0xfb) return hasByte(bytes, byte - 1, at - 5, at) ? likely : doubtful
  if (!(lettersOfMark[byte] ?? '').includes(String.fromCharCode(base | 0x20))) {
    return byte === 0xe1 ? doubtful : byte < 0xed ? unlikely : meaningless
  }
  if (byte === 0xf6) return possible
  // Rare in MARC-8, frequent in CP1252: an ogonek after an open vowel (ñ), ñ before a consonant (än).
  const previous = before(bytes, at)
  const ogonek = byte === 0xf1 && isVowel(previous) && !'iIyY'.includes(String.fromCharCode(previous))
  const tilde = byte === 0xe4 && (base | 0x20) === 0x6e && !isVowel(bytes[next + 1] ?? 0)
  return ogonek || tilde ? doubtful : likely
}

function hasByte(bytes: Uint8Array, byte: number, from: number, to: number): boolean {
  for (let at = Math.max(0, from); at < to; at++) if (bytes[at] === byte) return true
  return false
}

/** What ANSEL has in 0xA1 to 0xC8: letters, the primes, alif and ayn, and some symbols. */
function anselLetterFit(byte: number, previous: number, next: number): number {
  const joined = isLetter(previous)
  const after = isLetter(next) || next >= 0xe0
  switch (byte) {
    case 0xa7: // prime (soft sign)
    case 0xb7: // double prime (hard sign)
      return joined || isDigit(previous) ? likely : doubtful
    case 0xa9: // flat
    case 0xc4: // sharp
      return previous >= 0x41 && previous <= 0x47 && !after ? likely : isDigit(next) ? wrong : doubtful
    case 0xb9: // pound
      return isDigit(next) ? likely : doubtful
    case 0xc0: // degree
    case 0xab: // plus or minus
      return isDigit(previous) || isDigit(next) ? possible : doubtful
    case 0xc2: // sound recording copyright
    case 0xc3: // copyright
      return isDigit(next) ? likely : after ? doubtful : 0
    case 0xc5: // inverted question mark
    case 0xc6: // inverted exclamation mark
      return !joined && after ? likely : doubtful
    case 0xc7: // eszett
      return isLower(previous) ? possible : doubtful
    case 0xc1: // script l
    case 0xc8: // euro
    case 0xa8: // middle dot
    case 0xaa: // patent mark
      return 0
    default:
      return joined || after ? possible : isDigit(next) || isDigit(previous) ? unlikely : doubtful
  }
}

function cp1252Fit(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  const previous = before(bytes, at)
  const next = bytes[at + 1] ?? 0
  if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return meaningless
  if (byte < 0xa0) return punctuationFit(byte, previous, next)
  if (byte < 0xc0 || byte === 0xd7 || byte === 0xf7) return symbolFit(byte, previous, next)
  return byte < 0xdf ? capitalFit(previous, next) : smallFit(byte, previous, next)
}

/** 0x80 to 0x9F: curved quotation marks, dashes and the ellipsis are what word processors leave behind. */
function punctuationFit(byte: number, previous: number, next: number): number {
  if (byte === 0x85 || (byte >= 0x91 && byte <= 0x97)) return likely
  if (byte === 0x80) return isDigit(previous) || isDigit(next) ? likely : doubtful
  const letter = byte === 0x8a || byte === 0x8c || byte === 0x8e || (byte >= 0x9a && byte !== 0x9b)
  return letter && (isLetter(previous) || isLetter(next)) ? likely : 0
}

function symbolFit(byte: number, previous: number, next: number): number {
  const joined = isLetter(previous)
  const after = isLetter(next)
  switch (byte) {
    case 0xa3: // pound
    case 0xa9: // copyright
      return isDigit(next) ? likely : after ? doubtful : 0
    case 0xa7: // section
      return previous <= 0x20 && (isDigit(next) || next === 0x20) ? possible : doubtful
    case 0xa1: // inverted exclamation mark
    case 0xbf: // inverted question mark
      return !joined && after ? possible : doubtful
    case 0xb0: // degree
    case 0xba: // masculine ordinal
    case 0xaa: // feminine ordinal
      return !after && (joined || isDigit(previous)) ? possible : doubtful
    case 0xab: // left guillemet
      return joined ? doubtful : possible
    case 0xbb: // right guillemet
      return after ? doubtful : possible
    default:
      return joined && after ? wrong : isDigit(next) ? doubtful : 0
  }
}

/** A letter of CP1252, small or capital, for what stands beside another. */
const isSmall = (byte: number): boolean => isLower(byte) || byte >= 0xdf
const isCapital = (byte: number): boolean => isUpper(byte) || (byte >= 0xc0 && byte < 0xdf)

function capitalFit(previous: number, next: number): number {
  if (isSmall(previous)) return wrong
  return isCapital(previous) || isCapital(next) || isSmall(next) ? likely : doubtful
}

function smallFit(byte: number, previous: number, next: number): number {
  if (isUpper(next)) return wrong
  if (!isSmall(previous) && !isCapital(previous) && !isSmall(next))
    return byte === 0xe0 || byte === 0xe8 ? possible : doubtful
  if (!isLetter(next) && next < 0xc0) return likely
  const consonant = byte === 0xe7 || byte === 0xf1 || byte === 0xf0 || byte === 0xfe || byte === 0xdf
  if (consonant) return isVowel(next) && (isVowel(previous) || byte === 0xe7) ? likely : doubtful
  if (isVowel(next)) return byte === 0xe9 || byte === 0xed ? 0 : doubtful
  if (isVowel(previous)) return 0
  // The most frequent letter of them all, é between consonants.
  return byte === 0xe9 ? likely : possible
}
