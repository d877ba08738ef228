import type { FieldBytes } from '../encoding.ts'
import type { Rejection, Repair } from '../frame.ts'
import { fiveDigits } from './leader.ts'

const RT = 0x1d
const FT = 0x1e
const US = 0x1f

export type Divided = {
  readonly leaderLength: number
  readonly fields: readonly FieldBytes[]
  readonly repairs: readonly Repair[]
}

type Entry = { readonly tag: string; readonly length: number; readonly start: number }

/**
 * Divides a record into its fields, whatever its directory is worth: by the directory's own offsets
 * where they tile the data, else by the field terminators, paired with the tags in the order of their
 * offsets. A terminator that is missing is looked for where the directory says that the next field starts.
 */
export function divide(record: Uint8Array): Divided | Rejection {
  const repairs: Repair[] = []
  const bytes = withoutLineEnds(record, repairs)
  const directoryEnd = bytes.indexOf(FT)
  if (directoryEnd === -1) return noDirectory('it has no field terminator')
  const leaderLength = leaderLengthOf(bytes, directoryEnd)
  if (leaderLength === null) {
    return directoryEnd <= 25
      ? { code: 'NO_FIELDS', message: 'The record has a leader and no fields.' }
      : noDirectory('its entries are not twelve characters each')
  }
  if (leaderLength !== 24)
    repairs.push({
      code: 'LEADER_LENGTH',
      field: 'leader',
      before: `${leaderLength} characters`,
      after: '24 characters',
    })
  const entries = readEntries(bytes, leaderLength, directoryEnd)
  if (entries.length === 0) return { code: 'NO_FIELDS', message: 'The record has a leader and no fields.' }
  const base = directoryEnd + 1
  const said = fiveDigits(bytes, leaderLength - 12)
  if (said !== base)
    repairs.push({
      code: 'BASE_ADDRESS',
      field: 'leader',
      before: latin1(bytes.subarray(leaderLength - 12, leaderLength - 7)),
      after: String(base).padStart(5, '0'),
    })
  const end = dataEnd(bytes)
  const fields =
    byOffsets(bytes, base, end, entries, repairs) ?? byTerminators(bytes, base, end, entries, repairs)
  return fields
    ? { leaderLength, fields, repairs }
    : noDirectory(`its ${entries.length} entries do not fit the fields that are there`)
}

const noDirectory = (why: string): Rejection => ({
  code: 'NO_DIRECTORY',
  message: `The directory of the record cannot be read: ${why}. Get the record again from its source, or mend the bytes by hand.`,
})

/** Fields without the closing terminators; a record whose terminator is missing ends with its last byte. */
function dataEnd(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === RT || bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--
  return end
}

/** 23, 24 or 25: whichever leaves whole entries of digits; nothing where none does. */
function leaderLengthOf(bytes: Uint8Array, directoryEnd: number): number | null {
  for (const length of [24, 23, 25]) {
    if (directoryEnd - length < 12 || (directoryEnd - length) % 12 !== 0) continue
    let sound = true
    for (let at = length; at < directoryEnd && sound; at += 12) sound = numeric(bytes, at + 3, at + 12)
    if (sound) return length
  }
  // Digits may be damaged where the tags can still be paired with the fields.
  return directoryEnd >= 36 && (directoryEnd - 24) % 12 === 0 ? 24 : null
}

const numeric = (bytes: Uint8Array, from: number, to: number) => {
  for (let at = from; at < to; at++)
    if ((bytes[at] as number) < 0x30 || (bytes[at] as number) > 0x39) return false
  return true
}

function readEntries(bytes: Uint8Array, leaderLength: number, directoryEnd: number): Entry[] {
  const entries: Entry[] = []
  for (let at = leaderLength; at < directoryEnd; at += 12) {
    const length = numeric(bytes, at + 3, at + 7) ? Number(latin1(bytes.subarray(at + 3, at + 7))) : -1
    entries.push({ tag: latin1(bytes.subarray(at, at + 3)), length, start: fiveDigits(bytes, at + 7) })
  }
  return entries
}

/** By the directory alone: every entry inside the data, closed by a terminator and without another, and all of them all the data. */
function byOffsets(
  bytes: Uint8Array,
  base: number,
  end: number,
  entries: readonly Entry[],
  repairs: Repair[],
): FieldBytes[] | null {
  const fields: FieldBytes[] = []
  let total = 0
  for (const { tag, length, start } of entries) {
    const from = base + start
    const to = from + length - 1
    if (length < 1 || start < 0 || to >= end || bytes[to] !== FT) return null
    const content = bytes.subarray(from, to)
    if (content.includes(FT) || (start > 0 && bytes[from - 1] !== FT)) return null
    fields.push({ tag, bytes: content })
    total += length
  }
  if (total !== end - base) return null
  if (entries.some(({ start }, at) => at > 0 && start < (entries[at - 1] as Entry).start)) {
    repairs.push({
      code: 'DIRECTORY_ORDER',
      before: 'entries out of the order of the data',
      after: 'order of the directory',
    })
  }
  return fields
}

/** By the terminators: as many fields as entries, or one less where a terminator can be found to be missing. */
function byTerminators(
  bytes: Uint8Array,
  base: number,
  end: number,
  entries: readonly Entry[],
  repairs: Repair[],
): FieldBytes[] | null {
  const ordered = entries.every(({ start }) => start >= 0)
    ? entries.toSorted((a, b) => a.start - b.start)
    : entries
  let segments = segmentsOf(bytes, base, end, repairs)
  if (segments.length === ordered.length - 1)
    segments = splitWhereMissing(bytes, base, segments, ordered, repairs) ?? segments
  // A field that is closed and empty at the very end is no field.
  if (segments.length === ordered.length + 1 && segments.at(-1)?.length === 0)
    segments = segments.slice(0, -1)
  if (segments.length !== ordered.length) return null
  const overall = ordered.reduce((sum, { length }) => sum + Math.max(length, 0), 0)
  if (overall !== end - base) {
    const characters = characterCount(bytes.subarray(base, end))
    const code = overall === characters && characters !== end - base ? 'LENGTH_IN_CHARACTERS' : 'DIRECTORY'
    repairs.push({
      code,
      before: `${overall} in ${ordered.length} entries`,
      after: `${end - base} bytes in ${segments.length} fields`,
    })
  } else
    repairs.push({
      code: 'DIRECTORY',
      before: 'offsets that do not fit the fields',
      after: 'fields by their terminators',
    })
  return segments.map((content, at) => ({ tag: (ordered[at] as Entry).tag, bytes: content }))
}

function segmentsOf(bytes: Uint8Array, base: number, end: number, repairs: Repair[]): Uint8Array[] {
  const segments: Uint8Array[] = []
  let from = base
  for (let at = bytes.indexOf(FT, base); at !== -1 && at < end; at = bytes.indexOf(FT, at + 1)) {
    segments.push(bytes.subarray(from, at))
    from = at + 1
  }
  if (from < end) {
    segments.push(bytes.subarray(from, end))
    repairs.push({
      code: 'FIELD_TERMINATOR_MISSING',
      before: 'no terminator after the last field',
      after: 'the field ends with the record',
    })
  }
  return segments
}

/** Two fields that ran together: cut where the directory puts the second, if two indicators and a subfield stand there. */
function splitWhereMissing(
  bytes: Uint8Array,
  base: number,
  segments: readonly Uint8Array[],
  entries: readonly Entry[],
  repairs: Repair[],
): Uint8Array[] | null {
  for (const [at, segment] of segments.entries()) {
    const from = segment.byteOffset - bytes.byteOffset
    const next = entries[at + 1]
    if (!next) continue
    for (const cut of [base + next.start - from, base + next.start - from - 1]) {
      if (cut <= 0 || cut >= segment.length) continue
      const startsField = segment[cut + 2] === US || next.tag.startsWith('00')
      if (!startsField) continue
      repairs.push({
        code: 'FIELD_TERMINATOR_MISSING',
        field: (entries[at] as Entry).tag,
        before: 'no terminator',
        after: `${next.tag} starts where the directory says`,
      })
      return [
        ...segments.slice(0, at),
        segment.subarray(0, cut),
        segment.subarray(cut),
        ...segments.slice(at + 1),
      ]
    }
  }
  return null
}

/** Line ends that a transfer in text mode put after every terminator, where the lengths disagree by them. */
function withoutLineEnds(bytes: Uint8Array, repairs: Repair[]): Uint8Array {
  let count = 0
  for (let at = bytes.indexOf(FT); at !== -1; at = bytes.indexOf(FT, at + 1)) {
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) count += 2
    else if (bytes[at + 1] === 0x0a) count += 1
  }
  if (count === 0) return bytes
  const kept: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    kept.push(bytes[at] as number)
    if (bytes[at] !== FT) continue
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) at += 2
    else if (bytes[at + 1] === 0x0a) at += 1
  }
  repairs.push({
    code: 'LINE_ENDS_INSIDE',
    before: `${count} bytes of line ends after field terminators`,
    after: 'removed',
  })
  return Uint8Array.from(kept)
}

function characterCount(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count++
  return count
}

export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
