import {
  endedTooSoon,
  firstReading,
  follow,
  type HeaderField,
  maskedHeader,
  NUL,
  passFiller,
  type Reading,
  type Unreadable,
} from './reading.ts'
import { type Secret, secretOf } from './secret.ts'

export type ParsedRequest = {
  readonly kind: 'request'
  /** Fields U and A, and P; those of the last header of the connection, empty where it had none. */
  readonly user: string
  readonly localUser: string
  readonly password: Secret
  /** The header of this record as it was sent, the password masked; empty where the record came without one. */
  readonly header: string
  /** A copy, whole: leader, directory and terminator agree. */
  readonly record: Uint8Array
}

/**
 * Something that asks for no reply: a NUL that ends no record, or five zeros in place of a length. Some
 * clients may announce so that they are about to leave. A run of NULs is one notice.
 */
export type Notice = { readonly kind: 'notice'; readonly notice: 'nul' | 'zeros' }

/** Nothing that follows on the connection can be trusted, so nothing more is parsed. */
export type Refusal = { readonly kind: 'refusal'; readonly failure: Unreadable }

export type GatewayParser = {
  /** Takes bytes; they are copied. Call `next` until it gives nothing before the next push, so that no more than one message is buffered. */
  push(bytes: Uint8Array): void
  next(): ParsedRequest | Notice | Refusal | null
  /** To be asked after two seconds of silence: a record that ended before its declared length is not waited for. */
  quiet(): Refusal | null
  /** To be asked when the client will send nothing more. */
  finish(): Refusal | null
  /** Whether a part of a message is here. */
  isReceiving(): boolean
  /** Bytes that are held. */
  buffered(): number
}

type Credentials = Pick<ParsedRequest, 'user' | 'localUser' | 'password'>

/** An idle connection keeps no larger buffer than this. */
const keptBuffer = 4096

/**
 * The sending half of the Connexion gateway's protocol: `*( [U len value] [A len value] [P len value]
 * record [NUL] )`, in any order and with blanks between. Both dialects of lengths are read: one octet, 64
 * above the length, and one to three decimal digits. However the bytes are cut, the same comes out.
 * `limit` is the most bytes of one message, header and filler included.
 */
export function gatewayParser(limit: number): GatewayParser {
  let buffer: Uint8Array = new Uint8Array(0)
  let start = 0
  let end = 0
  let readings: readonly Reading[] = []
  /** What the reading that came furthest failed at. */
  let furthest: { readonly at: number; readonly failure: Unreadable } | null = null
  let filler = 0
  let nul: 'ends-record' | 'is-notice' | 'noticed' = 'is-notice'
  let credentials: Credentials = { user: '', localUser: '', password: secretOf('') }
  let refused = false

  const view = () => buffer.subarray(start, end)

  function consume(count: number): void {
    start += count
    if (start < end) return
    start = end = 0
    if (buffer.length > keptBuffer) buffer = new Uint8Array(0)
  }

  function refuse(failure: Unreadable): Refusal {
    refused = true
    buffer = new Uint8Array(0)
    start = end = 0
    readings = []
    return { kind: 'refusal', failure }
  }

  /** What stands before the first token of a message; nothing where more bytes are needed. */
  function begin(): Notice | Refusal | 'begun' | null {
    for (;;) {
      const { at, needs } = passFiller(view(), 0)
      filler += at
      consume(at)
      if (filler > limit) return refuse({ code: 'TOO_LARGE', limit })
      if (needs > 0) return null
      if (buffer[start] !== NUL) break
      filler++
      consume(1)
      const was = nul
      nul = was === 'ends-record' ? 'is-notice' : 'noticed'
      if (was === 'is-notice') return { kind: 'notice', notice: 'nul' }
    }
    const zeros = leadingZeros(view())
    if (zeros === 5) {
      consume(5)
      return { kind: 'notice', notice: 'zeros' }
    }
    if (zeros === end - start) return null
    readings = [firstReading]
    furthest = null
    return 'begun'
  }

  function followAll(): ParsedRequest | Refusal | null {
    const bytes = view()
    const live: Reading[] = []
    const open = readings.toReversed()
    let whole: { readonly end: number; readonly reading: Reading } | null = null
    for (let reading = open.pop(); reading; reading = open.pop()) {
      if (bytes.length < reading.needs) {
        live.push(reading)
        continue
      }
      const step = follow(reading, bytes, limit)
      if (step.to === 'readings') open.push(...step.readings.toReversed())
      else if (step.to === 'record') {
        if (whole === null || step.end < whole.end) whole = step
      } else if (furthest === null || step.at > furthest.at) furthest = step
    }
    if (whole) return take(bytes, whole.reading, whole.end)
    readings = live
    return live.length === 0 && furthest ? refuse(furthest.failure) : null
  }

  function take(bytes: Uint8Array, { fields, at }: Reading, to: number): ParsedRequest {
    if (fields.length > 0) credentials = credentialsOf(fields, bytes)
    const header = maskedHeader(fields, bytes)
    const record = bytes.slice(at, to)
    consume(to)
    readings = []
    filler = 0
    nul = 'ends-record'
    return { kind: 'request', ...credentials, header, record }
  }

  function quiet(): Refusal | null {
    if (furthest?.failure.code === 'LENGTH_MISMATCH' && readings.length > 0) return refuse(furthest.failure)
    const bytes = view()
    for (const reading of readings) {
      const failure = endedTooSoon(reading, bytes)
      if (failure) return refuse(failure)
    }
    return null
  }

  return {
    push(bytes) {
      if (refused) return
      if (end + bytes.length > buffer.length) {
        const size = end - start + bytes.length
        const larger = size <= buffer.length ? buffer : new Uint8Array(Math.max(size, 2 * (end - start)))
        larger.set(view())
        buffer = larger
        end -= start
        start = 0
      }
      buffer.set(bytes, end)
      end += bytes.length
    },
    next() {
      if (refused) return null
      if (readings.length === 0) {
        const begun = begin()
        if (begun !== 'begun') return begun
      }
      return followAll()
    },
    quiet,
    finish() {
      if (readings.length === 0 && end === start) return null
      return quiet() ?? refuse({ code: 'BAD_REQUEST', why: 'The connection ended before the record did.' })
    },
    isReceiving: () => readings.length > 0 || end > start,
    buffered: () => end - start,
  }
}

function leadingZeros(bytes: Uint8Array): number {
  let count = 0
  while (count < 5 && bytes[count] === 0x30) count++
  return count
}

/** A header replaces the one before it as a whole, so that parts of two logons never meet. */
function credentialsOf(fields: readonly HeaderField[], bytes: Uint8Array): Credentials {
  const value = (tag: HeaderField['tag']) => {
    const field = fields.find((each) => each.tag === tag)
    return field ? textOf(bytes.subarray(field.from, field.to)) : ''
  }
  return { user: value('U'), localUser: value('A'), password: secretOf(value('P')) }
}

/** UTF-8 where it is that; else each byte is a character of Latin 1. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new TextDecoder('latin1').decode(bytes)
  }
}
