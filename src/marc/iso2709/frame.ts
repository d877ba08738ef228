import type { Frame, JunkCode, MarcLimits, RecordFrame, Rejection, Repair } from '../frame.ts'
import { fiveDigits, isStrictLeader, looksLikeLeader } from './leader.ts'

const RT = 0x1d
const FT = 0x1e

/**
 * Cuts a stream of ISO 2709 into frames that tile its bytes: records, whole or not, and the junk
 * between them. A record ends where its own length says, if a terminator stands there; else at the
 * first terminator that a leader or the end follows; and where a leader stands beyond doubt before
 * that, the terminator is missing and the record ends there.
 *
 * Memory is bounded by the record limit: a record beyond it is a rejected frame of its first bytes,
 * and the rest of it is junk.
 */
export async function* frameIso2709(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> {
  let pending: Uint8Array = new Uint8Array(0)
  let offset = 0
  let position = 0
  let enough = 0

  function take(final: boolean): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < pending.length) {
      const found = nextFrame(pending, at, final, limits)
      if (found === null) break
      const bytes = pending.subarray(at, found.end)
      if (found.kind === 'junk')
        frames.push({ kind: 'junk', offset: offset + at, length: bytes.length, why: found.why })
      else frames.push(asRecord(bytes, offset + at, ++position, found))
      at = found.end
    }
    offset += at
    pending = pending.subarray(at)
    // What does not end yet is looked at again when there is twice as much of it, so that the search stays linear.
    enough = at === 0 ? pending.length * 2 : 0
    return frames
  }

  for await (const chunk of chunks) {
    pending = pending.length === 0 ? chunk : join(pending, chunk)
    if (pending.length < enough) continue
    const frames = take(false)
    if (frames.length > 0) yield frames
  }
  const frames = take(true)
  if (frames.length > 0) yield frames
}

type Found =
  | { readonly kind: 'junk'; readonly end: number; readonly why: JunkCode }
  | {
      readonly kind: 'record'
      readonly end: number
      readonly repairs: readonly Repair[]
      readonly rejected?: Rejection
    }

const noRepairs: readonly Repair[] = []

/** What starts at a byte; nothing where more bytes are needed to tell. */
function nextFrame(bytes: Uint8Array, at: number, final: boolean, limits: MarcLimits): Found | null {
  const start = skipFiller(bytes, at)
  if (start > at) {
    if (start === bytes.length && !final) return null
    return { kind: 'junk', end: start, why: fillerCode(bytes, at, start) }
  }
  const length = fiveDigits(bytes, at)
  // Nearly every record: its length is right.
  if (
    length >= 26 &&
    at + length <= bytes.length &&
    bytes[at + length - 1] === RT &&
    endsThere(bytes, at, length)
  ) {
    return { kind: 'record', end: at + length, repairs: noRepairs }
  }
  if (!final && bytes.length - at < Math.max(length + 32, 64)) return null
  return looksLikeLeader(bytes, at) || isShortRecord(bytes, at, length)
    ? endByTerminator(bytes, at, length, final, limits)
    : foreign(bytes, at, final, limits)
}

/**
 * A terminator where the length puts it is the end, unless more of the record follows: then it is data,
 * and the length is wrong by chance.
 */
function endsThere(bytes: Uint8Array, at: number, length: number): boolean {
  return (
    bytes[at + length - 2] === FT ||
    looksLikeLeader(bytes, skipFiller(bytes, at + length)) ||
    at + length === bytes.length
  )
}

/** Less than a leader, but it says so itself and is terminated. */
const isShortRecord = (bytes: Uint8Array, at: number, length: number) =>
  length > 0 && bytes.length - at < 24 && bytes.indexOf(RT, at) !== -1

function endByTerminator(
  bytes: Uint8Array,
  at: number,
  length: number,
  final: boolean,
  limits: MarcLimits,
): Found | null {
  const limit = at + limits.record
  for (let from = at + 5; ; ) {
    const terminator = bytes.indexOf(RT, from)
    const cut = strictLeaderWithin(
      bytes,
      at + 24,
      terminator === -1 ? Math.min(bytes.length, limit) : terminator,
    )
    if (cut !== -1) {
      const repair: Repair = {
        code: 'TERMINATOR_MISSING',
        before: 'no record terminator',
        after: `the record ends at byte ${cut - at}, where the next leader stands`,
      }
      return { kind: 'record', end: cut, repairs: [repair] }
    }
    if (terminator === -1 || terminator >= limit) {
      if (bytes.length >= limit) return tooLarge(limit, limits)
      if (!final) return null
      return {
        kind: 'record',
        end: bytes.length,
        repairs: noRepairs,
        rejected: truncated(bytes.length - at, length),
      }
    }
    const after = skipFiller(bytes, terminator + 1)
    // More than a leader is wanted to look at, or the end.
    if (!final && bytes.length - after < 24) return null
    if (after === bytes.length || looksLikeLeader(bytes, after) || isForeignFrom(bytes, after)) {
      const end = terminator + 1
      return { kind: 'record', end, repairs: lengthRepair(length, end - at, bytes, at) }
    }
    from = terminator + 1
  }
}

/** Bytes after a terminator that are no data of the record before: markup, or no field terminator before the next record. */
function isForeignFrom(bytes: Uint8Array, at: number): boolean {
  const next = bytes.indexOf(RT, at)
  const field = bytes.indexOf(FT, at)
  return bytes[at] === 0x3c || field === -1 || (next !== -1 && field > next)
}

/** A leader beyond doubt inside a span, right after a field terminator or line end; -1 where there is none. */
function strictLeaderWithin(bytes: Uint8Array, from: number, to: number): number {
  for (let at = bytes.indexOf(FT, from); at !== -1 && at < to; at = bytes.indexOf(FT, at + 1)) {
    const next = skipFiller(bytes, at + 1)
    if (next < to && isStrictLeader(bytes, next)) return next
  }
  return -1
}

function foreign(bytes: Uint8Array, at: number, final: boolean, limits: MarcLimits): Found | null {
  const limit = Math.min(bytes.length, at + limits.record)
  for (let next = at + 1; next < limit; next++) {
    const byte = bytes[next] as number
    if (byte >= 0x30 && byte <= 0x39 && isStrictLeader(bytes, next))
      return { kind: 'junk', end: next, why: 'FOREIGN' }
  }
  if (final || limit === at + limits.record) return { kind: 'junk', end: limit, why: 'FOREIGN' }
  // The last bytes could be the beginning of a leader.
  return limit - at > 1 << 16 ? { kind: 'junk', end: limit - 32, why: 'FOREIGN' } : null
}

const tooLarge = (end: number, limits: MarcLimits): Found => ({
  kind: 'record',
  end,
  repairs: noRepairs,
  rejected: {
    code: 'TOO_LARGE',
    message: `The record has no end within ${limits.record} bytes, the limit for one record. Cut the file at the next record, or raise the limit.`,
  },
})

const truncated = (there: number, length: number): Rejection => ({
  code: 'TRUNCATED',
  message: `The file ends after ${there} bytes of this record${length > there ? `, which says it has ${length}` : ''}. Get the file again from its source.`,
})

function lengthRepair(length: number, actual: number, bytes: Uint8Array, at: number): readonly Repair[] {
  if (length === actual) return noRepairs
  // A record above 99,999 bytes cannot say its length: 99999, zeros and the rest by 100,000 are customary.
  if (actual > 99_999)
    return [{ code: 'OVERSIZE', field: 'leader', before: asText(bytes, at), after: String(actual) }]
  return [
    { code: 'LENGTH', field: 'leader', before: asText(bytes, at), after: String(actual).padStart(5, '0') },
  ]
}

const asText = (bytes: Uint8Array, at: number) =>
  String.fromCharCode(...bytes.subarray(at, at + 5)).replace(/[^\x20-\x7e]/g, '·')

function asRecord(
  bytes: Uint8Array,
  offset: number,
  position: number,
  found: Extract<Found, { kind: 'record' }>,
): RecordFrame {
  const { repairs, rejected } = found
  return rejected
    ? { kind: 'record', position, offset, bytes, repairs, rejected }
    : { kind: 'record', position, offset, bytes, repairs }
}

/** Past line ends, NUL, Ctrl-Z, blanks and byte order marks. */
function skipFiller(bytes: Uint8Array, from: number): number {
  let at = from
  for (;;) {
    const byte = bytes[at]
    if (byte === 0x0a || byte === 0x0d || byte === 0 || byte === 0x1a || byte === 0x20 || byte === 0x09) at++
    else if (byte === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf) at += 3
    else return at
  }
}

function fillerCode(bytes: Uint8Array, from: number, to: number): JunkCode {
  let lineEnds = true
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0xef) return 'BOM'
    if (bytes[at] !== 0x0a && bytes[at] !== 0x0d) lineEnds = false
  }
  return lineEnds ? 'LINE_ENDS' : 'PADDING'
}

function join(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}
