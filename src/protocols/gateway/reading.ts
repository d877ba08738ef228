import { fiveDigits } from '../../marc/iso2709/leader.ts'
import { mask } from './secret.ts'

/*
 * One way to read a message. The decimal dialect does not say how many digits a length has, so "P79secret"
 * is a password of 79 octets, or of 7 that begins with a digit. All ways are followed side by side; the one
 * whose record is whole first is the message. Each way looks at a byte once, so that dripped bytes cost no more.
 */

export type FieldTag = 'U' | 'A' | 'P'

export type HeaderField = {
  readonly tag: FieldTag
  /** Offsets of the value in the message. */
  readonly from: number
  readonly to: number
  /** The length as it was sent: digits, or one octet. */
  readonly length: string
}

export type Reading = {
  readonly fields: readonly HeaderField[]
  readonly at: number
  /** Bytes of the message that must be there before there is anything new to see. */
  readonly needs: number
}

export type Unreadable =
  | { readonly code: 'BAD_REQUEST'; readonly why: string }
  | { readonly code: 'LENGTH_MISMATCH'; readonly declared: number; readonly received: number | null }
  | { readonly code: 'TOO_LARGE'; readonly limit: number }

export type Step =
  | { readonly to: 'readings'; readonly readings: readonly Reading[] }
  | { readonly to: 'record'; readonly end: number; readonly reading: Reading }
  | { readonly to: 'nothing'; readonly at: number; readonly failure: Unreadable }

const SPACE = 0x20
const CR = 0x0d
const LF = 0x0a
const IAC = 0xff
const FT = 0x1e
const RT = 0x1d
export const NUL = 0x00

/** Subnegotiations are a few octets (RFC 855); one without an end is not waited for. */
const longestSubnegotiation = 256

/** Leader, end of the directory, end of the record. */
const shortestRecord = 26

export const firstReading: Reading = { fields: [], at: 0, needs: 1 }

/** Takes a reading one step on. At least `reading.needs` bytes are there. */
export function follow(reading: Reading, bytes: Uint8Array, limit: number): Step {
  const { fields } = reading
  const filler = passFiller(bytes, reading.at)
  if (filler.at > limit) return { to: 'nothing', at: filler.at, failure: { code: 'TOO_LARGE', limit } }
  if (filler.needs > 0) return wait(reading, filler.at, filler.needs)
  const here: Reading = { fields, at: filler.at, needs: filler.at + 1 }
  const tag = tagOf(bytes[here.at])
  if (tag) return followField(here, tag, bytes)
  if (isDigit(bytes[here.at])) return followRecord(here, bytes, limit)
  return dead(here.at, strayByte(fields))
}

function followField(reading: Reading, tag: FieldTag, bytes: Uint8Array): Step {
  const { fields, at } = reading
  if (fields.some((field) => field.tag === tag))
    return dead(at, `Field ${tag} comes twice before one record.`)
  const octet = bytes[at + 1]
  if (octet === undefined) return wait(reading, at, at + 2)
  const after = (length: number, from: number, written: string): Reading => ({
    fields: [...fields, { tag, from, to: from + length, length: written }],
    at: from + length,
    needs: from + length + 1,
  })
  if (octet >= 0x40)
    return { to: 'readings', readings: [after(octet - 0x40, at + 2, String.fromCharCode(octet))] }
  if (!isDigit(octet)) return dead(at + 1, `Field ${tag} has no length.`)
  if (bytes.length < at + 4) return wait(reading, at, at + 4)
  // The fewest digits first: of two readings with the same record, the one with more fields is meant.
  const readings: Reading[] = []
  let digits = ''
  for (let next = at + 1; next < at + 4 && isDigit(bytes[next]); next++) {
    digits += String.fromCharCode(bytes[next] as number)
    readings.push(after(Number(digits), next + 1, digits))
  }
  return { to: 'readings', readings }
}

/** A record is believed only if its leader, the end of its directory and its terminator agree. */
function followRecord(reading: Reading, bytes: Uint8Array, limit: number): Step {
  const { at } = reading
  const there = bytes.length - at
  if (there < 5) return wait(reading, at, at + 5)
  const length = fiveDigits(bytes, at)
  if (length < 0) return dead(at, 'The record does not begin with its length in five digits.')
  if (length < shortestRecord) return dead(at, `A record of ${length} bytes cannot be.`)
  if (at + length > limit) return { to: 'nothing', at: at + length, failure: { code: 'TOO_LARGE', limit } }
  if (there < 24) return wait(reading, at, at + 24)
  if (bytes[at + 10] !== 0x32 || bytes[at + 11] !== 0x32)
    return dead(at + 10, 'The leader does not have "22" in positions 10 and 11.')
  const base = fiveDigits(bytes, at + 12)
  if (base < 25 || base >= length)
    return dead(at + 12, 'The base address of the leader lies outside of the record.')
  if (there < base) return wait(reading, at, at + base)
  if (bytes[at + base - 1] !== FT)
    return dead(at + base, 'The directory does not end where the base address says.')
  if (there < length) return wait(reading, at, at + length)
  if (bytes[at + length - 1] === RT) return { to: 'record', end: at + length, reading }
  return { to: 'nothing', at: at + length, failure: mismatch(bytes, at, length) }
}

/** What is wrong with a record whose terminator is not where its length says; `bytes` end there or before. */
function mismatch(bytes: Uint8Array, at: number, declared: number): Unreadable {
  const terminator = bytes.subarray(at, at + declared).indexOf(RT)
  return { code: 'LENGTH_MISMATCH', declared, received: terminator === -1 ? null : terminator + 1 }
}

/** The length that a reading waits for, where it is inside a record that has a terminator already. */
export function endedTooSoon(reading: Reading, bytes: Uint8Array): Unreadable | null {
  if (bytes.length - reading.at < 24) return null
  const declared = fiveDigits(bytes, reading.at)
  if (declared < 0) return null
  const failure = mismatch(bytes, reading.at, declared)
  return failure.code === 'LENGTH_MISMATCH' && failure.received !== null ? failure : null
}

/**
 * Past blanks, line ends and telnet commands (RFC 854), which a sender with "Use Telnet Protocol" may
 * put before a record. `needs` is above 0 where more bytes are wanted to tell.
 */
export function passFiller(bytes: Uint8Array, from: number): { readonly at: number; readonly needs: number } {
  for (let at = from; ; ) {
    const byte = bytes[at]
    if (byte === undefined) return { at, needs: at + 1 }
    if (byte === SPACE || byte === CR || byte === LF) at++
    else if (byte !== IAC) return { at, needs: 0 }
    else {
      const command = bytes[at + 1]
      if (command === undefined) return { at, needs: at + 2 }
      const length = commandLength(bytes, at, command)
      if (length === 0) return { at, needs: 0 }
      if (at + length > bytes.length) return { at, needs: at + length }
      at += length
    }
  }
}

/** Octets of a telnet command; one more than are there where its end is yet to come, 0 where it is none. */
function commandLength(bytes: Uint8Array, at: number, command: number): number {
  if (command >= 0xfb && command <= 0xfe) return 3
  if (command >= 0xf1 && command <= 0xf9) return 2
  if (command !== 0xfa) return 0
  for (let next = at + 2; next < at + longestSubnegotiation; next++) {
    if (bytes[next] === undefined) return next - at + 1
    if (bytes[next] === IAC && bytes[next + 1] === 0xf0) return next + 2 - at
  }
  return 0
}

/** The header as it was sent, for people to read: the password and its length masked, other octets escaped. */
export const maskedHeader = (fields: readonly HeaderField[], bytes: Uint8Array): string =>
  fields
    .map(({ tag, from, to, length }) =>
      tag === 'P' ? `P${mask}` : tag + printable(length) + printable(latin1(bytes.subarray(from, to))),
    )
    .join('')

const latin1 = (bytes: Uint8Array) => String.fromCharCode(...bytes)

const printable = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (octet) => `\\x${octet.charCodeAt(0).toString(16).padStart(2, '0')}`)

const dead = (at: number, why: string): Step => ({
  to: 'nothing',
  at,
  failure: { code: 'BAD_REQUEST', why },
})

const wait = ({ fields }: Reading, at: number, needs: number): Step => ({
  to: 'readings',
  readings: [{ fields, at, needs }],
})

const strayByte = (fields: readonly HeaderField[]) => {
  const last = fields.at(-1)
  return last
    ? `Neither a record nor another field follows field ${last.tag}.`
    : 'What came is neither a logon nor a MARC record.'
}

const tagOf = (byte: number | undefined): FieldTag | null =>
  byte === 0x55 ? 'U' : byte === 0x41 ? 'A' : byte === 0x50 ? 'P' : null

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39
