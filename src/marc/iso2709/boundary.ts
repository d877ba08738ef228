import { type Found, type Search, tooLarge } from '../cut-frames.ts'
import type { JunkCode, MarcLimits, Repair } from '../frame.ts'
import {
  digitsAt,
  fiveDigits,
  isLetter,
  isStrictLeader,
  looksLikeLeader,
  looksLikeShiftedLeader,
} from './leader.ts'
import { type Extent, endsDirectory, extentTo, vouchesFor } from './extent.ts'

const RT = 0x1d
const FT = 0x1e

/**
 * What is there of a file. A decision that asks for bytes beyond it sets `isShort`, and is then taken again
 * when there is more: so the frames do not depend on the chunks.
 */
type View = { readonly bytes: Uint8Array; readonly isEnd: boolean; isShort: boolean }

/** Junk is handed on in pieces of so many bytes, so that there may be any amount of it. */
const piece = 64 * 1024

/**
 * What starts at a byte, and where it ends; nothing where more bytes are needed to tell.
 *
 * - Line ends, padding and byte order marks between records are junk.
 * - A record ends where its length says, if a terminator stands there and its directory agrees, or nothing
 *   speaks against it: so a terminator in its data does not end it.
 * - Else it ends at the first terminator that a leader or the end of the file follows, or junk, once all
 *   the fields of its directory are there.
 * - Where a leader stands beyond doubt before that, the terminator is missing, and the record ends there.
 * - What starts like no record is junk up to the next one, unless it has a directory.
 */
export function nextFrame({ bytes, at, final }: Search, limits: MarcLimits): Found | null {
  const view: View = { bytes, isEnd: final, isShort: false }
  const found = look(view, at, limits)
  return view.isShort ? null : found
}

function look(view: View, at: number, limits: MarcLimits): Found {
  const { bytes } = view
  const start = pastFiller(view, at)
  if (start > at) return { kind: 'junk', end: start, why: fillerCode(bytes, at, start) }
  // One more terminator than there are records.
  if (bytes[at] === RT) return { kind: 'junk', end: at + 1, why: 'FOREIGN' }
  const length = fiveDigits(bytes, at)
  if (length >= 26 && length <= limits.record && endsWhereItSays(view, at, length))
    return { kind: 'record', end: at + length }
  return isLeader(view, at) || isStump(view, at)
    ? endByTerminator(view, at, limits)
    : foreign(view, at, limits)
}

/** Whether there are bytes up to there; beyond the end of the file there never are. */
function hasBytes(view: View, to: number): boolean {
  if (to <= view.bytes.length) return true
  if (!view.isEnd) view.isShort = true
  return false
}

/** Up to 25 characters are looked at, and one beyond, where a sound leader may begin. */
const isLeader = (view: View, at: number): boolean =>
  hasLeader(view, at) || (hasBytes(view, at + 25) && looksLikeShiftedLeader(view.bytes, at))

const hasLeader = (view: View, at: number): boolean =>
  hasBytes(view, at + 24) && looksLikeLeader(view.bytes, at)

/** Less than a leader, but it begins like one and is terminated, or the file ends in it. */
function isStump(view: View, at: number): boolean {
  const { bytes } = view
  const isWhole = hasBytes(view, at + 25)
  if (!isWhole && /^\d+$/.test(String.fromCharCode(...bytes.subarray(at, at + 5)))) return true
  if (fiveDigits(bytes, at) === -1) return false
  const terminator = bytes.subarray(at, at + 25).indexOf(RT)
  return terminator !== -1 || !isWhole
}

function endsWhereItSays(view: View, at: number, length: number): boolean {
  const { bytes } = view
  const end = at + length
  if (!hasBytes(view, end) || bytes[end - 1] !== RT) return false
  if (vouchesFor(bytes, at, length)) return true
  for (let inner = bytes.indexOf(RT, at); inner < end - 1; inner = bytes.indexOf(RT, inner + 1))
    if (whatFollows(view, inner + 1) === 'record') return false
  if (bytes[end - 2] !== FT && whatFollows(view, end) === 'data') return false
  return recordWithin(view, at + 24, end) === -1
}

function endByTerminator(view: View, at: number, limits: MarcLimits): Found {
  const { bytes } = view
  const limit = at + limits.record
  let from = at
  let extent: Extent | undefined
  for (;;) {
    const terminator = bytes.indexOf(RT, from)
    const isOpen = terminator === -1 || terminator >= limit
    const next = recordWithin(
      view,
      Math.max(from, at + 5),
      Math.min(isOpen ? bytes.length : terminator, limit),
    )
    if (next !== -1) return cutShort(bytes, at, next, 'the next record begins')
    if (isOpen) {
      if (bytes.length >= limit) return tooLarge(at, limits)
      hasBytes(view, limit)
      return cutShort(bytes, at, bytes.length, 'the file ends')
    }
    const end = terminator + 1
    extent = extentTo(bytes, at, terminator, extent)
    if (whatFollows(view, end) !== 'data' || isComplete(bytes, extent))
      return { kind: 'record', end, repairs: lengthRepair(bytes, at, end - at) }
    from = end
  }
}

type Following = 'record' | 'end' | 'data'

function whatFollows(view: View, from: number): Following {
  const at = pastFiller(view, from)
  if (isLeader(view, at)) return 'record'
  if (hasBytes(view, at + 1)) return 'data'
  return 'end'
}

/** Where the next record begins beyond doubt, -1 where none does: between fields, or with a directory of its own. */
function recordWithin(view: View, from: number, to: number): number {
  for (let at = from; at < to; at++) if (isRecordStart(view, at)) return at
  return -1
}

function isRecordStart(view: View, at: number): boolean {
  const { bytes } = view
  const first = bytes[at] as number
  if (first < 0x30 || first > 0x39) return false
  if (!hasBytes(view, at + 24) || !isStrictLeader(bytes, at)) return false
  const before = bytes[at - 1] as number
  if (before === FT || before === RT || isFiller(before)) return true
  const base = fiveDigits(bytes, at + 12)
  return hasBytes(view, at + base) && bytes[at + base - 1] === FT && digitsAt(bytes, at + base - 10, 9) !== -1
}

/**
 * Whether the fields that a directory lists are all there before a terminator that junk or data follows. If only
 * the last field is not closed, the terminator is the end where the length of that field says so.
 */
function isComplete(bytes: Uint8Array, { at, upTo, entries, terminators, said }: Extent): boolean {
  if (bytes[upTo - 1] === FT) return terminators > entries
  return terminators === entries && said === upTo - at + 1
}

/** A record without a terminator: whole, if all its fields are there, the last one perhaps not closed. */
function cutShort(bytes: Uint8Array, at: number, to: number, why: string): Found {
  const end = withoutFiller(bytes, at, to)
  const extent = extentTo(bytes, at, end)
  if (isWhole(extent, end - at)) {
    const after = `the record ends where ${why}`
    return {
      kind: 'record',
      end,
      repairs: [{ code: 'TERMINATOR_MISSING', before: 'no record terminator', after }],
    }
  }
  const length = fiveDigits(bytes, at)
  const says = length > end - at ? `, which says it has ${length}` : ''
  const message = `${why === 'the file ends' ? 'The file ends' : 'The next record begins'} after ${end - at} bytes of this record${says}. Get the file again from its source.`
  return { kind: 'record', end, rejected: { code: 'TRUNCATED', message } }
}

const isWhole = ({ entries, terminators, said }: Extent, length: number) =>
  entries > 0 && (terminators > entries || (terminators === entries && length >= said - 1))

function foreign(view: View, at: number, limits: MarcLimits): Found {
  const { bytes } = view
  const to = Math.min(at + piece, bytes.length)
  for (let next = at + 1; next < to; next++) {
    // Terminators and digits alone mean something here, and most bytes are letters.
    const byte = bytes[next] as number
    if (byte > 0x39) continue
    // A directory: a record whose leader is damaged beyond recognition.
    if (byte === FT && endsDirectory(bytes, at, next)) return endByTerminator(view, at, limits)
    if (isRecordStart(view, next)) return beforeRecord(bytes, at, next)
    if (byte === RT && isLeader(view, next + 1)) return beforeRecord(bytes, at, next + 1)
  }
  hasBytes(view, at + piece)
  return { kind: 'junk', end: to, why: 'FOREIGN' }
}

const beforeRecord = (bytes: Uint8Array, at: number, next: number): Found =>
  isHead(bytes, at)
    ? cutShort(bytes, at, next, 'the next record begins')
    : { kind: 'junk', end: next, why: 'FOREIGN' }

/** The first characters of a leader, of which no more is left. */
const isHead = (bytes: Uint8Array, at: number) => fiveDigits(bytes, at) >= 0 && isLetter(bytes[at + 5])

function lengthRepair(bytes: Uint8Array, at: number, actual: number): readonly Repair[] {
  if (fiveDigits(bytes, at) === actual) return []
  const before = String.fromCharCode(...bytes.subarray(at, at + 5)).replace(/[^\x20-\x7e]/g, '·')
  // A record above 99,999 bytes cannot say its length: 99999, zeros and the rest by 100,000 are customary.
  return actual > 99_999
    ? [{ code: 'OVERSIZE', field: 'leader', before, after: String(actual) }]
    : [{ code: 'LENGTH', field: 'leader', before, after: String(actual).padStart(5, '0') }]
}

/** Line ends, NUL, Ctrl-Z, blanks and tabs. */
const isFiller = (byte: number | undefined): boolean =>
  byte === 0x0a || byte === 0x0d || byte === 0 || byte === 0x1a || byte === 0x20 || byte === 0x09

/** Past filler and byte order marks, a piece of them at most. A leader may begin with blanks in place of its length. */
function pastFiller(view: View, from: number): number {
  const { bytes } = view
  let at = from
  while (at - from < piece) {
    const byte = bytes[at]
    if (isFiller(byte) && !hasLeader(view, at)) at++
    else if (byte === 0xef && hasBytes(view, at + 3) && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf)
      at += 3
    else break
  }
  hasBytes(view, at + 1)
  return at
}

/** Filler after a field terminator is none of the record; after text it may be. */
function withoutFiller(bytes: Uint8Array, from: number, to: number): number {
  let end = to
  while (end > from && isFiller(bytes[end - 1])) end--
  return bytes[end - 1] === FT ? end : to
}

function fillerCode(bytes: Uint8Array, from: number, to: number): JunkCode {
  let lineEnds = true
  for (let at = from; at < to; at++) {
    if (bytes[at] === 0xef) return 'BOM'
    if (bytes[at] !== 0x0a && bytes[at] !== 0x0d) lineEnds = false
  }
  return lineEnds ? 'LINE_ENDS' : 'PADDING'
}
