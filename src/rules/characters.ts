/** What a character of folded text is to a reader of words. */
export const separator = 1
export const wordPart = 2
/** A character of a script that writes no blanks between words: searched by single characters and pairs. */
export const unspaced = 3

const known = new Uint8Array(0x10000)

/** The class of a code point; worked out once for each of the basic plane. */
export function characterClass(code: number): number {
  if (code > 0xffff) return classify(code)
  return known[code] || (known[code] = classify(code))
}

function classify(code: number): number {
  if (isUnspaced(code)) return unspaced
  return /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(code)) ? wordPart : separator
}

/** Han, kana, bopomofo, Thai, Lao, Burmese, Khmer: letters and marks, but not their punctuation. */
function isUnspaced(code: number): boolean {
  if (code < 0x0e00) return false
  return (
    /[\p{sc=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Bopo}\p{sc=Thai}\p{sc=Lao}\p{sc=Mymr}\p{sc=Khmr}]/u.test(
      String.fromCodePoint(code),
    ) && /[\p{L}\p{M}\p{Nl}]/u.test(String.fromCodePoint(code))
  )
}
