import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import type { ImportRecord } from './answer.ts'
import { backOff, plainAddress, sourceOf } from './back-off.ts'
import { type Clock, systemClock } from './clock.ts'
import { type Connection, converse } from './connection.ts'
import { openDesk } from './desk.ts'
import { type GatewayLimits, gatewayLimits } from './limits.ts'
import type { GatewayEvent, LiveConnection } from './live.ts'
import { encodeReply } from './reply.ts'

export type GatewayOptions = {
  readonly importRecord: ImportRecord
  readonly host?: string
  /** 0 for any free one. */
  readonly port: number
  /** A second port that speaks TLS; key and certificate in PEM. */
  readonly tls?: { readonly port: number; readonly key: string; readonly cert: string }
  readonly limits?: Partial<GatewayLimits>
  readonly clock?: Clock
  /** Called for everything that happens; must not throw. */
  readonly onEvent?: (event: GatewayEvent) => void
}

export type GatewayServer = {
  readonly port: number
  readonly tlsPort: number | null
  /** The connections that are open, the oldest first. */
  connections(): readonly LiveConnection[]
  /** Takes no more records, finishes the imports that are in hand, replies, and closes. */
  stop(): Promise<void>
}

/** The port that Connexion's destinations name by default. */
export const gatewayPort = 5500

type Source = { connections: number; held: number }

/**
 * The receiving half of the Connexion gateway. Resolves when the ports are open.
 * @throws the error of `net.Server.listen` where a port cannot be had
 */
export async function listenGateway(options: GatewayOptions): Promise<GatewayServer> {
  const { importRecord, host, port, tls, clock = systemClock, onEvent: emit = () => {} } = options
  const limits = { ...gatewayLimits, ...options.limits }
  const desk = openDesk({ importRecord, limits, clock, backOff: backOff(clock), emit })
  const sources = new Map<string, Source>()
  const open = new Map<number, { readonly connection: Connection; readonly ended: Promise<void> }>()
  const turnedAway = encodeReply({ kind: 'failed', code: 'TOO_MANY_CONNECTIONS' })
  const sockets = new Set<Socket>()
  let lastId = 0

  /** Counts a connection in, until its socket closes; nothing where there are too many. */
  function admit(socket: Socket): boolean {
    const key = keyOf(socket)
    const source = sources.get(key) ?? { connections: 0, held: 0 }
    if (sockets.size >= limits.connections || source.connections >= limits.connectionsPerSource) return false
    sources.set(key, source)
    source.connections++
    sockets.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      source.connections--
      if (source.connections === 0) sources.delete(key)
    })
    return true
  }

  function welcome(socket: Socket, secure: boolean): void {
    const source = sources.get(keyOf(socket))
    // Gone again, before it had a turn.
    if (!source) return void socket.destroy()
    const id = ++lastId
    let held = 0
    const connection = converse({
      socket,
      opened: { id, address: plainAddress(socket.remoteAddress ?? ''), secure, since: new Date() },
      desk,
      limits,
      clock,
      hold(bytes) {
        source.held += bytes - held
        held = bytes
        return source.held <= limits.heldPerSource
      },
      emit,
    })
    const ended = Promise.withResolvers<void>()
    open.set(id, { connection, ended: ended.promise })
    emit({ kind: 'opened', connection: connection.live() })
    void connection
      .run()
      .catch((error: unknown) => {
        socket.destroy()
        emit({ kind: 'fault', reference: `connection ${id}`, error })
      })
      .finally(() => {
        open.delete(id)
        source.held -= held
        emit({ kind: 'closed', connection: connection.live() })
        ended.resolve()
      })
  }

  function turnAway(socket: Socket, words: Uint8Array | null): void {
    emit({ kind: 'turned-away', address: plainAddress(socket.remoteAddress ?? '') })
    socket.on('error', () => {})
    if (words) socket.end(words)
    socket.destroySoon()
  }

  // Half-open: a client may close its sending half at once and still wait for the reply.
  const sockOptions = { allowHalfOpen: true, highWaterMark: 16 * 1024, keepAlive: true }
  const plain = createServer(sockOptions, (socket) => {
    if (admit(socket)) welcome(socket, false)
    else turnAway(socket, turnedAway)
  })

  function secureServer({ key, cert }: { readonly key: string; readonly cert: string }): Server {
    const server = createTlsServer({ ...sockOptions, key, cert, handshakeTimeout: limits.messageMs })
    // Counted before the handshake, which is the dearest part.
    server.on('connection', (socket: Socket) => {
      if (!admit(socket)) turnAway(socket, null)
    })
    server.on('secureConnection', (socket: TLSSocket) => welcome(socket, true))
    server.on('tlsClientError', (_error, socket) => socket.destroy())
    return server
  }

  const secured = tls ? secureServer(tls) : null
  const servers = secured ? [plain, secured] : [plain]
  try {
    await listen(plain, port, host)
    if (secured && tls) await listen(secured, tls.port, host)
  } catch (error) {
    for (const server of servers) server.close()
    throw error
  }
  // Such as no file descriptor left for one more connection; the server goes on.
  for (const server of servers)
    server.on('error', (error) => emit({ kind: 'fault', reference: 'listener', error }))
  return {
    port: portOf(plain),
    tlsPort: secured && portOf(secured),
    connections: () => [...open.values()].map(({ connection }) => connection.live()),
    async stop() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)))
      const callOff = clock.after(limits.stopMs, () => desk.giveUp())
      for (const { connection } of open.values()) connection.leave()
      await Promise.all([...open.values()].map(({ ended }) => ended))
      callOff()
      // Those that never became a connection: a handshake that has not ended.
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}

const keyOf = (socket: Socket) => sourceOf(plainAddress(socket.remoteAddress ?? ''))

const listen = (server: Server, port: number, host: string | undefined) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host }, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string')
    throw new Error('a server that listens on TCP has a port')
  return address.port
}
