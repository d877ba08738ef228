import { mayBeDoubled } from '../double-encoding.ts'
import { mayHoldEntity } from '../entity.ts'
import type { Encoding, MarcLimits } from '../frame.ts'
import type { Field, MarcRecord, Subfield } from '../record.ts'
import { isIndicator, isSubfieldCode } from './field.ts'
import { digitsAt, fiveDigits } from './leader.ts'

const RT = 0x1d
const FT = 0x1e
const US = 0x1f
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
/** Controls other than the three separators, DEL, C1, and what stands for bytes that are no UTF-8. */
const needsCare = /[^\x1d-\x7e\xa0-\ufffc\ufffe\uffff]/

/**
 * A record with nothing to mend: in ASCII, or in UTF-8 that says so, each of its fields ending where the
 * directory says. It is decoded as one text, in which the fields are then found by their terminators: the
 * bytes have shown that these stand where the directory has them. Nothing where care is needed.
 */
export function decodeSound(
  bytes: Uint8Array,
  limits: MarcLimits,
): { readonly record: MarcRecord; readonly encoding: Encoding } | null {
  const end = bytes.length
  const base = fiveDigits(bytes, 12)
  const entries = (base - 25) / 12
  if (entries < 1 || !Number.isInteger(entries) || base >= end || end > 99_999) return null
  if (entries > limits.fields || end > limits.field) return null
  if (bytes[base - 1] !== FT || bytes[end - 1] !== RT || !tiles(bytes, base, entries)) return null
  const claimsUtf8 = bytes[9] === 0x61
  const isAscii = isPlainAscii(bytes)
  if (!isAscii && !claimsUtf8) return null
  const text = utf8.decode(bytes)
  if (!isAscii && (needsCare.test(text) || mayBeDoubled(text))) return null
  if (mayHoldEntity(text)) return null
  const fields = readFields(text, bytes, base)
  if (fields === null) return null
  const leader = claimsUtf8 ? text.slice(0, 24) : `${text.slice(0, 9)}a${text.slice(10, 24)}`
  return { record: { leader, fields }, encoding: isAscii ? 'ascii' : 'utf-8' }
}

/** Whether the directory's entries follow each other without gap, each closed by a terminator, to the end of the record. */
function tiles(bytes: Uint8Array, base: number, entries: number): boolean {
  let expected = 0
  for (let at = 24; at < 24 + entries * 12; at += 12) {
    const length = digitsAt(bytes, at + 3, 4)
    if (length < 1 || fiveDigits(bytes, at + 7) !== expected) return false
    expected += length
    if (bytes[base + expected - 1] !== FT) return false
  }
  return base + expected === bytes.length - 1
}

/** ASCII without control characters other than the separators, looked at in four bytes at a time. */
function isPlainAscii(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const whole = bytes.length & ~3
  for (let at = 0; at < whole; at += 4) {
    const four = view.getInt32(at)
    // The high bit of a byte is set where it is below 0x1D, where it is above 0x7E, or carries from below.
    if (((four - 0x1d1d1d1d) | 0 | four | (four + 0x01010101)) & 0x80808080) return false
  }
  for (let at = whole; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte < RT || byte > 0x7e) return false
  }
  return true
}

function readFields(text: string, bytes: Uint8Array, base: number): Field[] | null {
  // A character beyond ASCII in front of the fields would put the tags out of place.
  if (text.indexOf('\x1e') !== base - 1 || text.indexOf('\x1d') !== text.length - 1) return null
  const delimiter = text.indexOf('\x1f')
  if (delimiter !== -1 && delimiter < base) return null
  const fields: Field[] = []
  let start = base
  for (let at = 24; at < base - 1; at += 12) {
    const end = text.indexOf('\x1e', start)
    if (end === -1) return null
    const tag = tagAt(text, bytes, at)
    const field = tag === null ? null : readField(text, tag, start, end)
    if (field === null) return null
    fields.push(field)
    start = end + 1
  }
  return start === text.length - 1 ? fields : null
}

/** A field that lies between two places of a text; nothing where something has to be mended. */
function readField(text: string, tag: string, start: number, end: number): Field | null {
  if (tag.charCodeAt(0) === 0x30 && tag.charCodeAt(1) === 0x30) {
    const value = text.slice(start, end)
    return value.includes('\x1f') ? null : { tag, value }
  }
  if (end - start < 4 || text.charCodeAt(start + 2) !== US) return null
  if (!isIndicator(text.charCodeAt(start)) || !isIndicator(text.charCodeAt(start + 1))) return null
  const subfields: Subfield[] = []
  for (let at = start + 2; at < end; ) {
    const next = text.indexOf('\x1f', at + 1)
    const to = next === -1 || next > end ? end : next
    if (to < at + 2 || !isSubfieldCode(text.charCodeAt(at + 1))) return null
    subfields.push({ code: text.charAt(at + 1), value: text.slice(at + 2, to) })
    at = to
  }
  return { tag, ind1: text.charAt(start), ind2: text.charAt(start + 1), subfields }
}

/** One string a tag, so that millions of fields share them. */
const numericTags = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))

function tagAt(text: string, bytes: Uint8Array, at: number): string | null {
  const number = digitsAt(bytes, at, 3)
  if (number !== -1) return numericTags[number] as string
  const tag = text.slice(at, at + 3)
  return tag.includes(' ') ? null : tag
}
