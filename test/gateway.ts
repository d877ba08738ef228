import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { after } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ServerAddress } from '../src/db/database.ts'
import type { IntegrationSettings } from '../src/import/integration-profile.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { type SendOptions, sendRecords } from '../src/protocols/gateway/client.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import type { ImportProfile } from '../src/rules/import-profile.ts'
import type { Gateway } from '../src/server/api/gateway.ts'
import { type App, buildApp } from '../src/server/app.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import type { GatewayMessage, GatewayNews, GatewayStart } from '../src/server/gateway-process.ts'
import { testJobs } from './jobs.ts'
import { everybody } from './everybody.ts'

const program = fileURLToPath(new URL('../src/server/gateway-child.ts', import.meta.url))
const children = new Set<ChildProcess>()
after(() => children.forEach((child) => child.kill('SIGKILL')))

export type TestProcess = {
  readonly port: number
  /** What it has logged. */
  readonly logged: readonly string[]
  /** As the process told it last. */
  state(): Gateway
  /** As `kill -9` does; resolves when it is gone. */
  kill(): Promise<void>
}

/** The gateway in a process of its own, as the server starts it, on any free port; resolves when it listens. */
export async function startGatewayProcess(address: ServerAddress | string): Promise<TestProcess> {
  const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.add(child)
  const ended = once(child, 'exit').then(() => children.delete(child))
  const place = { host: '127.0.0.1', port: 0 }
  child.send({ address, place } satisfies GatewayStart)
  let news: GatewayNews | null = null
  const logged: string[] = []
  child.on('message', (message: GatewayMessage) => {
    if ('log' in message) logged.push(message.log)
    else news = message.news
  })
  const told = () => news ?? assert.fail('the gateway has told nothing')
  await once(child, 'message')
  assert.equal(told().status, 'listening', told().why ?? '')
  return {
    port: told().port,
    state: () => ({ host: place.host, ...told() }),
    logged,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What of the shipped profile is to be otherwise. */
export type ProfileChange = Partial<Omit<ImportProfile, 'onMatch'>> & {
  readonly onMatch?: Partial<ImportProfile['onMatch']>
}

export type Sending = Partial<SendOptions> & { readonly zone?: string; readonly secret?: string }

/** A catalogue with the zones NZ and IZ, its API, and the gateway before it in its own process. */
export async function testGateway() {
  const jobs = await testJobs()
  const { db, dataDir } = jobs
  let running: TestProcess | null = null
  const app: App = await buildApp(
    {
      db,
      address: db.address,
      dataDir,
      version: '0.0.0',
      demo: false,
      signIn: everybody,
      webDir: dataDir,
      gateway: () => running?.state() ?? noGateway,
      hosts: [],
    },
    { checkReplies: true },
  )
  const gateway = await startGatewayProcess(db.address)
  running = gateway
  after(() => app.close())
  const secrets = new Map<string, string>()

  async function answer<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<{ readonly status: number; readonly body: T }> {
    const reply = await app.inject({ method, url, ...(payload === undefined ? {} : { payload }) })
    return { status: reply.statusCode, body: reply.json<T>() }
  }

  /** The answer of the API, which must be a success. */
  async function api<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<T> {
    const { status, body } = await answer<T>(method, url, payload)
    assert.ok(status < 400, `${method} ${url}: ${JSON.stringify(body)}`)
    return body
  }

  /** Saves the integration profile of a zone: the shipped one, with what is to be otherwise. */
  async function open(zone: string, change: ProfileChange = {}, addresses: string[] = []): Promise<void> {
    const shipped = await api<IntegrationSettings>('GET', `/api/zones/${zone}/integration-profile/shipped`)
    const settings: IntegrationSettings = {
      ...shipped,
      addresses,
      profile: { ...shipped.profile, ...change, onMatch: { ...shipped.profile.onMatch, ...change.onMatch } },
    }
    const { secret } = await api<{ secret: string | null }>(
      'PUT',
      `/api/zones/${zone}/integration-profile`,
      settings,
    )
    if (secret !== null) secrets.set(zone, secret)
  }

  /** Sends one record as Connexion does, and answers what it shows; nothing where no reply came. */
  async function send(record: MarcRecord | Uint8Array, sending: Sending = {}): Promise<string | null> {
    const { zone = 'NZ', secret, ...options } = sending
    const bytes = record instanceof Uint8Array ? record : encodeIso2709(record).bytes
    const sent = sendRecords([bytes], {
      host: '127.0.0.1',
      port: gateway.port,
      logon: zone,
      password: secretOf(secret ?? secrets.get(zone) ?? ''),
      retries: 0,
      timeoutMs: 60_000,
      ...options,
    })
    for await (const { reply } of sent) return reply
    return null
  }

  /** The same where a reply must come, as lines. */
  async function lines(record: MarcRecord | Uint8Array, sending: Sending = {}): Promise<string[]> {
    const reply = await send(record, sending)
    assert.ok(reply !== null, 'no reply came')
    return reply.split('\n')
  }

  /** Resolves when some session waits for a lock. */
  async function waitsForLock(): Promise<void> {
    const isWaiting = () =>
      db.query(
        `select from pg_locks l join pg_database d on d.oid = l.database where not granted and datname = current_database()`,
      )
    while ((await isWaiting()).length === 0) await delay(20)
  }

  return { ...jobs, app, gateway, secrets, answer, api, open, send, lines, waitsForLock }
}

/** The number behind `MMS ID:` in a reply. */
export function mmsIdOf(reply: readonly string[]): string {
  const line = reply.find((one) => one.startsWith('MMS ID: '))
  assert.ok(line, reply.join('\n'))
  return line.slice('MMS ID: '.length)
}
