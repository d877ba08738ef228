import type { Encoding, Repair } from './frame.ts'

/** A field's content as it stands in ISO 2709: indicators and U+001F included, the closing 0x1E not. */
export type FieldBytes = { readonly tag: string; readonly bytes: Uint8Array }

/** How far a reader may go: `strict` and `repair` report proposals, `lossy` applies them. */
export type Reading = 'strict' | 'repair' | 'lossy'

export type DecodedFields = {
  /** One text a field, in the order given, with U+001F still in place. */
  readonly texts: readonly string[]
  readonly encoding: Encoding
  readonly repairs: readonly Repair[]
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const cp1252 = new TextDecoder('windows-1252')

/** Bytes of a record's fields to text. `leader09` is what the record claims (`a` for UTF-8, blank for MARC-8). */
export function decodeFields(fields: readonly FieldBytes[], leader09: string, _reading: Reading): DecodedFields {
  const repairs: Repair[] = []
  const texts = fields.map((field) => {
    try {
      return utf8.decode(field.bytes)
    } catch {
      repairs.push({ code: 'ENCODING_LATIN1', field: field.tag, before: leader09, after: 'cp1252' })
      return cp1252.decode(field.bytes)
    }
  })
  return { texts, encoding: repairs.length === 0 ? 'utf-8' : 'mixed', repairs }
}
