import { encodeMarc8 } from '../marc8/encode.ts'
import { packField } from '../packed.ts'
import type { MarcRecord } from '../record.ts'

/** Bytes of one record, and what a reader of them must be told. */
export type Written = {
  readonly bytes: Uint8Array
  /** Lengths that ISO 2709 cannot say; the bytes are whole, and readers that trust lengths will not read them. */
  readonly notes: readonly string[]
}

const utf8 = new TextEncoder()

/**
 * ISO 2709 in UTF-8, or in MARC-8 on request, with exact lengths in bytes. A record above 99,999
 * bytes or a field above 9,999 cannot say its length: nines are written and a note says so; MARCXML
 * has no such limit.
 */
export function encodeIso2709(record: MarcRecord, { marc8 = false }: { marc8?: boolean } = {}): Written {
  const notes: string[] = []
  const encoded = record.fields.map((field) => {
    const text = packField(field).slice(3)
    return marc8 ? encodeMarc8(text) : utf8.encode(text)
  })
  const base = 24 + record.fields.length * 12 + 1
  const total = base + encoded.reduce((sum, bytes) => sum + bytes.length + 1, 0) + 1
  let directory = ''
  let start = 0
  for (const [at, field] of record.fields.entries()) {
    const length = (encoded[at] as Uint8Array).length + 1
    if (length > 9999)
      notes.push(`Field ${field.tag} has ${length} bytes, more than the 9,999 that ISO 2709 can say.`)
    directory += field.tag + digits(length, 4) + digits(start, 5)
    start += length
  }
  if (total > 99_999) notes.push(`The record has ${total} bytes, more than the 99,999 that ISO 2709 can say.`)
  const { leader } = record
  const head = `${digits(total, 5)}${leader.slice(5, 9)}${marc8 ? ' ' : 'a'}22${digits(base, 5)}${leader.slice(17, 20)}4500`
  const bytes = new Uint8Array(total)
  utf8.encodeInto(head + directory, bytes)
  bytes[base - 1] = 0x1e
  let at = base
  for (const field of encoded) {
    bytes.set(field, at)
    at += field.length
    bytes[at++] = 0x1e
  }
  bytes[at] = 0x1d
  return { bytes, notes }
}

const digits = (value: number, width: number) =>
  value < 10 ** width ? String(value).padStart(width, '0') : '9'.repeat(width)
