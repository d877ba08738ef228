import type { Repair } from '../frame.ts'
import type { Entry } from './directory.ts'

const FT = 0x1e
const US = 0x1f

/** A field as its terminators show it: where it starts in the data, and its bytes with the terminator. */
export type Span = { readonly start: number; readonly length: number }

/** What the terminators close, so many at most; a last field without one counts as if it had one. */
export function spansOf(data: Uint8Array, most: number): Span[] {
  const spans: Span[] = []
  for (let start = 0; start < data.length && spans.length < most; ) {
    const found = data.indexOf(FT, start)
    const end = found === -1 ? data.length : found
    spans.push({ start, length: end - start + 1 })
    start = end + 1
  }
  return spans
}

/** Two fields that ran together are parted where the directory puts the second, if it begins like a field there. */
export function splitWhereMissing(
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
export function joinWhereInside(
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
export function closeLast(
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

/** Bytes that entries say they have. */
export const sumOf = (entries: readonly Entry[]) =>
  entries.reduce((sum, { length }) => sum + Math.max(0, length), 0)
