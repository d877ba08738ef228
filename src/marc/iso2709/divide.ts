import type { FieldBytes } from '../encoding.ts'
import type { Rejection, Repair } from '../frame.ts'
import { type Entry, type Span, latin1, noDirectory, readDirectory } from './directory.ts'
import { mendLeader } from './leader.ts'

const RT = 0x1d
const FT = 0x1e
const US = 0x1f

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
export function divide(record: Uint8Array): Divided | Rejection {
  const read = divideBytes(record)
  // Lengths that do not agree may have been right before a transfer in text mode put line ends in.
  if (!('code' in read) && read.repairs.length === 0) return read
  const { bytes, count } = withoutLineEnds(record)
  if (count === 0) return read
  const joined = divideBytes(bytes)
  if ('code' in joined || (!('code' in read) && joined.repairs.length >= read.repairs.length)) return read
  const repair: Repair = {
    code: 'LINE_ENDS_INSIDE',
    before: `${count} bytes of line ends after field terminators`,
    after: 'removed',
  }
  return { ...joined, repairs: [repair, ...joined.repairs] }
}

function divideBytes(bytes: Uint8Array): Divided | Rejection {
  const end = bytes.at(-1) === RT ? bytes.length - 1 : bytes.length
  const directory = readDirectory(bytes, (base) => spansBetween(bytes, base, end))
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
  const data = bytes.subarray(base, end)
  const fields = byOffsets(data, entries) ?? byTerminators(data, entries, repairs)
  return fields
    ? { leaderLength, fields, repairs }
    : noDirectory(
        `its ${entries.length} entries do not fit the ${spansBetween(bytes, base, end).length} fields that are there`,
      )
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

/** What the terminators between two bytes close; a last field without one counts as if it had one. */
function spansBetween(bytes: Uint8Array, from: number, to: number): Span[] {
  const spans: Span[] = []
  let start = from
  while (start < to) {
    const found = bytes.indexOf(FT, start)
    const end = found === -1 || found >= to ? to : found
    spans.push({ start: start - from, length: end - start + 1 })
    start = end + 1
  }
  return spans
}

function byTerminators(data: Uint8Array, entries: readonly Entry[], repairs: Repair[]): FieldBytes[] | null {
  const ordered = inOrderOfData(entries)
  const found = spansBetween(data, 0, data.length)
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

/** Two fields that ran together are parted where the directory puts the second, if it begins like a field there. */
function splitWhereMissing(
  data: Uint8Array,
  spans: readonly Span[],
  ordered: readonly Entry[],
  repairs: Repair[],
): Span[] | null {
  const at = spans.findIndex((span, place) => span.length !== (ordered[place] as Entry).length)
  const entry = ordered[at]
  const next = ordered[at + 1]
  const span = spans[at]
  if (entry === undefined || next === undefined || span === undefined) return null
  // The terminator is gone, and what follows stands one byte earlier; or another byte stands in its place.
  const isGone = sumOf(ordered) === data.length + 1
  const cut = span.start + entry.length - (isGone ? 1 : 0)
  const before = cut - span.start + (isGone ? 1 : 0)
  const after = span.start + span.length - cut
  if (before < 1 || after < 1 || (data[cut + 2] !== US && !next.tag.startsWith('00'))) return null
  repairs.push({
    code: 'FIELD_TERMINATOR_MISSING',
    field: entry.tag,
    before: isGone ? 'no terminator' : `${byteName(data[cut - 1])} in its place`,
    after: `${next.tag} starts where the directory says`,
  })
  return [
    ...spans.slice(0, at),
    { start: span.start, length: before },
    { start: cut, length: after },
    ...spans.slice(at + 1),
  ]
}

const byteName = (byte = 0) => byte.toString(16).toUpperCase().padStart(2, '0')

/** Two spans that one entry covers are one field, with a terminator in its data; an empty one at the end is none. */
function joinWhereInside(
  spans: readonly Span[],
  ordered: readonly Entry[],
  repairs: Repair[],
): readonly Span[] | null {
  const at = ordered.findIndex(({ length }, place) => length !== (spans[place] as Span).length)
  if (at === -1) {
    if (spans.at(-1)?.length !== 1) return null
    repairs.push({ code: 'TERMINATOR_INSIDE', before: 'two terminators after the last field', after: 'one' })
    return spans.slice(0, -1)
  }
  const [first, second] = [spans[at] as Span, spans[at + 1] as Span]
  const length = first.length + second.length
  // One longer than it says: the terminator was put in. As long: it stands in place of a character.
  if (length - (ordered[at] as Entry).length > 1 || length < (ordered[at] as Entry).length) return null
  return [...spans.slice(0, at), { start: first.start, length }, ...spans.slice(at + 2)]
}

/** The last field without its terminator ends with the record; a byte in place of the terminator is no text of it. */
function closeLast(
  data: Uint8Array,
  spans: readonly Span[],
  ordered: readonly Entry[],
  repairs: Repair[],
): readonly Span[] {
  const last = spans.at(-1)
  if (last === undefined || data.at(-1) === FT) return spans
  const isReplaced = sumOf(ordered) === data.length && last.length > 1
  repairs.push({
    code: 'FIELD_TERMINATOR_MISSING',
    before: isReplaced
      ? `${byteName(data.at(-1))} in place of the last terminator`
      : 'no terminator after the last field',
    after: 'the field ends with the record',
  })
  return isReplaced ? [...spans.slice(0, -1), { start: last.start, length: last.length - 1 }] : spans
}

const sumOf = (entries: readonly Entry[]) => entries.reduce((sum, { length }) => sum + Math.max(0, length), 0)

type Pair = readonly [Entry, Span]

/**
 * Each entry with its field, in the order of the directory: the one that starts where it says, if nearly all of
 * them do; else all in the order of their offsets.
 */
function pair(
  data: Uint8Array,
  entries: readonly Entry[],
  ordered: readonly Entry[],
  spans: readonly Span[],
): Pair[] {
  const inOrder = agreements(entries, spans) > agreements(ordered, spans) ? entries : ordered
  if (!countsCharacters(data, inOrder, spans)) {
    const free = new Map(spans.map((span) => [span.start, span]))
    const taken = new Map<Entry, Span>()
    for (const isExact of [true, false])
      for (const entry of entries) {
        const span = taken.has(entry) ? undefined : free.get(entry.start)
        if (span === undefined || (isExact && span.length !== entry.length)) continue
        taken.set(entry, span)
        free.delete(entry.start)
      }
    if (free.size <= 2) {
      const rest = [...free.values()]
      return entries.map((entry) => [entry, taken.get(entry) ?? (rest.shift() as Span)])
    }
  }
  const places = new Map(inOrder.map((entry, at) => [entry, spans[at] as Span]))
  return entries.map((entry) => [entry, places.get(entry) as Span])
}

/** Entries whose lengths are those of the fields at their places. */
const agreements = (entries: readonly Entry[], spans: readonly Span[]) =>
  entries.filter(({ length }, at) => length === (spans[at] as Span).length).length

/** Whether the lengths of the entries are those of the fields in characters of UTF-8, and not in bytes. */
function countsCharacters(data: Uint8Array, ordered: readonly Entry[], spans: readonly Span[]): boolean {
  let differ = false
  for (const [at, { start, length }] of spans.entries()) {
    const said = (ordered[at] as Entry).length
    if (said !== characterCount(data.subarray(start, start + length - 1)) + 1) return false
    if (said !== length) differ = true
  }
  return differ
}

/** What the directory says otherwise; once the fields have been cut anew, only their lengths. */
function differences(data: Uint8Array, pairs: readonly Pair[], isCutAnew: boolean): Repair[] {
  // Beyond 99,999 bytes an offset cannot be said.
  const isElsewhere = (entry: Entry, span: Span) => entry.start !== span.start && span.start <= 99_999
  const unlike = pairs.filter(
    ([entry, span]) => entry.length !== span.length || (!isCutAnew && isElsewhere(entry, span)),
  )
  if (unlike.length === 0) return []
  const said = sumOf(pairs.map(([entry]) => entry))
  const before = `${said} in ${pairs.length} entries`
  const after = `${data.length} bytes in ${pairs.length} fields`
  const ordered = pairs.toSorted(([, a], [, b]) => a.start - b.start)
  const [entries, spans] = [ordered.map(([entry]) => entry), ordered.map(([, span]) => span)]
  if (countsCharacters(data, entries, spans)) return [{ code: 'LENGTH_IN_CHARACTERS', before, after }]
  const large = unlike.filter(([, { length }]) => length > 9999)
  if (large.length > 0 && unlike.every(([entry, span]) => span.length > 9999 || entry.length === span.length))
    return large.map(([{ tag, length }, span]) => ({
      code: 'OVERSIZE',
      field: tag,
      before: String(length),
      after: String(span.length),
    }))
  const [only] = unlike
  return unlike.length === 1 && only
    ? [{ code: 'DIRECTORY', field: only[0].tag, before: numbersOf(only[0]), after: numbersOf(only[1]) }]
    : [{ code: 'DIRECTORY', before, after }]
}

const numbersOf = ({ length, start }: Span) => `${length} bytes from ${start}`

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

function characterCount(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count++
  return count
}
