import { mayBeDoubled } from '../double-encoding.ts'
import { mayHoldEntity } from '../entity.ts'
import type { Encoding, MarcLimits } from '../frame.ts'
import type { Field, MarcRecord } from '../record.ts'
import { soundField } from './field.ts'
import { digitsAt, fiveDigits } from './leader.ts'

const RT = 0x1d
const FT = 0x1e
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
/** Controls other than the three separators, DEL, C1, and what stands for bytes that are no UTF-8. */
const needsCare = /[^\x1d-\x7e\xa0-\ufffc\ufffe\uffff]/

/**
 * A record with nothing to mend: in ASCII, or in UTF-8 that says so, each of its fields ending where the
 * directory says. It is read by one decode and one split. Nothing where care is needed.
 */
export function decodeSound(
  bytes: Uint8Array,
  limits: MarcLimits,
): { readonly record: MarcRecord; readonly encoding: Encoding } | null {
  const base = fiveDigits(bytes, 12)
  const entries = (base - 25) / 12
  const end = bytes.length
  if (entries < 1 || !Number.isInteger(entries) || base >= end || end > 99_999) return null
  if (entries > limits.fields || end > limits.field) return null
  if (bytes[base - 1] !== FT || bytes[end - 1] !== RT || !tiles(bytes, base, entries)) return null
  const text = utf8.decode(bytes)
  const isAscii = text.length === end
  const claimsUtf8 = bytes[9] === 0x61
  if (!isAscii && !claimsUtf8) return null
  if (mayHoldEntity(text) || (!isAscii && mayBeDoubled(text))) return null
  const parts = text.split('\x1e')
  if (parts.length !== entries + 2 || text.indexOf('\x1d') !== text.length - 1 || needsCare.test(text))
    return null
  const fields: Field[] = []
  for (let entry = 0, at = 24; entry < entries; entry++, at += 12) {
    const field = soundField(text.slice(at, at + 3), parts[entry + 1] as string)
    if (field === null) return null
    fields.push(field)
  }
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
