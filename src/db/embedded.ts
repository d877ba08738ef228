import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { ServerAddress } from './database.ts'
import { errorCode, isTransient } from './errors.ts'
import { makeCluster } from './embedded/cluster.ts'
import { findPlace, type Place } from './embedded/place.ts'
import {
  isAlive,
  readPostmaster,
  startPostmaster,
  stopPostmaster,
  type Started,
} from './embedded/postmaster.ts'
import { preparePrograms, type Programs } from './embedded/programs.ts'

export { defaultDataDir } from './embedded/place.ts'

export type Embedded = {
  readonly address: ServerAddress
  /** Started here, or found without anybody: else another process's server is used. */
  readonly owned: boolean
  /** Leaves the server; the last process to leave stops it. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  /** Refuses where another process has opened the data directory so: two of `accession start`, say. */
  readonly exclusive?: boolean
}

/**
 * Opens the PostgreSQL server of a data directory: makes its cluster when there is none, starts it when it
 * is not running, joins it when it is.
 *
 * Each process that uses the server holds a shared lock in it, on a connection that ends with the process
 * however that ends. Whoever leaves and then gets the lock alone was the last, and stops the server. So a
 * server whose starter was killed is found by the next process, which stops it in the end. A server that
 * dies under its users is started again by one of them.
 */
export async function startEmbedded(
  dataDir: string,
  { exclusive = false }: EmbeddedOptions = {},
): Promise<Embedded> {
  const place = await findPlace(dataDir)
  const programs = await preparePrograms(place.user, place.copies)
  await makeCluster(place, programs)

  const entered = await enter(place, programs, exclusive)
  let guard: pg.Client | null = null
  let isLeaving = false
  let rejoining: Promise<void> = Promise.resolve()
  watch(entered.guard)

  function watch(client: pg.Client): void {
    guard = client
    client.on('end', () => {
      guard = null
      if (!isLeaving) rejoining = rejoin()
    })
  }

  async function rejoin(): Promise<void> {
    for (let wait = 100; !isLeaving; wait = Math.min(5000, wait * 2)) {
      try {
        watch((await enter(place, programs, exclusive)).guard)
        return
      } catch {
        // The disk may be full, or the server may recover for long: those who query it are told the cause.
        await delay(wait, undefined, { ref: false })
      }
    }
  }

  return {
    address: entered.address,
    owned: entered.owned,
    async stop() {
      if (isLeaving) return
      isLeaving = true
      await Promise.race([rejoining, delay(10_000, undefined, { ref: false })])
      if (guard !== null) await leave(place, guard)
    },
  }
}

/** Advisory locks of the database `postgres`, which nothing else uses: any two numbers of our own. */
const PRESENCE = '(1094927955, 1)'
const EXCLUSIVE = '(1094927955, 2)'

/** A server may replay hours of log after a crash; it is waited for as long as its process lives. */
const SILENCE_MILLISECONDS = 30_000
const POLL_MILLISECONDS = 20

type Entered = { readonly guard: pg.Client; readonly address: ServerAddress; readonly owned: boolean }

async function enter(place: Place, programs: Programs, exclusive: boolean): Promise<Entered> {
  let started: { server: Started; ended: string | null } | null = null
  let lastSign = Date.now()
  let reason = ''
  for (;;) {
    const postmaster = await readPostmaster(place)
    if (postmaster !== null && isAlive(postmaster.pid)) {
      const address = addressOf(postmaster.socketFolder, postmaster.port)
      try {
        const guard = await openGuard(address)
        const alone = await present(guard, place, exclusive)
        if (alone !== null) {
          await started?.server.forgetStart()
          return { guard, address, owned: started?.ended === null || alone }
        }
        // Whoever was last is stopping the server: it is started again when it has gone.
        reason = 'the server is being stopped'
      } catch (error) {
        if (!isTransient(error)) throw error
        reason = error instanceof Error ? error.message : String(error)
        // 57P03: it answers, and is starting, recovering or stopping.
        if (errorCode(error) === '57P03') lastSign = Date.now()
        else if (started === null && isUnreachable(error)) started = await start()
      }
    } else if (started === null) {
      started = await start()
    }
    if (started !== null && started.ended !== null) {
      reason = started.ended
      // Another process started it first, or processes of a killed server have not all gone yet.
      if (!/lock file .* (already exists|is empty)|shared memory block/.test(reason)) {
        throw new Error(`PostgreSQL did not start in ${place.cluster}: ${reason}`)
      }
      started = null
      await delay(200)
    }
    if (Date.now() - lastSign > SILENCE_MILLISECONDS) {
      throw new Error(
        `PostgreSQL in ${place.cluster} does not answer: ${reason || 'no sign of life for 30 seconds'}`,
      )
    }
    await delay(POLL_MILLISECONDS)
  }

  async function start(): Promise<{ server: Started; ended: string | null }> {
    const server = await startPostmaster(place, programs)
    const state: { server: Started; ended: string | null } = { server, ended: null }
    void server.ended.then((said) => {
      state.ended = said
    })
    return state
  }
}

function addressOf(socketFolder: string, port: number): ServerAddress {
  return { host: socketFolder, port, user: 'postgres', database: 'accession' }
}

function isUnreachable(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}

async function openGuard(address: ServerAddress): Promise<pg.Client> {
  const guard = new pg.Client({
    ...address,
    database: 'postgres',
    application_name: `accession ${process.pid}`,
    connectionTimeoutMillis: 5000,
  })
  guard.on('error', () => undefined)
  await guard.connect()
  return guard
}

/** Whether nobody else is present; null when the server is being stopped. The connection ends with a failure. */
async function present(guard: pg.Client, place: Place, exclusive: boolean): Promise<boolean | null> {
  try {
    const alone = await takePresence(guard)
    if (alone === null) {
      await guard.end()
      return null
    }
    if (exclusive) await takeExclusive(guard, place)
    await makeDatabase(guard)
    return alone
  } catch (error) {
    await guard.end().catch(() => undefined)
    throw error
  }
}

async function takePresence(guard: pg.Client): Promise<boolean | null> {
  const { rows } = await guard.query<{ present: boolean }>(
    `select pg_try_advisory_lock_shared${PRESENCE} as present`,
  )
  if (rows[0]?.present !== true) return null
  const others = await guard.query(
    `select from pg_locks where locktype = 'advisory' and classid = 1094927955 and objid = 1
     and granted and pid <> pg_backend_pid() limit 1`,
  )
  return others.rowCount === 0
}

async function takeExclusive(guard: pg.Client, place: Place): Promise<void> {
  const { rows } = await guard.query<{ taken: boolean }>(`select pg_try_advisory_lock${EXCLUSIVE} as taken`)
  if (rows[0]?.taken === true) return
  const holder = await guard.query<{ application_name: string }>(
    `select application_name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and classid = 1094927955 and objid = 2 and granted`,
  )
  const name = holder.rows[0]?.application_name.replace('accession', 'process') ?? 'another process'
  throw new Error(
    `${place.base} is already served by ${name}. Stop that one first, or choose another data directory.`,
  )
}

async function makeDatabase(guard: pg.Client): Promise<void> {
  const { rowCount } = await guard.query(`select from pg_database where datname = 'accession'`)
  if (rowCount !== 0) return
  try {
    await guard.query('create database accession template template0')
  } catch (error) {
    // Another process was first: 42P04 duplicate database, or the index said so.
    if (errorCode(error) !== '42P04' && errorCode(error) !== '23505') throw error
  }
}

async function leave(place: Place, guard: pg.Client): Promise<void> {
  const postmaster = await readPostmaster(place)
  let last = false
  try {
    await guard.query(`select pg_advisory_unlock_shared${PRESENCE}`)
    const { rows } = await guard.query<{ last: boolean }>(`select pg_try_advisory_lock${PRESENCE} as last`)
    last = rows[0]?.last === true
  } catch (error) {
    // The server went away first.
    if (!isTransient(error)) throw error
  }
  if (last && postmaster !== null) await stopPostmaster(place, postmaster)
  await guard.end().catch(() => undefined)
}
