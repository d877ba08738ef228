/*
 * ISO 2709 put together piece by piece, so that each piece can be damaged by itself.
 */

/** A field's content as it stands in the record: indicators and delimiters included, the terminator not. */
export type RawField = readonly [tag: string, content: Uint8Array]

/** The pieces of a record in the order of its bytes. */
export type RawRecord = {
  readonly leader: string
  /** Twelve characters each. */
  readonly entries: readonly string[]
  readonly directoryEnd: string
  /** Each with its terminator. */
  readonly fields: readonly Uint8Array[]
  readonly end: string
}

/** A sound record: lengths and offsets are those of the fields. */
export function rawRecord(fields: readonly RawField[], leader = '00000nam a2200000 a 4500'): RawRecord {
  const closed = fields.map(([, content]) => concat(content, '\x1e'))
  const base = 24 + fields.length * 12 + 1
  let start = 0
  const entries = fields.map(([tag], at) => {
    const { length } = closed[at] as Uint8Array
    const entry = tag + digits(length, 4) + digits(start, 5)
    start += length
    return entry
  })
  const size = digits(base + start + 1, 5)
  const whole = `${size}${leader.slice(5, 12)}${digits(base, 5)}${leader.slice(17)}`
  return { leader: whole, entries, directoryEnd: '\x1e', fields: closed, end: '\x1d' }
}

export const rawBytes = ({ leader, entries, directoryEnd, fields, end }: RawRecord): Uint8Array =>
  concat(leader, ...entries, directoryEnd, ...fields, end)

/** Bytes one after the other; text is taken as Latin-1, a byte a character. */
export const concat = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? latin1(part) : part))))

export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Of a number that is too large for its place, nines. */
export const digits = (value: number, width: number): string =>
  value < 10 ** width ? String(value).padStart(width, '0') : '9'.repeat(width)
