import type { FastifyBaseLogger } from 'fastify'
import type { ServerAddress } from '../db/database.ts'
import { gatewayPort } from '../protocols/gateway/server.ts'
import type { Gateway } from './api/gateway.ts'
import { keepProcess, type KeptProcess } from './kept-process.ts'

/** Where the gateway listens; certificate and key are PEM. */
export type GatewayPlace = {
  readonly host: string
  readonly port: number
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string }
}

export type GatewayStart = { readonly address: ServerAddress | string; readonly place: GatewayPlace }

/** What the gateway's process tells: all of its state, whenever that has changed. */
export type GatewayNews = Pick<Gateway, 'status' | 'port' | 'tlsPort' | 'why' | 'connected' | 'connections'>

/** What it says over its channel: its state, or words for the log. */
export type GatewayMessage = { readonly news: GatewayNews } | { readonly log: string }

export type GatewayProcess = KeptProcess & {
  /** As it was told last. */
  state(): Gateway
  /** Resolves when it listens, or says why it does not. */
  readonly settled: Promise<Gateway>
}

const program = new URL('gateway-child.ts', import.meta.url)

/**
 * Little that is new is kept waiting: a reply is as fast, and a flood of connections, each of which lives
 * for a moment, does not leave the process large.
 */
const gatewayFlags: readonly string[] = ['--max-semi-space-size=2']

/**
 * Runs the gateway in a process of its own: its replies wait neither for the web nor for the importer, and a
 * fault of either leaves it standing.
 */
export function startGateway(start: GatewayStart, log: FastifyBaseLogger): GatewayProcess {
  const { host, port } = start.place
  const starting = {
    status: 'waiting',
    host,
    port,
    tlsPort: null,
    why: 'It is being started.',
    connected: 0,
    connections: [],
  } as const
  let state: Gateway = starting
  const first = Promise.withResolvers<Gateway>()
  const kept = keepProcess(
    {
      name: 'gateway',
      program,
      flags: gatewayFlags,
      start,
      heard(message) {
        const said = message as GatewayMessage
        if ('log' in said) return log.warn(said.log)
        state = { host, ...said.news }
        first.resolve(state)
      },
      ended() {
        state = starting
      },
    },
    log,
  )
  return { stop: kept.stop, state: () => state, settled: first.promise }
}

/** Of a server that runs none. */
export const noGateway: Gateway = {
  status: 'off',
  host: '127.0.0.1',
  port: gatewayPort,
  tlsPort: null,
  why: 'This server was started without the gateway.',
  connected: 0,
  connections: [],
}
