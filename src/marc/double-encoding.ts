import { cp1252Byte } from './cp1252.ts'
import { decodeUtf8, utf8Shape } from './utf8.ts'

/** A letter that leads a character of UTF-8 when taken for CP1252, and one that follows it. */
const pair =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/

/** Whether a text may have been encoded twice; what it says no to was not. */
export const mayBeDoubled = (text: string): boolean => pair.test(text)

/**
 * What a text was before its UTF-8 was taken for CP1252 (or ISO 8859-1) and encoded once more (`Ã©` for `é`),
 * or nothing if it was not. The test is the round trip: all that is not ASCII goes back to bytes, and the
 * bytes are sound UTF-8. Text encoded three times is taken back twice.
 */
export function undoubled(text: string): string | undefined {
  let found: string | undefined
  for (let next = once(text); next !== undefined; next = once(next)) found = next
  return found
}

function once(text: string): string | undefined {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const byte = cp1252Byte(text.charCodeAt(at))
    if (byte === undefined) return undefined
    bytes[at] = byte
  }
  const { sound, broken } = utf8Shape(bytes)
  return sound > 0 && broken === 0 ? decodeUtf8(bytes).text : undefined
}
