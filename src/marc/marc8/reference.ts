/** A numeric character reference: `&#x2014;` as it stood, and its character. */
export type Reference = { readonly source: string; readonly text: string }

/**
 * The reference that starts at the `&` of a position, or nothing. One to six hexadecimal digits; a reference
 * to a control character, a surrogate or beyond Unicode is left as it stands.
 */
export function referenceAt(bytes: Uint8Array, at: number): Reference | undefined {
  if (bytes[at + 1] !== 0x23 || bytes[at + 2] !== 0x78) return undefined
  let digits = ''
  let next = at + 3
  while (digits.length < 6 && isHexadecimal(bytes[next]))
    digits += String.fromCharCode(bytes[next++] as number)
  if (digits === '' || bytes[next] !== 0x3b) return undefined
  const point = Number.parseInt(digits, 16)
  if (point < 0x20 || point === 0x7f || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
    return undefined
  return { source: `&#x${digits};`, text: String.fromCodePoint(point) }
}

function isHexadecimal(byte: number | undefined): boolean {
  if (byte === undefined) return false
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66)
}
