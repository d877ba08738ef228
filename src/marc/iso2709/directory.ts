import type { Rejection } from '../frame.ts'
import { digitsAt, fiveDigits } from './leader.ts'
import { type Span, spansOf } from './spans.ts'

const FT = 0x1e

/** An entry of a directory. Numbers are -1 where they are damaged. */
export type Entry = {
  readonly tag: string
  /** Bytes of the field, its terminator included. */
  readonly length: number
  /** From the base address. */
  readonly start: number
}

export type Directory = {
  /** 24, but where the leader has lost or gained a character. */
  readonly leaderLength: number
  /** Bytes before the first field. */
  readonly base: number
  readonly entries: readonly Entry[]
  /** The tag of the entry that has lost or gained a character, and the entry as it stands. */
  readonly mended?: { readonly tag: string; readonly before: string; readonly after: string }
}

/**
 * The directory of a record: what lies between the leader and the first field terminator, in entries of
 * twelve characters. Where it is no multiple of twelve, either the leader or an entry has lost or gained a
 * character; which, is told by the fields that are there.
 */
export function readDirectory(bytes: Uint8Array, mostFields: number): Directory | Rejection {
  const end = directoryEnd(bytes)
  if (end === -1) return noDirectory('it has no field terminator')
  const size = end - 24
  if (size < 11) return { code: 'NO_FIELDS', message: 'The record has a leader and no fields.' }
  const count = Math.round(size / 12)
  if (count > mostFields) return tooManyFields(count, mostFields)
  const base = end + 1
  const rest = size % 12
  if (rest === 0) return { leaderLength: 24, base, entries: entriesFrom(bytes, 24, end) }
  if (rest !== 1 && rest !== 11) return noDirectory('its entries are not twelve characters each')
  const leaderLength = rest === 1 ? 25 : 23
  const shifted = entriesFrom(bytes, leaderLength, end)
  const spans = spansOf(bytes.subarray(base), count + 1)
  const lengths = new Map(spans.map(({ start, length }) => [start, length]))
  const fits = ({ start, length }: Entry) => lengths.get(start) === length
  if (shifted.every(fits)) return { leaderLength, base, entries: shifted }
  const mended = mendEntry(bytes, end, spans, fits)
  if (mended !== null) return { leaderLength: 24, base, ...mended }
  const isLeader = bytes[leaderLength - 4] === 0x34 && bytes[leaderLength - 3] === 0x35 && bytes[20] !== 0x34
  return isLeader && shifted.length === spans.length
    ? { leaderLength, base, entries: shifted }
    : noDirectory('its entries are not twelve characters each')
}

const tooManyFields = (count: number, most: number): Rejection => ({
  code: 'TOO_MANY_FIELDS',
  message: `The record has ${count} fields; the limit for one record is ${most}. Ask for it in parts.`,
})

export const noDirectory = (why: string): Rejection => ({
  code: 'NO_DIRECTORY',
  message: `The directory of the record cannot be read: ${why}. Get the record again from its source, or mend the bytes by hand.`,
})

/** The first field terminator; or where the base address says, if an entry ends there and the first one is inside of it all. */
function directoryEnd(bytes: Uint8Array): number {
  const first = bytes.indexOf(FT)
  const said = fiveDigits(bytes, 12) - 1
  const isInside = first !== -1 && first < said && bytes[said] === FT && (said - 24) % 12 === 0
  return isInside && digitsAt(bytes, said - 9, 9) !== -1 ? said : first
}

function entriesFrom(bytes: Uint8Array, from: number, end: number): Entry[] {
  const entries: Entry[] = []
  for (let at = from; at + 12 <= end; at += 12) entries.push(entryAt(bytes, at))
  return entries
}

const entryAt = (bytes: Uint8Array, at: number): Entry => ({
  tag: latin1(bytes.subarray(at, at + 3)),
  length: digitsAt(bytes, at + 3, 4),
  start: fiveDigits(bytes, at + 7),
})

/**
 * The one entry that has lost or gained a character: those before it fit their fields when read from the
 * front, those after it when read from the back, and its digits are those of its field but for one. Nothing
 * where it is its tag that is damaged, since nothing else says what that was.
 */
function mendEntry(
  bytes: Uint8Array,
  end: number,
  spans: readonly Span[],
  fits: (entry: Entry) => boolean,
): Pick<Directory, 'entries' | 'mended'> | null {
  const count = Math.round((end - 24) / 12)
  const front = entriesFrom(bytes, 24, end)
  const back = entriesFrom(bytes, end - (count - 1) * 12, end)
  const unfit = front.findIndex((entry) => !fits(entry))
  const last = front.at(-1)
  if (unfit === -1 && last && front.length === spans.length)
    return {
      entries: front,
      mended: {
        tag: last.tag,
        before: tail(bytes, end, 13),
        after: tail(bytes, end - 1, 12),
      },
    }
  const place = unfit === -1 ? front.length : unfit
  const after = back.slice(place)
  if (place >= count || !after.every(fits)) return null
  const before = front.slice(0, place)
  const known = new Set([...before, ...after].map(({ start }) => start))
  const span = spans.find(({ start }) => !known.has(start))
  if (span === undefined || spans.length !== count) return null
  const text = latin1(bytes.subarray(24 + place * 12, end - after.length * 12))
  const digits = String(span.length).padStart(4, '0') + String(span.start).padStart(5, '0')
  const [short, long] = text.length < 12 ? [text.slice(3), digits] : [digits, text.slice(3)]
  // A field above 9,999 bytes has five digits for its length in some directories.
  if (long !== short && !isOneLonger(long, short)) return null
  // All the digits are there: it may as well be the tag.
  if (text.length !== 12 && text.endsWith(digits) && text.length - digits.length !== 3) return null
  const entry = { tag: text.slice(0, 3), ...span }
  return {
    entries: [...before, entry, ...after],
    mended: { tag: entry.tag, before: text, after: entry.tag + digits },
  }
}

const tail = (bytes: Uint8Array, end: number, length: number) => latin1(bytes.subarray(end - length, end))

/** Whether a text is another with one character more. */
function isOneLonger(long: string, short: string): boolean {
  if (long.length !== short.length + 1) return false
  let at = 0
  while (at < short.length && long[at] === short[at]) at++
  return long.slice(at + 1) === short.slice(at)
}

export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
