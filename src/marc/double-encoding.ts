import { cp1252Byte } from './cp1252.ts'
import { decodeUtf8, utf8Shape } from './utf8.ts'

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
