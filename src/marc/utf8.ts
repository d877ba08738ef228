import { chip } from './chip.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What the bytes of a text look like as UTF-8. */
export type Utf8Shape = {
  /** Characters of two to four bytes that are sound. */
  readonly sound: number
  /** Bytes from 0x80 that belong to no sound character. */
  readonly broken: number
}

/**
 * Bytes of the sound character at a position, 0 if there is none (Unicode Standard, table 3-7: no overlong
 * forms, no surrogates, nothing beyond U+10FFFF).
 */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  if (lead < 0x80) return 1
  if (lead < 0xc2 || lead > 0xf4) return 0
  const second = bytes[at + 1] ?? 0
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  if (second < lowest || second > highest) return 0
  if (lead < 0xe0) return 2
  if (((bytes[at + 2] ?? 0) & 0xc0) !== 0x80) return 0
  if (lead < 0xf0) return 3
  return ((bytes[at + 3] ?? 0) & 0xc0) === 0x80 ? 4 : 0
}

export function utf8Shape(bytes: Uint8Array): Utf8Shape {
  let sound = 0
  let broken = 0
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] as number) < 0x80) {
      at++
      continue
    }
    const length = utf8Length(bytes, at)
    if (length === 0) broken++
    else sound++
    at += length || 1
  }
  return { sound, broken }
}

/** Sound UTF-8 as it is; bytes that belong to no character become chips. */
export function decodeUtf8(bytes: Uint8Array): { readonly text: string; readonly chips: readonly string[] } {
  try {
    return { text: decoder.decode(bytes), chips: [] }
  } catch {
    return decodeBroken(bytes)
  }
}

function decodeBroken(bytes: Uint8Array): { readonly text: string; readonly chips: readonly string[] } {
  const chips: string[] = []
  let text = ''
  let start = 0
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at)
    if (length === 0) {
      const mark = chip([bytes[at] as number])
      chips.push(mark)
      text += decoder.decode(bytes.subarray(start, at)) + mark
      start = at + 1
    }
    at += length || 1
  }
  return { text: text + decoder.decode(bytes.subarray(start)), chips }
}
