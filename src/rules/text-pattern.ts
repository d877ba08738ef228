import type { PatternPart } from './language/rule.ts'

/*
 * Patterns of plain text, held against values in time that grows with the value's length alone. Between
 * its runs (`*`) an alternative is a row of segments, each of which has its place found by looking from
 * the left: the first place that fits leaves the most room for the next, so nothing is ever tried twice.
 */

/** Where an alternative was found: from, up to but not including, end. */
export type Span = { readonly from: number; readonly end: number }

export type Alternative = {
  /** Steps for each character of a value that is tested as a whole, and of one that is searched. */
  readonly wholeWeight: number
  readonly findWeight: number
  /** Whether it is the whole value. */
  readonly isWhole: (value: string) => boolean
  /** The leftmost place at or behind `from`, as long as can be; never an empty one. */
  readonly find: (value: string, from: number) => Span | null
}

export function compileAlternative(parts: readonly PatternPart[]): Alternative {
  const segments = segmentsOf(parts)
  const starts = parts[0]?.part === 'run'
  const ends = parts.length > 0 && parts[parts.length - 1]?.part === 'run'
  const wholeWeight = parts.reduce((sum, part) => sum + weightOf(part), 1 / 16)
  const last = starts || segments.length > 1 ? parts[parts.length - 1] : undefined
  return {
    wholeWeight,
    findWeight: last?.part === 'literal' ? wholeWeight + last.text.length / 8 : wholeWeight,
    isWhole: wholeTest(segments, starts, ends),
    find: finder(segments, starts, ends),
  }
}

/** To look for a text costs more than the value's length where it is too long for the engine's good algorithm. */
function weightOf(part: PatternPart): number {
  if (part.part !== 'literal') return 1 / 8
  return part.text.length > 250 ? part.text.length / 12 : (64 + part.text.length) / 256
}

/** What stands between two runs. */
type Segment = {
  /** The text where it is nothing else. */
  readonly literal: string | null
  /** Where it ends if it begins here, else -1. */
  readonly endAt: (value: string, from: number) => number
  /** Where it begins if it ends here, else -1. */
  readonly startAt: (value: string, end: number) => number
  /** Its first beginning at or behind `from`, else -1. */
  readonly first: (value: string, from: number) => number
  /** Its last beginning at or behind `from`, else -1. */
  readonly last: (value: string, from: number) => number
}

function segmentsOf(parts: readonly PatternPart[]): Segment[] {
  const segments: Segment[] = []
  let pieces: PatternPart[] = []
  for (const part of parts) {
    if (part.part !== 'run') pieces.push(part)
    else if (pieces.length > 0) {
      segments.push(segmentOf(pieces))
      pieces = []
    }
  }
  if (pieces.length > 0) segments.push(segmentOf(pieces))
  return segments
}

const segmentOf = (pieces: readonly PatternPart[]): Segment =>
  pieces.length === 1 && pieces[0]?.part === 'literal' ? literalSegment(pieces[0].text) : openSegment(pieces)

function literalSegment(text: string): Segment {
  return {
    literal: text,
    endAt: (value, from) => (value.startsWith(text, from) ? from + text.length : -1),
    startAt: (value, end) => (value.endsWith(text, end) ? end - text.length : -1),
    first: (value, from) => value.indexOf(text, from),
    last: (value, from) => {
      const at = value.lastIndexOf(text)
      return at >= from ? at : -1
    },
  }
}

/** A segment with `.` in it. */
function openSegment(pieces: readonly PatternPart[]): Segment {
  const endAt = (value: string, from: number): number => {
    let at = from
    for (const piece of pieces) {
      if (piece.part === 'literal') {
        if (!value.startsWith(piece.text, at)) return -1
        at += piece.text.length
      } else {
        if (at >= value.length) return -1
        at += isPair(value, at) ? 2 : 1
      }
    }
    return at
  }
  const startAt = (value: string, end: number): number => {
    let at = end
    for (let place = pieces.length - 1; place >= 0; place--) {
      const piece = pieces[place] as PatternPart
      if (piece.part === 'literal') {
        if (!value.endsWith(piece.text, at)) return -1
        at -= piece.text.length
      } else {
        if (at <= 0) return -1
        at -= at >= 2 && isPair(value, at - 2) ? 2 : 1
      }
    }
    return at
  }
  return {
    literal: null,
    endAt,
    startAt,
    first: (value, from) => {
      for (let at = from; at < value.length; at++)
        if (!(at > 0 && isPair(value, at - 1)) && endAt(value, at) !== -1) return at
      return -1
    },
    last: (value, from) => {
      for (let end = value.length; end > from; end--) {
        const at = end < value.length && isPair(value, end - 1) ? -1 : startAt(value, end)
        if (at >= from) return at
      }
      return -1
    },
  }
}

/** Whether the two units from here are one character. */
const isPair = (value: string, at: number): boolean =>
  (value.charCodeAt(at) & 0xfc00) === 0xd800 && (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00

/** `starts`, `ends`: whether a run stands before the first and behind the last segment. */
function wholeTest(segments: readonly Segment[], starts: boolean, ends: boolean): Alternative['isWhole'] {
  const [only] = segments
  if (!only) return starts ? () => true : (value) => value === ''
  if (segments.length === 1 && only.literal !== null) return literalTest(only.literal, starts, ends)
  if (segments.length === 1 && !starts && !ends) return (value) => only.endAt(value, 0) === value.length
  return (value) => {
    let from = 0
    let end = value.length
    let place = 0
    let left = segments.length
    if (!starts) {
      from = (segments[place++] as Segment).endAt(value, 0)
      if (from === -1) return false
    }
    if (!ends && place < left) {
      end = (segments[--left] as Segment).startAt(value, value.length)
      if (end < from) return false
    }
    for (; place < left; place++) {
      const segment = segments[place] as Segment
      const at = segment.first(value, from)
      if (at === -1) return false
      from = segment.endAt(value, at)
      if (from > end) return false
    }
    return true
  }
}

function literalTest(text: string, starts: boolean, ends: boolean): Alternative['isWhole'] {
  if (starts) return ends ? (value) => value.includes(text) : (value) => value.endsWith(text)
  return ends ? (value) => value.startsWith(text) : (value) => value === text
}

function finder(segments: readonly Segment[], starts: boolean, ends: boolean): Alternative['find'] {
  const [only] = segments
  if (!only) {
    return starts ? (value, from) => (from < value.length ? { from, end: value.length } : null) : () => null
  }
  if (segments.length === 1 && !starts && !ends) {
    return (value, from) => {
      const at = only.first(value, from)
      return at === -1 ? null : { from: at, end: only.endAt(value, at) }
    }
  }
  return (value, from) => {
    let start = from
    let at = from
    let place = 0
    if (!starts) {
      start = only.first(value, from)
      if (start === -1) return null
      at = only.endAt(value, start)
      place = 1
    }
    const left = ends ? segments.length : segments.length - 1
    for (; place < left; place++) {
      const segment = segments[place] as Segment
      const found = segment.first(value, at)
      if (found === -1) return null
      at = segment.endAt(value, found)
    }
    if (ends) return { from: start, end: value.length }
    const last = segments[left] as Segment
    const found = last.last(value, at)
    return found === -1 ? null : { from: start, end: last.endAt(value, found) }
  }
}
