import type { FieldBytes } from '../encoding.ts'
import type { Rejection, Repair } from '../frame.ts'
import { type Entry, latin1, noDirectory, readDirectory } from './directory.ts'
import { mendLeader } from './leader.ts'
import { differences, pair } from './pair.ts'
import { closeLast, joinWhereInside, spansOf, splitWhereMissing } from './spans.ts'

const RT = 0x1d
const FT = 0x1e

export type Divided = {
  readonly leaderLength: number
  readonly fields: readonly FieldBytes[]
  readonly repairs: readonly Repair[]
}

/**
 * Divides a record into its fields, whatever its directory is worth: by the directory's own offsets
 * where they tile the data, in the order of the directory; else by the field terminators. Then each entry
 * has the field that starts where it says, and the rest are paired in order. A field terminator that is
 * missing, or that stands inside a field, is found by the lengths of the directory.
 */
export function divide(record: Uint8Array, mostFields: number): Divided | Rejection {
  const read = divideBytes(record, mostFields)
  // Lengths that do not agree may have been right before a transfer in text mode put line ends in.
  if (!('code' in read) && read.repairs.length === 0) return read
  const { bytes, count } = withoutLineEnds(record)
  if (count === 0) return read
  const joined = divideBytes(bytes, mostFields)
  if ('code' in joined || (!('code' in read) && joined.repairs.length >= read.repairs.length)) return read
  const repair: Repair = {
    code: 'LINE_ENDS_INSIDE',
    before: `${count} bytes of line ends after field terminators`,
    after: 'removed',
  }
  return { ...joined, repairs: [repair, ...joined.repairs] }
}

function divideBytes(record: Uint8Array, mostFields: number): Divided | Rejection {
  const bytes = record.at(-1) === RT ? record.subarray(0, -1) : record
  const directory = readDirectory(bytes, mostFields)
  if ('code' in directory) return directory
  const { leaderLength, base, entries, mended } = directory
  const repairs: Repair[] = []
  if (leaderLength !== 24)
    repairs.push({
      code: 'LEADER_LENGTH',
      field: 'leader',
      before: `${leaderLength} characters`,
      after: '24 characters',
    })
  if (mended)
    repairs.push({
      code: mended.before === mended.after ? 'OVERSIZE' : 'DIRECTORY',
      field: mended.tag,
      before: mended.before,
      after: mended.after,
    })
  const said = mendLeader(latin1(bytes.subarray(0, leaderLength))).slice(12, 17)
  // It counts the leader as it is, or as it was before it lost or gained a character.
  if (Number(said) !== base && Number(said) !== base + 24 - leaderLength)
    repairs.push({
      code: 'BASE_ADDRESS',
      field: 'leader',
      before: said,
      after: String(base).padStart(5, '0'),
    })
  const data = bytes.subarray(base)
  const fields = byOffsets(data, entries) ?? byTerminators(data, entries, repairs)
  return fields
    ? { leaderLength, fields, repairs }
    : noDirectory(`its ${entries.length} entries do not fit the fields that are there`)
}

/** By the directory alone: its entries, put in the order of their offsets, follow each other through all the data, each closed by a terminator. */
function byOffsets(data: Uint8Array, entries: readonly Entry[]): FieldBytes[] | null {
  let expected = 0
  for (const { length, start } of inOrderOfData(entries)) {
    if (start !== expected || length < 1) return null
    expected += length
    if (data[expected - 1] !== FT) return null
  }
  if (expected !== data.length) return null
  return entries.map(({ tag, start, length }) => ({ tag, bytes: data.subarray(start, start + length - 1) }))
}

const isInOrder = (entries: readonly Entry[]) =>
  entries.every(({ start }, at) => at === 0 || start >= (entries[at - 1] as Entry).start)

const inOrderOfData = (entries: readonly Entry[]): readonly Entry[] =>
  isInOrder(entries) ? entries : entries.toSorted((a, b) => a.start - b.start)

function byTerminators(data: Uint8Array, entries: readonly Entry[], repairs: Repair[]): FieldBytes[] | null {
  const ordered = inOrderOfData(entries)
  // One more than there are entries can be mended; of more there is no need to know.
  const found = spansOf(data, entries.length + 2)
  const spans =
    found.length === entries.length - 1
      ? splitWhereMissing(data, found, ordered, repairs)
      : found.length === entries.length + 1
        ? joinWhereInside(found, ordered, repairs)
        : closeLast(data, found, ordered, repairs)
  if (spans?.length !== entries.length) return null
  const pairs = pair(data, entries, ordered, spans)
  repairs.push(...differences(data, pairs, spans !== found))
  return pairs.map(([{ tag }, { start, length }]) => ({
    tag,
    bytes: data.subarray(start, start + length - 1),
  }))
}

/** Line ends that a transfer in text mode put after every field terminator. */
function withoutLineEnds(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly count: number } {
  const kept = new Uint8Array(bytes.length)
  let size = 0
  for (let at = 0; at < bytes.length; at++) {
    kept[size++] = bytes[at] as number
    if (bytes[at] !== FT) continue
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) at += 2
    else if (bytes[at + 1] === 0x0a) at += 1
  }
  return { bytes: kept.subarray(0, size), count: bytes.length - size }
}
