import { connect } from 'node:net'
import type { GatewayAnswer, GatewayRequest, ImportRecord } from '../src/protocols/gateway/answer.ts'
import type { Clock } from '../src/protocols/gateway/clock.ts'
import type { GatewayEvent } from '../src/protocols/gateway/live.ts'
import { type GatewayOptions, type GatewayServer, listenGateway } from '../src/protocols/gateway/server.ts'

/** A clock that stands still until it is moved. */
export type HandClock = Clock & { advance(ms: number): void }

function handClock(): HandClock {
  let now = 0
  const calls = new Set<{ readonly at: number; readonly call: () => void }>()
  return {
    now: () => now,
    after(ms, call) {
      const entry = { at: now + ms, call }
      calls.add(entry)
      return () => calls.delete(entry)
    },
    advance(ms) {
      now += ms
      for (const entry of calls)
        if (entry.at <= now) {
          calls.delete(entry)
          entry.call()
        }
    },
  }
}

/** One client's end of a connection: bytes out, replies in. */
export type Peer = {
  send(bytes: string | Uint8Array): void
  /** The next reply, up to its NUL; nothing where the server closed instead. */
  reply(): Promise<string | null>
  /** Resolves when the server has closed, with what came and was not taken as a reply. */
  closed(): Promise<string>
  /** Closes the sending half. */
  end(): void
  vanish(): void
}

/** Characters are bytes. */
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (each) => each.charCodeAt(0))

export async function openPeer(port: number, localAddress = '127.0.0.1'): Promise<Peer> {
  const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true })
  socket.setNoDelay(true)
  let came = ''
  let isClosed = false
  let wake = () => {}
  const over = () => {
    isClosed = true
    socket.destroy()
    wake()
  }
  socket.on('data', (chunk: Uint8Array) => {
    came += new TextDecoder().decode(chunk)
    wake()
  })
  // A reset is a close, too: what counts is what came before it.
  socket.on('end', over).on('close', over).on('error', over)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  return {
    send: (bytes) => void socket.write(typeof bytes === 'string' ? bytesOf(bytes) : bytes),
    async reply() {
      for (;;) {
        const nul = came.indexOf('\0')
        if (nul !== -1) {
          const text = came.slice(0, nul)
          came = came.slice(nul + 1)
          return text
        }
        if (isClosed) return null
        await change()
      }
    },
    async closed() {
      while (!isClosed) await change()
      return came
    },
    end: () => void socket.end(),
    vanish: () => void socket.resetAndDestroy(),
  }
}

/** A gateway in front of a handler that the test wrote, with what it was asked and what it told. */
export type TestGateway = {
  readonly port: number
  readonly server: GatewayServer
  readonly clock: HandClock
  readonly asked: readonly GatewayRequest[]
  readonly events: readonly GatewayEvent[]
  /** Resolves when an event has come, or had come, that is looked for. */
  seen(isIt: (event: GatewayEvent) => boolean, times?: number): Promise<void>
  /** Resolves when the handler has been asked so many times. */
  handed(times: number): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function openTestGateway(
  answer: (request: GatewayRequest, signal: AbortSignal) => GatewayAnswer | Promise<GatewayAnswer>,
  options: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const clock = handClock()
  const asked: GatewayRequest[] = []
  const events: GatewayEvent[] = []
  let look = () => {}
  const importRecord: ImportRecord = async (request, signal) => {
    asked.push(request)
    look()
    return answer(request, signal)
  }
  const server = await listenGateway({
    importRecord,
    host: '127.0.0.1',
    port: 0,
    clock,
    ...options,
    onEvent(event) {
      events.push(event)
      look()
    },
  })
  const change = () =>
    new Promise<void>((resolve) => {
      look = resolve
    })
  return {
    port: server.port,
    server,
    clock,
    asked,
    events,
    async seen(isIt, times = 1) {
      while (events.filter(isIt).length < times) await change()
    },
    async handed(times) {
      while (asked.length < times) await change()
    },
    async [Symbol.asyncDispose]() {
      const stopped = server.stop()
      // Whoever is still connected is waited for by the clock, which only we move.
      const moving = setInterval(() => clock.advance(60_000), 5)
      await stopped
      clearInterval(moving)
    },
  }
}
