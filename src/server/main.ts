import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type ServerAddress } from '../db/database.ts'
import { makeDataDir } from '../db/data-dir.ts'
import { startEmbedded } from '../db/embedded.ts'
import { migrate } from '../db/migrate.ts'
import { checkServer } from '../db/server-check.ts'
import { prepareWebRole } from '../db/web-role.ts'
import { rebuildDerived } from '../catalog/rebuild-derived.ts'
import { setUpCatalogue } from '../import/setup.ts'
import { removeAbandoned } from '../import/store.ts'
import { inviteFirst } from '../people/invitation.ts'
import { type App, buildApp } from './app.ts'
import { setUpConsortium } from './demo/consortium.ts'
import { openDestinations } from './demo/exports.ts'
import { personas } from './demo/personas.ts'
import { isDemoLoaded, seedDemo } from './demo/seed.ts'
import type { Gateway } from './api/gateway.ts'
import { type GatewayPlace, type GatewayProcess, noGateway, startGateway } from './gateway-process.ts'
import { openProvider, type ProviderSettings } from '../people/identity-provider.ts'
import { startImporter } from './importer-process.ts'
import type { KeptProcess } from './kept-process.ts'
import { listenNear } from './port.ts'
import { readVersion } from './version.ts'

export type ServerOptions = {
  readonly dataDir: string
  /** A PostgreSQL server to use instead of the embedded one. */
  readonly url?: string
  /** 8080 by default; the next free one where it is taken. 0 is any. */
  readonly port?: number
  /** Only this machine is listened to: others come by a proxy. */
  readonly host?: '127.0.0.1' | '::1'
  /** The address by which people reach it through a proxy of this machine, as `https://catalogue.example.org`. */
  readonly publicUrl?: string
  /** By which people may sign in too; not in the demo. */
  readonly provider?: ProviderSettings
  readonly demo?: boolean
  /** Whether jobs are run here too, in a process of their own. */
  readonly importer?: boolean
  /** Where the OCLC gateway listens, in a process of its own; without it there is none. */
  readonly gateway?: GatewayPlace
  /** What is logged, on stderr: stdout belongs to whoever started the server. */
  readonly log?: 'silent' | 'warn' | 'info' | 'debug'
}

export type RunningServer = {
  /** As `http://127.0.0.1:8080`. */
  readonly address: string
  /** Where nobody can sign in yet: the address by which the first person comes to be. */
  readonly firstLink: string | null
  /** Resolves when the demo's files are loaded, which an importer has to do; at once where there is no demo. */
  readonly ready: Promise<void>
  /** Resolves when the gateway listens, or it is known why it does not. */
  readonly gateway: Promise<Gateway>
  /** The demo's files were not, or not all, loaded at the start. */
  readonly isLoading: boolean
  /** Stops web, gateway, importer and database, in this order; twice is once. */
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Starts everything: database, first set-up, web, importer, gateway. What had started is stopped again where a part fails. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const {
    dataDir,
    url,
    port = 8080,
    host = '127.0.0.1',
    demo = false,
    importer = true,
    gateway,
    log = 'info',
    publicUrl,
    provider,
  } = options
  const started: (() => Promise<void>)[] = []
  let stopping: Promise<void> | null = null
  const stop = () => (stopping ??= stopAll(started))
  try {
    const address = await openDatabase(dataDir, url, started)
    const db = connect(address, { applicationName: 'accession web' })
    started.push(() => db.close())
    if (url !== undefined) for (const warning of await checkServer(db)) process.stderr.write(`${warning}\n`)
    await migrate(db)
    await prepareWebRole(db)
    await rebuildDerived(db, (text) => void process.stderr.write(`${text}\n`))
    await (demo ? setUpConsortium(db) : setUpCatalogue(db))
    const secrets = demo ? await openDestinations(db, gateway !== undefined) : new Map<string, string>()
    await removeAbandoned(dataDir)

    let importing: KeptProcess | null = null
    let exporting: GatewayProcess | null = null
    const context = {
      db,
      address,
      dataDir,
      version: await readVersion(),
      demo,
      signIn: demo ? ({ by: 'persona', personas } as const) : ({ by: 'password' } as const),
      webDir: join(root, 'dist/web'),
      gateway: () => exporting?.state() ?? noGateway,
      demoSecrets: new Map(secrets),
      hosts: publicUrl === undefined ? [] : [new URL(publicUrl).hostname],
      ...(provider === undefined || demo ? {} : { provider: openProvider(provider) }),
    }
    const first = demo ? null : await inviteFirst(db)
    const app = await buildApp(context, { log })
    started.push(async () => importing?.stop())
    started.push(async () => exporting?.stop())
    started.push(() => closeWeb(app))
    const found = await listenNear(app, host, port)
    if (importer) importing = startImporter({ address, dataDir }, app.log)
    if (gateway) exporting = startGateway({ address, place: gateway }, app.log)
    const ending = new AbortController()
    const demoGateway = exporting === null ? null : { settled: exporting.settled, secrets }
    const isLoading = demo && !(await isDemoLoaded(db))
    const ready = demo ? seedDemo(db, dataDir, ending.signal, demoGateway) : Promise.resolve()
    // Whoever waits for it hears of a failure; a server that nobody waits for goes on without the rest of the demo.
    const told = ready.catch((error: unknown) => app.log.error(error, 'the demo could not be loaded'))
    started.push(async () => {
      ending.abort()
      await told
    })
    const site = `http://${host.includes(':') ? `[${host}]` : host}:${found}`
    return {
      address: site,
      firstLink: first === null ? null : `${publicUrl ?? site}/welcome/${first}`,
      ready,
      isLoading,
      gateway: exporting?.settled ?? Promise.resolve(noGateway),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Lets answers in progress end; downloads and uploads that take longer are cut off. */
async function closeWeb(app: App): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), 5000)
  await app.close()
  clearTimeout(cut)
}

/** The last that started first. */
async function stopAll(started: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of started.toReversed()) await stop()
}

async function openDatabase(
  dataDir: string,
  url: string | undefined,
  started: (() => Promise<void>)[],
): Promise<ServerAddress | string> {
  if (url !== undefined) {
    await makeDataDir(dataDir, 0o700)
    return url
  }
  const embedded = await startEmbedded(dataDir, { exclusive: true })
  started.push(() => embedded.stop())
  return embedded.address
}
