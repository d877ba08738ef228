/*
 * The binary format of COPY (PostgreSQL documentation, COPY, "Binary Format"): a signature, then for each row
 * the number of its fields and for each field its length and its value in the type's send format, then -1.
 * Columns are not named in it: the encoder's calls must follow the column list of the statement, type by type.
 */

/**
 * All calls but `row`, `finish` and `tsvector` answer nothing; each writes one field of the current row,
 * and null as NULL.
 */
export type CopyBuffer = {
  /** Begins a row of so many fields. */
  row(fields: number): void
  null_(): void
  bool(value: boolean): void
  int2(value: number | null): void
  int4(value: number | null): void
  /** A number must be a safe integer. */
  int8(value: number | bigint | null): void
  text(value: string | null): void
  bytes(value: Uint8Array): void
  /** The text of a JSON value. */
  jsonb(text: string): void
  /** A Date, or ISO 8601 with up to six digits of a second, as timestamptz is read. */
  timestamptz(value: Date | string): void
  textArray(values: readonly string[] | null): void
  /**
   * Words in any order, each once and after one character below U+0010 that says where it stands: the sum
   * of 1 for weight A, 2 for B, 4 for C and 8 for D. Each weight is written as a position of its own, since
   * that is where PostgreSQL keeps weights. Words that a tsvector cannot hold are left out and counted in
   * the answer: empty ones, those above 2046 bytes, and what exceeds 1 MB in sum.
   */
  tsvector(words: string): number
  /** The rows since the last `finish`. */
  readonly rows: number
  /**
   * The body for `copyIn`: a view, good until the next `row`, which begins a new body in the same memory. So
   * the copy must have settled before the buffer is used again.
   */
  finish(): Uint8Array
}

const SIGNATURE = Uint8Array.of(0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0)
/** The signature, flags and the length of an extension that there is not. */
const HEADER_BYTES = SIGNATURE.length + 8
const FIRST_BYTES = 1 << 16
const TEXT_OID = 25
const LEXEME_BYTES = 2046
const TSVECTOR_BYTES = (1 << 20) - 1
/** 2000-01-01, where PostgreSQL's time begins, in milliseconds of Unix time. */
const EPOCH = 946_684_800_000

export function createCopyBuffer(firstBytes = FIRST_BYTES): CopyBuffer {
  let buffer = Buffer.allocUnsafeSlow(Math.max(firstBytes, HEADER_BYTES + 2))
  buffer.set(SIGNATURE)
  buffer.fill(0, SIGNATURE.length, HEADER_BYTES)
  let at = HEADER_BYTES
  let rows = 0
  let fieldsLeft = 0

  /** Room for so many more bytes. */
  function reserve(bytes: number): void {
    if (at + bytes <= buffer.length) return
    const grown = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + bytes))
    buffer.copy(grown, 0, 0, at)
    buffer = grown
  }

  function put2(value: number): void {
    buffer[at++] = value >> 8
    buffer[at++] = value
  }

  function put4(value: number): void {
    buffer[at++] = value >> 24
    buffer[at++] = value >> 16
    buffer[at++] = value >> 8
    buffer[at++] = value
  }

  /** UTF-8 without a length; room is reserved by the caller, three bytes a code unit. */
  function putText(value: string): void {
    // Below a dozen characters the call out of JavaScript costs more than the loop.
    if (value.length > 12) {
      at += buffer.write(value, at)
      return
    }
    const start = at
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index)
      if (unit > 0x7f) {
        at = start + buffer.write(value, start)
        return
      }
      buffer[at++] = unit
    }
  }

  /** The characters from `index` to the next below U+0010, as UTF-8; answers where that is. */
  function putWord(words: string, index: number): number {
    for (; index < words.length; index++) {
      const unit = words.charCodeAt(index)
      if (unit < 0x10) break
      if (unit < 0x80) buffer[at++] = unit
      else if (unit < 0x800) {
        buffer[at++] = 0xc0 | (unit >> 6)
        buffer[at++] = 0x80 | (unit & 0x3f)
      } else {
        const whole = words.codePointAt(index) as number
        // Half a character is written as the text columns write it.
        const code = whole >= 0xd800 && whole <= 0xdfff ? 0xfffd : whole
        if (code > 0xffff) {
          index++
          buffer[at++] = 0xf0 | (code >> 18)
          buffer[at++] = 0x80 | ((code >> 12) & 0x3f)
        } else buffer[at++] = 0xe0 | (code >> 12)
        buffer[at++] = 0x80 | ((code >> 6) & 0x3f)
        buffer[at++] = 0x80 | (code & 0x3f)
      }
    }
    return index
  }

  /** The number of positions, then position 1 with weight A (3), 2 with B (2), 3 with C (1), 4 with D (0), where set. */
  function putWeights(bits: number): void {
    const start = at
    at += 2
    for (let place = 0; place < 4; place++) if (bits & (1 << place)) put2(((3 - place) << 14) | (place + 1))
    buffer[start] = 0
    buffer[start + 1] = (at - start - 2) >> 1
  }

  function putSizedText(value: string): void {
    const start = at
    at += 4
    putText(value)
    backPatch(start)
  }

  function backPatch(start: number): void {
    buffer.writeInt32BE(at - start - 4, start)
  }

  function putNull(): void {
    field(0)
    put4(-1)
  }

  function field(bytes: number): void {
    if (--fieldsLeft < 0) throw new RangeError('A row of a COPY has more fields than it was begun with.')
    reserve(bytes + 4)
  }

  return {
    get rows() {
      return rows
    },
    row(fields) {
      if (fieldsLeft !== 0)
        throw new RangeError('A row of a COPY was begun before the last one had all its fields.')
      reserve(2)
      put2(fields)
      fieldsLeft = fields
      rows++
    },
    null_: putNull,
    bool(value) {
      field(1)
      put4(1)
      buffer[at++] = value ? 1 : 0
    },
    int2(value) {
      if (value === null) return putNull()
      if (!(value >= -0x8000 && value <= 0x7fff)) throw new RangeError(`Not an int2: ${value}`)
      field(2)
      put4(2)
      put2(value)
    },
    int4(value) {
      if (value === null) return putNull()
      if (value !== (value | 0)) throw new RangeError(`Not an int4: ${value}`)
      field(4)
      put4(4)
      put4(value)
    },
    int8(value) {
      if (value === null) return putNull()
      field(8)
      put4(8)
      putInt8(value)
    },
    text(value) {
      if (value === null) return putNull()
      field(value.length * 3)
      putSizedText(value)
    },
    bytes(value) {
      field(value.length)
      put4(value.length)
      buffer.set(value, at)
      at += value.length
    },
    jsonb(text) {
      field(text.length * 3 + 1)
      const start = at
      at += 4
      buffer[at++] = 1
      putText(text)
      backPatch(start)
    },
    timestamptz(value) {
      field(8)
      put4(8)
      putInt8(microseconds(value))
    },
    textArray(values) {
      if (values === null) return putNull()
      let room = 20
      for (const value of values) room += 4 + value.length * 3
      field(room)
      const start = at
      at += 4
      put4(values.length === 0 ? 0 : 1)
      put4(0)
      put4(TEXT_OID)
      if (values.length > 0) {
        put4(values.length)
        put4(1)
        for (const value of values) putSizedText(value)
      }
      backPatch(start)
    },
    tsvector(words) {
      // The first byte of a word is its place; what a word is stored in is no more than 11 bytes beside its text.
      field(words.length * 11 + 4)
      const start = at
      at += 8
      let kept = 0
      let left = 0
      let index = 0
      while (index < words.length) {
        const place = words.charCodeAt(index++)
        const before = at
        index = putWord(words, index)
        const length = at - before
        if (length === 0 || length > LEXEME_BYTES || at + 11 - start > TSVECTOR_BYTES) {
          at = before
          left++
          continue
        }
        buffer[at++] = 0
        putWeights(place)
        kept++
      }
      buffer.writeInt32BE(kept, start + 4)
      backPatch(start)
      return left
    },
    finish() {
      if (fieldsLeft !== 0) throw new RangeError('The last row of a COPY lacks fields.')
      reserve(2)
      put2(-1)
      const body = buffer.subarray(0, at)
      at = HEADER_BYTES
      rows = 0
      return body
    },
  }

  function putInt8(value: number | bigint): void {
    if (typeof value === 'bigint') {
      at = buffer.writeBigInt64BE(value, at)
      return
    }
    if (!Number.isSafeInteger(value)) throw new RangeError(`Not a safe integer: ${value}`)
    put4(Math.floor(value / 0x1_0000_0000))
    put4(value | 0)
  }
}

function microseconds(value: Date | string): number {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : value.getTime()
  if (Number.isNaN(milliseconds)) throw new RangeError(`Not a time: ${String(value)}`)
  // Date.parse drops what is below a millisecond.
  const digits = typeof value === 'string' ? /\.\d{3}(\d{1,3})/.exec(value)?.[1] : undefined
  return (milliseconds - EPOCH) * 1000 + Number((digits ?? '').padEnd(3, '0'))
}
