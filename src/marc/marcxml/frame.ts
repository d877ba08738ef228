import {
  type Found,
  type Search,
  cutFrames,
  endOfSeparators,
  isBom,
  tooLarge,
  unended,
} from '../cut-frames.ts'
import type { Frame, MarcLimits, Rejection } from '../frame.ts'
import { declaredEncoding } from './declaration.ts'

const LT = 0x3c
const GT = 0x3e

/** A tag that does not end within so many bytes is none. */
const tagLimit = 64 * 1024
/** The same for comments and CDATA, which may hold records. */
const commentLimit = 16 * 1024 * 1024

/** What the file has said so far about all records that follow, and what is known not to be in it. */
type Reading = {
  encoding: string | undefined
  hasDoctype: boolean
  /** Up to where bytes have no such mark, so that they are not searched for it again and again. */
  readonly without: Map<string, { readonly bytes: Uint8Array; readonly to: number }>
}

/**
 * Cuts MARCXML into frames by its tags alone: each `<record>` that has leader, fields or nothing in
 * it, whatever its prefix, its root or its envelope (OAI-PMH and SRU put one into a `<record>` of their
 * own). Comments, CDATA and processing instructions are passed over. A record that is not closed ends
 * where the next one, or the end of what is around it, stands.
 *
 * After a DOCTYPE every record is rejected: what its entities stand for is never looked at, so nothing
 * of it can be read rightly, and none is read wrongly.
 */
export function frameMarcxml(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> {
  const reading: Reading = { encoding: undefined, hasDoctype: false, without: new Map() }
  return cutFrames(chunks, (search) => find(search, limits, reading))
}

function find(search: Search, limits: MarcLimits, reading: Reading): Found | null {
  const { bytes, at, final, lost } = search
  const around = lost ? 'FOREIGN' : 'ENVELOPE'
  if (bytes[at] === 0xef && bytes.length - at < 3 && !final) return null
  if (isBom(bytes, at)) return { kind: 'junk', end: at + 3, why: 'BOM' }
  if (bytes[at] !== LT) {
    let end = at + 1
    while (end < bytes.length && bytes[end] !== LT && bytes[end] !== 0xef) end++
    return { kind: 'junk', end, why: around }
  }
  const end = endOfMarkup(search, at, reading)
  if (end === null) return null
  if (startsWith(bytes, at, '<!DOCTYPE')) reading.hasDoctype = true
  if (end === -1) return { kind: 'junk', end: at + 1, why: around }
  if (isDeclaration(bytes, at)) reading.encoding = declaredEncoding(bytes.subarray(at, end))
  if (!isStartTag(bytes, at, 'record')) return { kind: 'junk', end, why: around }
  const holds = isSelfClosing(bytes, end) || holdsMarc(search, end, reading)
  if (holds === null) return null
  return holds ? findRecord(search, end, limits, reading) : { kind: 'junk', end, why: around }
}

/** The record whose start tag ends at a position. */
function findRecord(search: Search, from: number, limits: MarcLimits, reading: Reading): Found | null {
  const { bytes, at } = search
  const end = isSelfClosing(bytes, from) ? from : endOfRecord(search, from, reading)
  if (end === null) return unended(search, limits)
  if (end - at > limits.record) return tooLarge(at, limits)
  const past = endOfSeparators(search, end)
  if (past === null) return null
  const { encoding, hasDoctype } = reading
  return {
    kind: 'record',
    end: past,
    ...(encoding === undefined || encoding === 'utf-8' ? {} : { encoding }),
    ...(hasDoctype ? { rejected: doctypeRefused } : {}),
  }
}

const doctypeRefused: Rejection = {
  code: 'DOCTYPE_REFUSED',
  message:
    'The file has a DOCTYPE, which is refused: its entities could use up all memory or read other files. Remove the DOCTYPE, write the characters themselves, and load the file again.',
}

/**
 * Whether a `<record>` is one of MARC by what follows its start tag: a leader, a field, or what ends a
 * record. Anything else is an envelope, as long as another `<record>` or the end of its own follows: a
 * file that ends before that is cut off in it. A `<record>` right after it makes it an envelope only
 * where that one is of MARC. Nothing where more bytes are needed to tell.
 */
function holdsMarc(search: Search, from: number, reading: Reading): boolean | null {
  const { bytes, final } = search
  let first: 'record' | 'other' | null = null
  for (let at = bytes.indexOf(LT, from); at !== -1 && at - from < tagLimit; ) {
    const end = endOfMarkup(search, at, reading)
    if (end === null) return null
    if (end !== -1 && bytes[at + 1] !== 0x21 && bytes[at + 1] !== 0x3f) {
      const isPart = parts.some((name) => isStartTag(bytes, at, name))
      if (first === 'record') return !isPart
      const isStart = isStartTag(bytes, at, 'record')
      const isEnd = isEndTag(bytes, at, 'record')
      if (first === 'other' && (isStart || isEnd)) return false
      if (isPart || isEnd || envelopes.some((name) => isEndTag(bytes, at, name))) {
        if (first === null) return true
      } else first ??= isStart ? 'record' : 'other'
    }
    at = bytes.indexOf(LT, end === -1 ? at + 1 : end)
  }
  if (bytes.length - from > tagLimit) return false
  return final ? true : null
}

const parts = ['leader', 'controlfield', 'datafield']

/** What may stand around a record: where it ends, the record has ended too. */
const envelopes = ['collection', 'metadata', 'recordData', 'records']

/** Where the record ends that begins before a position; nothing where its end is not there. */
function endOfRecord(search: Search, from: number, reading: Reading): number | null {
  const { bytes } = search
  for (let at = bytes.indexOf(LT, from); at !== -1; at = bytes.indexOf(LT, at + 1)) {
    const next = bytes[at + 1]
    if (next === 0x2f) {
      const name = localName(bytes, at + 2)
      if (isName(bytes, name, 'record')) return endOfEndTag(bytes, name + 'record'.length)
      if (envelopes.some((each) => isName(bytes, name, each))) return at
    } else if (next === 0x21 || next === 0x3f) {
      const end = endOfMarkup(search, at, reading)
      if (end === null) return null
      if (end !== -1) at = end - 1
    } else if (isStartTag(bytes, at, 'record')) return at
  }
  return null
}

/** Beyond the `>` after the name of an end tag, or beyond the blanks there where that is missing. */
function endOfEndTag(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === GT) return at + 1
    if ((bytes[at] as number) > 0x20 || at - from > 100) return at
  }
  return null
}

/**
 * Beyond the last byte of the markup at a `<`; -1 where it does not end, and is no markup; nothing
 * where more bytes are needed to tell.
 */
function endOfMarkup({ bytes, final }: Search, at: number, reading: Reading): number | null {
  const there = bytes.length - at
  const bracket = bracketOf(bytes, at)
  if (bracket) {
    const { opens, mark, limit } = bracket
    const end = after(bytes, at + opens, mark, Math.min(bytes.length, at + limit), reading)
    return end !== -1 || final || there >= limit ? end : null
  }
  // Not enough to tell a comment, CDATA or a DOCTYPE.
  if (bytes[at + 1] === 0x21 && there < 9 && !final) return null
  const isDoctype = startsWith(bytes, at, '<!DOCTYPE')
  if (isDoctype && reading.hasDoctype) return -1
  return endOfTag(bytes, at, isDoctype, final)
}

type Bracket = { readonly opens: number; readonly mark: string; readonly limit: number }

/** What closes the markup at a position, and within how many bytes it must; nothing where it is a tag. */
function bracketOf(bytes: Uint8Array, at: number): Bracket | null {
  if (startsWith(bytes, at, '<!--')) return { opens: 4, mark: '-->', limit: commentLimit }
  if (startsWith(bytes, at, '<![CDATA[')) return { opens: 9, mark: ']]>', limit: commentLimit }
  return bytes[at + 1] === 0x3f ? { opens: 2, mark: '?>', limit: tagLimit } : null
}

/** A `>` outside of quotes closes a tag, and a `<` says that it is none; a DOCTYPE has both in its brackets. */
function endOfTag(bytes: Uint8Array, from: number, isDoctype: boolean, final: boolean): number | null {
  let quote = 0
  let brackets = 0
  const limit = from + tagLimit
  for (let at = from + 1; at < limit && at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === LT && !isDoctype) return -1
    if (quote !== 0) quote = byte === quote ? 0 : quote
    else if (byte === 0x22 || byte === 0x27) quote = byte
    else if (byte === 0x5b) brackets++
    else if (byte === 0x5d) brackets--
    else if (byte === GT && brackets <= 0) return at + 1
  }
  return final || bytes.length >= limit ? -1 : null
}

/** Beyond the first such mark before a limit; -1 where there is none. */
function after(bytes: Uint8Array, from: number, mark: string, limit: number, { without }: Reading): number {
  const known = without.get(mark)
  const start = known?.bytes === bytes ? Math.max(from, known.to) : from
  const area = bytes.subarray(0, limit)
  const last = mark.charCodeAt(mark.length - 1)
  for (let at = area.indexOf(last, start); at !== -1; at = area.indexOf(last, at + 1))
    if (at - mark.length + 1 >= from && startsWith(bytes, at - mark.length + 1, mark)) return at + 1
  without.set(mark, { bytes, to: limit })
  return -1
}

/** `<?xml `, but not `<?xml-stylesheet`. */
const isDeclaration = (bytes: Uint8Array, at: number) =>
  startsWith(bytes, at, '<?xml') && endsName(bytes[at + 5])

const isSelfClosing = (bytes: Uint8Array, end: number) => bytes[end - 2] === 0x2f

const isStartTag = (bytes: Uint8Array, at: number, name: string) =>
  isName(bytes, localName(bytes, at + 1), name)

const isEndTag = (bytes: Uint8Array, at: number, name: string) =>
  bytes[at + 1] === 0x2f && isName(bytes, localName(bytes, at + 2), name)

/** Where the name at a position starts without its prefix. */
function localName(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at]
    if (byte === 0x3a) return at + 1
    if (byte === undefined || byte <= 0x20 || byte === GT || byte === 0x2f || byte === LT) return from
  }
}

const isName = (bytes: Uint8Array, at: number, name: string) =>
  startsWith(bytes, at, name) && endsName(bytes[at + name.length])

const endsName = (byte: number | undefined) =>
  byte === GT || byte === 0x2f || byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++)
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}
