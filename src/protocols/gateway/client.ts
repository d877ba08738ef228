import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { decimalHeader, desktopHeader, type SentFields } from './header.ts'
import type { Secret } from './secret.ts'

/** A destination as Connexion knows it, and how this sending differs from the plainest. */
export type SendOptions = {
  readonly host: string
  readonly port: number
  /** TLS, with the certificate that is trusted beside the well-known ones, in PEM. */
  readonly tls?: { readonly ca?: string }
  /** Fields are sent in this order where they are not null: user, logon, password. */
  readonly user?: string | null
  readonly logon?: string | null
  readonly password?: Secret | null
  /** How lengths of fields are written. `raw` sends no header at all. */
  readonly dialect?: 'desktop' | 'decimal' | 'raw'
  /** NUL after each record. */
  readonly nul?: boolean
  /** A blank before each field and before the record. */
  readonly blanks?: boolean
  /** Telnet negotiation at the start of a connection. */
  readonly telnet?: boolean
  /** The header with every record, not with the first of a connection alone. */
  readonly repeatHeader?: boolean
  /** All records at once, then all replies. */
  readonly pipelined?: boolean
  /** A new connection for every record. */
  readonly reconnect?: boolean
  /** Pieces of so many bytes, each in a segment of its own, with a pause between. */
  readonly drip?: { readonly bytes: number; readonly ms: number } | null
  /** Added to the length in the leader. */
  readonly lengthOff?: number
  /** The record without its last byte, the record terminator. */
  readonly unterminated?: boolean
  /** As in Connexion's settings, but milliseconds. */
  readonly timeoutMs?: number
  readonly retries?: number
  readonly delayMs?: number
}

export type SentRecord = {
  /** The place of the record among those sent, from 0. */
  readonly index: number
  /** The reply without its NUL; nothing where none came, and the client says `retriesExceeded`. */
  readonly reply: string | null
  readonly attempts: number
  /** From the first byte of the last attempt to the whole reply. */
  readonly ms: number
  /** Why the last attempt had no reply. */
  readonly trouble: string | null
}

/** What Connexion shows where nothing came back. The words are the client's own; no server sends them. */
export const retriesExceeded = 'The local system has closed the connection, retries exceeded.'

/** A reply is a few lines. */
const longestReply = 1024 * 1024

/**
 * Sends records as Connexion does, and yields what came back for each, in order. A record without a
 * reply is sent again on a new connection, `retries` times; then the next one has its turn.
 */
export async function* sendRecords(
  records: readonly Uint8Array[],
  options: SendOptions,
): AsyncGenerator<SentRecord> {
  const { retries = 3, delayMs = 0, timeoutMs = 100_000, pipelined = false, reconnect = false } = options
  let line: Line | null = null
  let attempts = 0
  try {
    for (let index = 0; index < records.length; ) {
      const upTo: number = pipelined ? records.length : index + 1
      attempts++
      const startedAt = performance.now()
      try {
        line ??= await openLine(options, timeoutMs)
        await line.send(records.slice(index, upTo))
        while (index < upTo) {
          const reply = await line.reply(timeoutMs)
          yield { index, reply, attempts, ms: performance.now() - startedAt, trouble: null }
          index++
          attempts = 1
        }
        attempts = 0
        if (reconnect) {
          line.close()
          line = null
        }
      } catch (error) {
        line?.close()
        line = null
        if (!(error instanceof Error)) throw error
        if (attempts <= retries) {
          await delay(delayMs)
          continue
        }
        yield { index, reply: null, attempts, ms: performance.now() - startedAt, trouble: error.message }
        index++
        attempts = 0
      }
    }
  } finally {
    line?.close()
  }
}

/** The bytes of one record as they go out, header included where there is one. */
function encodeSending(record: Uint8Array, options: SendOptions, withHeader: boolean): Uint8Array {
  const { nul = true, blanks = false, lengthOff = 0, unterminated = false } = options
  const parts: Uint8Array[] = withHeader ? headerParts(options) : []
  parts.push(withLength(unterminated ? record.subarray(0, -1) : record, record, lengthOff))
  const blank = Uint8Array.of(0x20)
  const spaced = blanks ? parts.flatMap((part) => [blank, part]) : parts
  return Buffer.concat(nul ? [...spaced, Uint8Array.of(0)] : spaced)
}

function headerParts({ user, logon, password, dialect = 'desktop' }: SendOptions): Uint8Array[] {
  if (dialect === 'raw') return []
  const encode = dialect === 'desktop' ? desktopHeader : decimalHeader
  const fields: [string, string | null | undefined][] = [
    ['U', user],
    ['A', logon],
    ['P', password?.reveal()],
  ]
  return fields.flatMap(([tag, value]) =>
    value == null ? [] : [encode([[tag, value]] satisfies SentFields)],
  )
}

function withLength(sent: Uint8Array, record: Uint8Array, off: number): Uint8Array {
  if (off === 0) return sent
  const length = String(Math.max(0, record.length + off)).padStart(5, '0')
  return Buffer.concat([new TextEncoder().encode(length), sent.subarray(5)])
}

/** DO and WILL of the terminal type, as a telnet client opens (RFC 854, RFC 1091). */
const telnetOpening = Uint8Array.of(0xff, 0xfd, 0x18, 0xff, 0xfb, 0x18)

type Line = {
  send(records: readonly Uint8Array[]): Promise<void>
  /** @throws where the reply does not come in time, or the connection closes before it is whole */
  reply(timeoutMs: number): Promise<string>
  close(): void
}

async function openLine(options: SendOptions, timeoutMs: number): Promise<Line> {
  const socket = await opened(options, timeoutMs)
  const { telnet = false, repeatHeader = false, drip = null } = options
  let pending: Uint8Array = new Uint8Array(0)
  let trouble: Error | null = null
  let wake = () => {}
  let isFirst = true
  socket.on('data', (chunk: Uint8Array) => {
    pending = Buffer.concat([pending, chunk])
    if (pending.length > longestReply) socket.destroy(new Error('The reply has no end.'))
    wake()
  })
  const ended = (error?: Error) => {
    trouble ??= error ?? new Error('The connection was closed before the reply was whole.')
    wake()
  }
  socket
    .on('error', ended)
    .on('end', () => ended())
    .on('close', () => ended())

  return {
    async send(records) {
      const parts = records.map((record) => {
        const withHeader = isFirst || repeatHeader
        const opening = isFirst && telnet ? telnetOpening : new Uint8Array(0)
        isFirst = false
        return Buffer.concat([opening, encodeSending(record, options, withHeader)])
      })
      const bytes = Buffer.concat(parts)
      if (!drip) return void socket.write(bytes)
      for (let at = 0; at < bytes.length && socket.writable; at += drip.bytes) {
        socket.write(bytes.subarray(at, at + drip.bytes))
        await delay(drip.ms)
      }
    },
    async reply(ms) {
      const until = performance.now() + ms
      for (;;) {
        const nul = pending.indexOf(0)
        if (nul !== -1) {
          const reply = new TextDecoder().decode(pending.subarray(0, nul))
          pending = pending.slice(nul + 1)
          return reply
        }
        if (trouble) throw trouble
        const left = until - performance.now()
        if (left <= 0) throw new Error(`No reply came within ${ms} ms.`)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    },
    close: () => socket.destroy(),
  }
}

async function opened({ host, port, tls }: SendOptions, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = tls
    ? connectTls({ host, port, servername: host, ...(tls.ca === undefined ? {} : { ca: tls.ca }) }, resolve)
    : connect({ host, port }, resolve)
  const timer = setTimeout(() => reject(new Error(`No connection within ${timeoutMs} ms.`)), timeoutMs)
  socket.once('error', reject)
  try {
    await promise
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    socket.removeListener('error', reject)
  }
  socket.setNoDelay(true)
  return socket
}
