import type { Frame, JunkCode, MarcLimits, Rejection, Repair } from './frame.ts'

/** What starts at a byte. `end` is beyond its last byte, and always beyond its first. */
export type Found =
  | { readonly kind: 'junk'; readonly end: number; readonly why: JunkCode }
  | {
      readonly kind: 'record'
      readonly end: number
      readonly repairs?: readonly Repair[]
      readonly rejected?: Rejection
      /** See `RecordFrame.encoding`. */
      readonly encoding?: string
    }

/** Where a format is looked for in the bytes that are there. */
export type Search = {
  readonly bytes: Uint8Array
  readonly at: number
  /** No bytes follow. */
  readonly final: boolean
  /** The bytes are the rest of a record that was cut off for its size. */
  readonly lost: boolean
}

/**
 * Cuts a stream into the frames that `find` sees in it. `find` answers nothing where more bytes could
 * change its answer; so the frames are the same however the stream is divided into chunks. Memory is
 * bounded by what `find` asks for.
 */
export async function* cutFrames(
  chunks: AsyncIterable<Uint8Array>,
  find: (search: Search) => Found | null,
): AsyncGenerator<readonly Frame[]> {
  let parts: Uint8Array[] = []
  let size = 0
  let enough = 0
  let offset = 0
  let position = 0
  let lost = false
  let junk: { readonly offset: number; length: number; readonly why: JunkCode } | undefined

  function* take(final: boolean): Generator<readonly Frame[]> {
    const bytes = joined(parts, size)
    let frames: Frame[] = []
    let at = 0
    while (at < bytes.length) {
      const found = find({ bytes, at, final, lost })
      if (found === null) break
      // Junk is one frame as long as it is of one kind, in however many pieces it was found.
      if (found.kind === 'junk' && junk?.why === found.why) junk.length += found.end - at
      else {
        if (junk) frames.push({ kind: 'junk', ...junk })
        junk = undefined
        if (found.kind === 'junk') junk = { offset: offset + at, length: found.end - at, why: found.why }
        else {
          const { end, kind, repairs = [], ...rest } = found
          frames.push({
            kind,
            position: ++position,
            offset: offset + at,
            bytes: bytes.subarray(at, end),
            repairs,
            ...rest,
          })
          lost = found.rejected?.code === 'TOO_LARGE'
        }
        if (frames.length >= most) {
          yield frames
          frames = []
        }
      }
      at = found.end
    }
    if (final && junk) frames.push({ kind: 'junk', ...junk })
    offset += at
    parts = at < bytes.length ? [bytes.subarray(at)] : []
    size = bytes.length - at
    // What does not end yet is looked at again when there is twice as much of it, so that the search stays linear.
    enough = at === 0 ? size * 2 : 0
    if (frames.length > 0) yield frames
  }

  for await (const chunk of chunks) {
    parts.push(chunk)
    size += chunk.length
    if (size >= enough) yield* take(false)
  }
  yield* take(true)
}

/** Frames in a batch: there may be as many in a chunk as it has bytes. */
const most = 1000

export function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** White space that a record's frame may take in after the record. */
const separators = 256

/**
 * The end of the white space (and commas, where they part records) after a record: it belongs to the
 * record's frame, since in a text format it is how records are laid out, and no junk. Nothing where
 * more bytes are needed to tell.
 */
export function endOfSeparators(
  { bytes, final }: Search,
  from: number,
  { commas = false }: { commas?: boolean } = {},
): number | null {
  const limit = from + separators
  let at = from
  while (at < limit && isSeparator(bytes[at], commas)) at++
  return at === bytes.length && at < limit && !final ? null : at
}

const isSeparator = (byte: number | undefined, commas: boolean) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || (commas && byte === 0x2c)

/** Bytes beyond the limit that are looked at for what ends a record just before it. */
const lookahead = 512

/** A record that has no end so far: too large, cut off with the file, or (nothing) still to be read. */
export function unended({ bytes, at, final }: Search, limits: MarcLimits): Found | null {
  const there = bytes.length - at
  if (!final) return there < limits.record + lookahead ? null : tooLarge(at, limits)
  return there > limits.record
    ? tooLarge(at, limits)
    : { kind: 'record', end: bytes.length, rejected: truncated(there) }
}

/** The first bytes of a record without an end within the limit; the rest of it is junk. */
export const tooLarge = (at: number, limits: MarcLimits): Found => ({
  kind: 'record',
  end: at + limits.record,
  rejected: {
    code: 'TOO_LARGE',
    message: `The record has no end within ${limits.record} bytes, the limit for one record. Cut the file at the next record.`,
  },
})

const truncated = (there: number): Rejection => ({
  code: 'TRUNCATED',
  message: `The file ends after ${there} bytes of this record. Get the file again from its source.`,
})

/** Whether the bytes at a position are a byte order mark in UTF-8. */
export const isBom = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
