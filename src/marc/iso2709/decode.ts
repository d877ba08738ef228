import { type FieldBytes, type Reading, decodeFields } from '../encoding.ts'
import { type Decoded, type MarcLimits, type RecordFrame, type Repair, fileLimits } from '../frame.ts'
import type { Field } from '../record.ts'
import { divide, latin1 } from './directory.ts'
import { mendField, soundField } from './field.ts'
import { fiveDigits } from './leader.ts'

const RT = 0x1d
const FT = 0x1e
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
/** Controls other than the three separators, DEL, C1, and what stands for bytes that are no UTF-8. */
const needsCare = /[^\x1d-\x7e\xa0-\ufffc\ufffe\uffff]/

/**
 * One frame to a record. A sound record in ASCII, or in UTF-8 that says so, is read by one decode and one
 * split, since each of its fields ends where the directory says; everything else is read field by field,
 * with each mending named. The leader of the record says UTF-8, since that is what its text now is.
 */
export function decodeIso2709(
  frame: RecordFrame,
  reading: Reading,
  limits: MarcLimits = fileLimits,
): Decoded {
  return decodeSound(frame) ?? decodeWithCare(frame, reading, limits)
}

function decodeSound({ bytes, repairs }: RecordFrame): Decoded | null {
  const base = fiveDigits(bytes, 12)
  const entries = (base - 25) / 12
  const end = bytes.length
  if (entries < 1 || !Number.isInteger(entries) || base >= end || end > 99_999) return null
  if (bytes[base - 1] !== FT || bytes[end - 1] !== RT || !tiles(bytes, base, entries)) return null
  const text = utf8.decode(bytes)
  const isAscii = text.length === end
  const claimsUtf8 = bytes[9] === 0x61
  if (!isAscii && !claimsUtf8) return null
  if (!claimsUtf8 && text.includes('&#')) return null
  const parts = text.split('\x1e')
  if (parts.length !== entries + 2 || text.indexOf('\x1d') !== text.length - 1 || needsCare.test(text))
    return null
  const fields: Field[] = []
  for (let entry = 0, at = 24; entry < entries; entry++, at += 12) {
    const field = soundField(text.slice(at, at + 3), parts[entry + 1] as string)
    if (field === null) return null
    fields.push(field)
  }
  const leader = claimsUtf8 ? text.slice(0, 24) : labelled(text.slice(0, 24))
  return { ok: true, record: { leader, fields }, repairs, encoding: isAscii ? 'ascii' : 'utf-8' }
}

const labelled = (leader: string) => `${leader.slice(0, 9)}a${leader.slice(10)}`

/** Whether the directory's entries follow each other without gap, each closed by a terminator, to the end of the record. */
function tiles(bytes: Uint8Array, base: number, entries: number): boolean {
  let expected = 0
  for (let at = 24; at < 24 + entries * 12; at += 12) {
    const length = fourDigits(bytes, at + 3)
    if (length < 1 || fiveDigits(bytes, at + 7) !== expected) return false
    expected += length
    if (bytes[base + expected - 1] !== FT) return false
  }
  return base + expected === bytes.length - 1
}

function fourDigits(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let index = at; index < at + 4; index++) {
    const digit = (bytes[index] as number) - 0x30
    if (!(digit >= 0 && digit <= 9)) return -1
    value = value * 10 + digit
  }
  return value
}

function decodeWithCare(
  { bytes, repairs: framing }: RecordFrame,
  reading: Reading,
  limits: MarcLimits,
): Decoded {
  const divided = divide(bytes)
  if ('code' in divided) return { ok: false, rejected: divided, repairs: framing }
  const repairs: Repair[] = [...framing, ...divided.repairs]
  if (divided.fields.length > limits.fields) {
    const message = `The record has ${divided.fields.length} fields; the limit is ${limits.fields}.`
    return { ok: false, rejected: { code: 'TOO_MANY_FIELDS', message }, repairs }
  }
  const large = divided.fields.find((field) => field.bytes.length > limits.field)
  if (large) {
    const message = `Field ${large.tag} has ${large.bytes.length} bytes; the limit for a field is ${limits.field}.`
    return { ok: false, rejected: { code: 'FIELD_TOO_LARGE', message }, repairs }
  }
  const leader = mendLeader(latin1(bytes.subarray(0, divided.leaderLength)), repairs)
  const sized = divided.fields.map(withoutTerminators)
  const { texts, encoding, repairs: spelled } = decodeFields(sized, leader.charAt(9), reading)
  repairs.push(...spelled)
  const seen = new Map<string, number>()
  const fields = sized.map(({ tag: raw }, at): Field => {
    const tag = mendTag(raw)
    const occurrence = (seen.get(tag) ?? 0) + 1
    seen.set(tag, occurrence)
    const text = texts[at] as string
    return (
      soundField(tag, text) ?? mendField(tag, text, occurrence === 1 ? tag : `${tag}#${occurrence}`, repairs)
    )
  })
  return { ok: true, record: { leader: labelled(leader), fields }, repairs, encoding }
}

/** A record terminator inside a field is data that the record's own length vouched for; text cannot hold it. */
function withoutTerminators(field: FieldBytes): FieldBytes {
  return field.bytes.includes(RT)
    ? { tag: field.tag, bytes: field.bytes.map((byte) => (byte === RT ? 0x20 : byte)) }
    : field
}

/** 24 printable characters; what is missing at the end is as MARC 21 fixes it. */
function mendLeader(leader: string, repairs: Repair[]): string {
  const printable = leader.replace(/[^\x20-\x7e]/g, ' ')
  const whole =
    printable.length >= 24
      ? printable.slice(0, 24)
      : printable + '00000nam a2200000 a 4500'.slice(printable.length)
  if (printable !== leader)
    repairs.push({
      code: 'LEADER_FILLED',
      field: 'leader',
      before: leader.replace(/[^\x20-\x7e]/g, '·'),
      after: whole,
    })
  return whole
}

/** Tags are three characters; those that could not be looked for become `???`-like text, as they came. */
const mendTag = (tag: string) => tag.replace(/[^\x21-\x7e]/g, '?').padEnd(3, '?')
