import { hanVariants } from './han-variants.ts'

/*
 * One folding for search words, headings and title keys: what a reader would call the same letters
 * becomes the same letters. Case, width, diacritics and vowel points go; letters that no
 * decomposition takes apart (æ, ø, ł, đ, ı, ß …) are spelt out; the letter variants of Arabic and
 * Persian keyboards meet; the marks that romanisation writes for alif, ayn and soft sign go. Katakana
 * become hiragana, simplified and Japanese forms of Han characters traditional ones. Scripts whose marks
 * are letters of their own (Indic vowels, kana voicing) keep them.
 */

/** Lower case without marks; punctuation and blanks stay, typographic apostrophes and dashes become ASCII's. Result is NFC. */
export function fold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : foldWide(text)
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

/** `fold`, and every run of punctuation and blanks a single blank, none at the ends. */
export function plainWords(text: string): string {
  const lower = text.toLowerCase()
  let plain = ''
  let start = -1
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : 32
    if (code > 127) return plainWide(foldWide(lower))
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) {
      if (start === -1) start = at
    } else if (start !== -1) {
      plain += plain === '' ? lower.slice(start, at) : ` ${lower.slice(start, at)}`
      start = -1
    }
  }
  return plain
}

const plainWide = (folded: string): string => folded.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim()

/** `fold` for a text that is known not to be all ASCII. */
export function foldWide(text: string): string {
  const apart = text.normalize('NFKD').toLowerCase()
  let folded = ''
  let from = 0
  let wide = false
  for (let at = 0; at < apart.length; at++) {
    const code = apart.charCodeAt(at)
    if (code < 128) continue
    const instead = replacement(code, apart[at] as string)
    if (instead === null) {
      wide = true
      continue
    }
    folded += apart.slice(from, at) + instead
    from = at + 1
  }
  folded += apart.slice(from)
  // Hangul and kana were taken apart above and are put together again.
  return wide ? folded.normalize('NFC') : folded
}

/** Those that have a hiragana, which stands 96 before. */
const isKatakana = (code: number): boolean =>
  (code >= 0x30a1 && code <= 0x30f6) || code === 0x30fd || code === 0x30fe

/** What a character (after NFKD and lower case) becomes; nothing where it stays. */
function replacement(code: number, character: string): string | null {
  if (isDropped(code)) return ''
  if (isKatakana(code)) return String.fromCharCode(code - 0x60)
  return spelt.get(character) ?? hanVariants.get(character) ?? null
}

const dropped: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad], // soft hyphen
  [0x02b0, 0x02ff], // modifier letters: ayn, alif, soft and hard sign
  [0x0300, 0x036f], // combining marks of Latin, Greek and Cyrillic
  [0x0483, 0x0487], // of Old Cyrillic
  [0x0591, 0x05bd], // Hebrew accents and points; U+05BE (maqaf) is a hyphen
  [0x05bf, 0x05bf],
  [0x05c1, 0x05c2],
  [0x05c4, 0x05c5],
  [0x05c7, 0x05c7],
  [0x05f3, 0x05f4], // geresh, gershayim
  [0x0610, 0x061a], // Arabic signs
  [0x0640, 0x0640], // tatweel
  [0x064b, 0x065f], // Arabic vowel points, hamza above and below
  [0x0670, 0x0670],
  [0x06d6, 0x06ed],
  [0x0711, 0x0711], // Syriac points
  [0x0730, 0x074a],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f], // zero width and direction marks
  [0x202a, 0x202e],
  [0x2060, 0x2069],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f], // variation selectors
  [0xfe20, 0xfe2f], // halves of ligature and double tilde
  [0xfeff, 0xfeff],
]

function isDropped(code: number): boolean {
  for (const [from, to] of dropped) {
    if (code < from) return false
    if (code <= to) return true
  }
  return false
}

const spelt: ReadonlyMap<string, string> = new Map([
  ...pairs(
    'æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ß=ss ħ=h ŧ=t ŋ=n ĸ=k ƀ=b ɓ=b ɖ=d ɗ=d ɛ=e ɔ=o ə=e ǝ=e ɣ=g ƙ=k ƞ=n ƴ=y ɨ=i ʉ=u ƶ=z',
  ),
  ...pairs('ς=σ'),
  ...pairs('ى=ي ی=ي ې=ي ک=ك ڪ=ك ٱ=ا ة=ه ۃ=ه ہ=ه ھ=ه ە=ه ۀ=ه'),
  ...pairs('٠=0 ١=1 ٢=2 ٣=3 ٤=4 ٥=5 ٦=6 ٧=7 ٨=8 ٩=9 ۰=0 ۱=1 ۲=2 ۳=3 ۴=4 ۵=5 ۶=6 ۷=7 ۸=8 ۹=9'),
  ...pairs("‘=' ’=' ‛=' ′=' ‐=- ‑=- ‒=- –=- —=- ―=- −=- ־=- ℓ=l"),
])

function pairs(list: string): (readonly [string, string])[] {
  return list.split(' ').map((pair) => [pair[0] as string, pair.slice(2)] as const)
}
