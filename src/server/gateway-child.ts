import { setTimeout as delay } from 'node:timers/promises'
import { connect } from '../db/database.ts'
import { errorCode, isDataError } from '../db/errors.ts'
import { openGateway } from '../import/gateway-import.ts'
import type { GatewayEvent } from '../protocols/gateway/live.ts'
import { type GatewayServer, listenGateway } from '../protocols/gateway/server.ts'
import type { GatewayMessage, GatewayNews, GatewayPlace, GatewayStart } from './gateway-process.ts'

/*
 * The process of the OCLC gateway. It ends on SIGTERM, and when the server that started it is no more.
 */
const ending = new AbortController()
const end = () => ending.abort()
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
process.once('message', (start: GatewayStart) => {
  run(start).catch((error: unknown) => {
    say(`The gateway ended: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
    process.disconnect?.()
  })
})

/** Between two tries at a port that cannot be had, and between two tellings of who is connected. */
const tryEvery = 10_000
const tellEvery = 500

/** Connections that are told one by one, the newest: a flood is told by its number. */
const mostTold = 500

function send(message: GatewayMessage): void {
  if (process.connected) process.send?.(message)
}

const say = (log: string) => send({ log })

async function run({ address, place }: GatewayStart): Promise<void> {
  const db = connect(address, { applicationName: 'accession gateway' })
  try {
    const server = await listenAtLast(place, (onEvent) =>
      listenGateway({ ...place, importRecord: openGateway(db), onEvent }),
    )
    if (server) await server.stop()
  } finally {
    await db.close()
  }
  if (process.connected) process.disconnect()
}

/** Listens until the process is to end; a port that is taken is tried again and again, and said once. */
async function listenAtLast(
  place: GatewayPlace,
  listen: (onEvent: (event: GatewayEvent) => void) => Promise<GatewayServer>,
): Promise<GatewayServer | null> {
  const never = new Promise<void>((resolve) => ending.signal.addEventListener('abort', () => resolve()))
  while (!ending.signal.aborted) {
    try {
      let hasNews = true
      const server = await listen((event) => {
        hasNews = true
        logEvent(event)
      })
      const timer = setInterval(() => {
        if (hasNews) tell(newsOf(server))
        hasNews = false
      }, tellEvery)
      tell(newsOf(server))
      await never
      clearInterval(timer)
      return server
    } catch (error) {
      const why = whyNot(error, place)
      if (why === null) throw error
      tell({ status: 'waiting', port: place.port, tlsPort: null, why, connected: 0, connections: [] })
    }
    await delay(tryEvery, undefined, { signal: ending.signal }).catch(() => undefined)
  }
  return null
}

const tell = (news: GatewayNews) => send({ news })

function newsOf(server: GatewayServer): GatewayNews {
  const connections = server.connections()
  return {
    status: 'listening',
    port: server.port,
    tlsPort: server.tlsPort,
    why: null,
    connected: connections.length,
    connections: connections.slice(-mostTold).map((one) => ({ ...one, since: one.since.toISOString() })),
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken by another program',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'is on an address that this machine does not have',
  ENOTFOUND: 'is on a host that is not known',
}

/** Why a port cannot be had, in words; nothing where it is another fault. */
function whyNot(error: unknown, { host, port, tls }: GatewayPlace): string | null {
  const reason = reasons[errorCode(error) ?? '']
  if (reason === undefined || !(error instanceof Error)) return null
  const which = 'port' in error && typeof error.port === 'number' ? error.port : port
  const option = which === tls?.port ? '--gateway-tls-port' : '--gateway-port'
  return `The OCLC gateway does not listen: port ${which} of ${host} ${reason}. All else runs, and the port is tried again every ten seconds. ${option} names another, --no-gateway does without.`
}

/**
 * What an administrator must hear of. No text of records, and no logon: who mixes up the two fields of
 * Connexion has typed the secret there.
 */
function logEvent(event: GatewayEvent): void {
  if (event.kind === 'fault')
    say(`The gateway met a fault, reference ${event.reference}: ${faultWords(event.error)}`)
  if (event.kind !== 'answered' || event.answer.kind !== 'failed') return
  const { code } = event.answer
  if (code === 'LOGON_FAILED' || code === 'ADDRESS_NOT_ALLOWED')
    say(`The gateway refused a logon from ${event.connection.address}: ${code}`)
}

/** What and where; a data error's message quotes values. */
function faultWords(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const message = isDataError(error) ? (errorCode(error) ?? '') : error.message.slice(0, 300)
  return [`${error.name} ${message}`, ...places.slice(0, 8)].join('\n')
}
