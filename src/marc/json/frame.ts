import { type Found, type Search, cutFrames, endOfSeparators, isBom, unended } from '../cut-frames.ts'
import type { Frame, MarcLimits } from '../frame.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** Objects and lists in each other before something is no envelope of records. */
const deepest = 64
/** A string outside of any record that is longer is none. */
const stringLimit = 64 * 1024

/**
 * Cuts JSON into frames: each object that has a `leader` or `fields` of its own is a record, be it in a
 * list, in an envelope, one a line, or one after the other. Braces are counted outside of strings, and a
 * string ends with its line, since JSON has no line ends in strings. Where `{"leader":` stands, a record
 * starts in any case, since no string can hold that: the one before it was not closed.
 */
export function frameJson(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> {
  return cutFrames(chunks, (search) => find(search, limits))
}

/** A record of a list by itself: its frame without the comma after it, which other readers take for an error. */
export function withoutComma(frame: Uint8Array): Uint8Array {
  const end = frame.lastIndexOf(CLOSE) + 1
  const isComma = frame.subarray(end).every((byte) => byte === 0x2c || isBlank(byte))
  return isComma ? frame.subarray(0, end) : frame
}

function find(search: Search, limits: MarcLimits): Found | null {
  const { bytes, at, final } = search
  if (bytes[at] === 0xef && bytes.length - at < 3 && !final) return null
  if (isBom(bytes, at)) return { kind: 'junk', end: at + 3, why: 'BOM' }
  return bytes[at] === OPEN ? findObject(search, limits) : between(search)
}

/** What is around records up to the next object or, so that its end is looked for anew, the next string. */
function between({ bytes, at, final, lost }: Search): Found | null {
  if (bytes[at] === QUOTE) {
    const end = endOfString(bytes, at + 1, Math.min(bytes.length, at + stringLimit))
    if (end === -1 && !final && bytes.length - at < stringLimit) return null
    return { kind: 'junk', end: end === -1 ? at + 1 : end, why: lost ? 'FOREIGN' : 'ENVELOPE' }
  }
  const isLayout = layout.includes(bytes[at] as number)
  let end = at + 1
  while (end < bytes.length && !starts.includes(bytes[end] as number)) {
    if (layout.includes(bytes[end] as number) !== isLayout) break
    end++
  }
  return { kind: 'junk', end, why: isLayout && !lost ? 'ENVELOPE' : 'FOREIGN' }
}

/** White space, the record separator of JSON text sequences, and what lists and envelopes are made of. */
const layout = [...'\t\n\r \x1e[]},:-.0123456789'].map((each) => each.charCodeAt(0))
const starts = [OPEN, QUOTE, 0xef]

/** The record that begins with the object at a position, or what is there before the record in it. */
function findObject(search: Search, limits: MarcLimits): Found | null {
  const { bytes, at, lost } = search
  const around = lost ? 'FOREIGN' : 'ENVELOPE'
  const limit = Math.min(bytes.length, at + limits.record)
  /** Where the objects start that are open; -1 for a list. */
  const open: number[] = []
  let isRecord = false
  let depth = 0
  let inString = false
  for (let place = at; place < limit; place++) {
    const byte = bytes[place] as number
    if (byte === OPEN && place > at && startsRecord(bytes, place))
      return isRecord ? { kind: 'record', end: place } : { kind: 'junk', end: place, why: around }
    if (inString) {
      if (byte === BACKSLASH) place++
      else if (byte === QUOTE || byte === 0x0a) inString = false
    } else if (byte === QUOTE) {
      inString = true
      const start = open.at(-1)
      if (!isRecord && start !== undefined && start !== -1 && isRecordKey(bytes, place)) {
        if (start > at) return { kind: 'junk', end: start, why: around }
        isRecord = true
      }
    } else if (byte === OPEN || byte === 0x5b) {
      depth++
      if (isRecord) continue
      if (depth > deepest) return { kind: 'junk', end: place, why: 'FOREIGN' }
      open.push(byte === OPEN ? place : -1)
    } else if (byte === CLOSE || byte === 0x5d) {
      depth--
      if (depth === 0)
        return isRecord ? whole(search, place + 1) : { kind: 'junk', end: place + 1, why: 'FOREIGN' }
      open.pop()
    }
  }
  const found = unended(search, limits)
  return isRecord || found === null ? found : { kind: 'junk', end: limit, why: 'FOREIGN' }
}

function whole(search: Search, end: number): Found | null {
  const past = endOfSeparators(search, end, { commas: true })
  return past === null ? null : { kind: 'record', end: past }
}

const startsRecord = (bytes: Uint8Array, at: number) => isRecordKey(bytes, skipBlank(bytes, at + 1))

/** Whether `"leader":` or `"fields":` stands at a position. */
function isRecordKey(bytes: Uint8Array, at: number): boolean {
  const isKey = keys.some((key) => {
    for (let index = 0; index < key.length; index++)
      if (bytes[at + index] !== key.charCodeAt(index)) return false
    return true
  })
  return isKey && bytes[skipBlank(bytes, at + 8)] === 0x3a
}

const keys = ['"leader"', '"fields"']

function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < from + 100 && isBlank(bytes[at])) at++
  return at
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Beyond the quote or line end that ends a string; -1 where neither is there. */
function endOfString(bytes: Uint8Array, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const byte = bytes[at]
    if (byte === BACKSLASH) at++
    else if (byte === QUOTE || byte === 0x0a) return at + 1
  }
  return -1
}
