import { joined } from './cut-frames.ts'
import type { Frame } from './frame.ts'

export type Utf16 = 'utf-16le' | 'utf-16be'

const utf8 = new TextEncoder()

/** By the byte order mark, or by NULs beside characters of ASCII. */
export function utf16Of(head: Uint8Array): Utf16 | null {
  const [first, second, third, fourth] = head
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (isAscii(first) && second === 0 && isAscii(third) && fourth === 0) return 'utf-16le'
  if (first === 0 && isAscii(second) && third === 0 && isAscii(fourth)) return 'utf-16be'
  return null
}

const isAscii = (byte: number | undefined) => byte !== undefined && byte >= 0x09 && byte < 0x7f

/** UTF-16 as UTF-8. Lone surrogates become U+FFFD, and so does a byte too many. */
export function utf16ToUtf8(bytes: Uint8Array, encoding: Utf16): Uint8Array {
  return utf8.encode(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes))
}

/**
 * Frames a stream of UTF-16 by way of UTF-8. Offsets, lengths and bytes of the frames are those of the
 * file: a frame keeps its own bytes, which say by themselves what they are, and is transcoded once more to
 * be decoded.
 */
export async function* frameUtf16(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Utf16,
  frameUtf8: (chunks: AsyncIterable<Uint8Array>) => AsyncGenerator<readonly Frame[]>,
): AsyncGenerator<readonly Frame[]> {
  const original = queue()
  const transcoded = queue()

  async function* asUtf8(): AsyncGenerator<Uint8Array> {
    let rest: Uint8Array = new Uint8Array(0)
    for await (const chunk of chunks) {
      original.add(chunk)
      const bytes = joined([rest, chunk], rest.length + chunk.length)
      const whole = wholeCharacters(bytes, encoding)
      rest = bytes.slice(whole)
      if (whole > 0) yield transcoded.add(utf16ToUtf8(bytes.subarray(0, whole), encoding))
    }
    // Half a pair and half a character are two, which a decoder would answer with one mark.
    for (const part of [rest.subarray(0, rest.length & ~1), rest.subarray(rest.length & ~1)])
      if (part.length > 0) yield transcoded.add(utf16ToUtf8(part, encoding))
  }

  let offset = 0
  for await (const frames of frameUtf8(asUtf8())) {
    yield frames.map((frame): Frame => {
      const length = frame.kind === 'junk' ? frame.length : frame.bytes.length
      const bytes = original.take(utf16Length(transcoded.take(length)))
      const start = offset
      offset += bytes.length
      return frame.kind === 'junk'
        ? { ...frame, offset: start, length: bytes.length }
        : { ...frame, offset: start, bytes }
    })
  }
}

/** Bytes up to the end of the last character that is whole: an odd byte or the first half of a pair waits. */
function wholeCharacters(bytes: Uint8Array, encoding: Utf16): number {
  const even = bytes.length & ~1
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2]
  return high !== undefined && high >= 0xd8 && high < 0xdc ? even - 2 : even
}

/** Bytes of UTF-16 that sound UTF-8 is: two a character, four where UTF-8 has four. */
function utf16Length(bytes: Uint8Array): number {
  let length = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 4 : 2
  return length
}

/** Bytes that wait to be taken in their order; of too many asked for, those that are there. */
function queue() {
  let parts: Uint8Array[] = []
  let size = 0
  return {
    add(bytes: Uint8Array): Uint8Array {
      parts.push(bytes)
      size += bytes.length
      return bytes
    },
    take(length: number): Uint8Array {
      if (parts.length > 1 && (parts[0] as Uint8Array).length < length) parts = [joined(parts, size)]
      const [first = new Uint8Array(0), ...others] = parts
      const taken = first.subarray(0, length)
      parts = taken.length < first.length ? [first.subarray(taken.length), ...others] : others
      size -= taken.length
      return taken
    },
  }
}
