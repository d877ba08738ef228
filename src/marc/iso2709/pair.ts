import type { Repair } from '../frame.ts'
import type { Entry } from './directory.ts'
import { type Span, sumOf } from './spans.ts'

export type Pair = readonly [Entry, Span]

/**
 * Each entry with its field, in the order of the directory: the one that starts where it says, if nearly all of
 * them do; else all in the order of their offsets.
 */
export function pair(
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
export function differences(data: Uint8Array, pairs: readonly Pair[], isCutAnew: boolean): Repair[] {
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

function characterCount(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count++
  return count
}
