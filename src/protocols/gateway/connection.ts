import type { Socket } from 'node:net'
import type { GatewayAnswer, GatewayRequest } from './answer.ts'
import type { Clock } from './clock.ts'
import type { Desk } from './desk.ts'
import type { GatewayLimits } from './limits.ts'
import type { GatewayEvent, LiveConnection } from './live.ts'
import { gatewayParser, type ParsedRequest } from './parse.ts'
import { encodeReply } from './reply.ts'

export type ConnectionOptions = {
  readonly socket: Socket
  readonly opened: Pick<LiveConnection, 'id' | 'address' | 'secure' | 'since'>
  readonly desk: Desk
  readonly limits: GatewayLimits
  readonly clock: Clock
  /** Tells what the connection holds in memory, in bytes; false where its source holds too much. */
  readonly hold: (bytes: number) => boolean
  readonly emit: (event: GatewayEvent) => void
}

export type Connection = {
  live(): LiveConnection
  /** After the reply that is due, if one is. */
  leave(): void
  /** Talks until the connection is closed. */
  run(): Promise<void>
}

/**
 * One client: a record, its reply, the next record. While a record is imported nothing more is taken
 * from the socket than its own small buffer holds. The client closes; we do where it said goodbye,
 * fell silent for too long, or sent what cannot be read.
 */
export function converse(options: ConnectionOptions): Connection {
  const { socket, opened, desk, limits, clock, hold, emit } = options
  const parser = gatewayParser(limits.message)
  let live: LiveConnection = { ...opened, state: 'idle', user: '', logon: '', answered: 0, last: null }
  let wake = () => {}
  let isLeaving = false
  let hasEnded = false
  let saidGoodbye = false

  const rouse = () => wake()
  const endOfInput = () => {
    hasEnded = true
    rouse()
  }
  socket.on('readable', rouse).on('end', endOfInput).on('drain', rouse).on('close', rouse)
  // An error is followed by 'close'; there is nobody left to tell.
  socket.on('error', () => {})
  socket.setNoDelay(true)

  function become(change: Partial<LiveConnection>): void {
    live = { ...live, ...change }
    emit({ kind: 'changed', connection: live })
  }

  /** Until something happens to the socket, but not longer. */
  async function pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    wake = resolve
    const callOff = clock.after(ms, resolve)
    await promise
    callOff()
    wake = () => {}
  }

  async function reply(answer: GatewayAnswer, request: ParsedRequest | null, since: number): Promise<void> {
    live = {
      ...live,
      state: 'idle',
      answered: live.answered + (request ? 1 : 0),
      last: answer.kind === 'imported' ? answer.outcome : answer.code,
    }
    emit({
      kind: 'answered',
      connection: live,
      request: request && {
        user: live.user,
        logon: live.logon,
        header: request.header,
        bytes: request.record.length,
      },
      answer,
      ms: clock.now() - since,
    })
    if (!socket.writable) return
    socket.write(encodeReply(answer))
    const until = clock.now() + limits.replyMs
    while (socket.writableNeedDrain && !socket.destroyed) {
      if (clock.now() >= until) socket.destroy()
      else await pause(until - clock.now())
    }
  }

  /** Answers one record; false where the connection cannot go on. */
  async function serve(parsed: ParsedRequest): Promise<boolean> {
    const since = clock.now()
    const { user, localUser, password, header, record } = parsed
    const logon = localUser === '' ? user : localUser
    become({ state: 'importing', user, logon })
    const request: GatewayRequest = {
      address: live.address,
      user,
      logon,
      password,
      header,
      record,
      receivedAt: new Date(),
    }
    const answer: GatewayAnswer | null = hold(parser.buffered() + record.length)
      ? await desk.answer(request)
      : { kind: 'failed', code: 'TOO_MANY_CONNECTIONS' }
    hold(parser.buffered())
    if (answer === null) {
      socket.destroy()
      return false
    }
    await reply(answer, parsed, since)
    // An import that was given up may still be under way, and the next record must not overtake it.
    return (
      answer.kind === 'imported' || (answer.code !== 'TIMED_OUT' && answer.code !== 'TOO_MANY_CONNECTIONS')
    )
  }

  async function talk(): Promise<void> {
    let heardAt = clock.now()
    let restedAt = heardAt
    let receivingSince: number | null = null
    let isQuietTold = false
    while (!socket.destroyed && !isLeaving) {
      const parsed = parser.next()
      if (parsed?.kind === 'request') {
        saidGoodbye = false
        receivingSince = null
        if (!(await serve(parsed))) return
        heardAt = restedAt = clock.now()
        continue
      }
      if (parsed?.kind === 'refusal') return reply({ kind: 'failed', ...parsed.failure }, null, heardAt)
      if (parsed?.notice === 'zeros') return
      if (parsed) {
        saidGoodbye = true
        continue
      }
      const chunk: unknown = socket.read()
      if (chunk instanceof Uint8Array) {
        heardAt = clock.now()
        isQuietTold = false
        parser.push(chunk)
        continue
      }
      const refusal = hasEnded ? parser.finish() : null
      if (refusal) return reply({ kind: 'failed', ...refusal.failure }, null, heardAt)
      if (hasEnded) return
      if (!hold(parser.buffered()))
        return reply({ kind: 'failed', code: 'TOO_MANY_CONNECTIONS' }, null, heardAt)

      const now = clock.now()
      if (!parser.isReceiving()) {
        receivingSince = null
        const until = saidGoodbye ? heardAt + limits.quietMs : restedAt + limits.idleMs
        if (now >= until) return
        await pause(until - now)
        continue
      }
      if (receivingSince === null) {
        receivingSince = now
        become({ state: 'receiving' })
      }
      const deadline = receivingSince + limits.messageMs
      if (now >= deadline) {
        const seconds = Math.round(limits.messageMs / 1000)
        return reply({ kind: 'failed', code: 'TIMED_OUT', during: 'sending', seconds }, null, receivingSince)
      }
      const quietAt = heardAt + limits.quietMs
      if (now >= quietAt && !isQuietTold) {
        isQuietTold = true
        const early = parser.quiet()
        if (early) return reply({ kind: 'failed', ...early.failure }, null, heardAt)
      }
      await pause((isQuietTold ? deadline : Math.min(deadline, quietAt)) - now)
    }
  }

  /** Closes so that the last reply still arrives: what the client goes on sending is taken for a while. */
  async function hangUp(): Promise<void> {
    if (socket.destroyed) return
    become({ state: 'closing' })
    let taken = 0
    socket.removeListener('readable', rouse)
    socket.on('data', (chunk: Uint8Array) => {
      taken += chunk.length
      if (taken > limits.lingerBytes) socket.destroy()
    })
    socket.resume()
    socket.end()
    const until = clock.now() + limits.lingerMs
    while (!socket.destroyed && clock.now() < until) await pause(until - clock.now())
    socket.destroy()
  }

  return {
    live: () => live,
    leave() {
      isLeaving = true
      rouse()
    },
    async run() {
      await talk()
      await hangUp()
    },
  }
}
