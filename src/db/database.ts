import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { copyIn } from './copy-in.ts'
import { CommitUnknown, isTransient } from './errors.ts'
import { openNotifications } from './notifications.ts'
import { openStatementNames } from './statement-names.ts'
import type { StatementNames } from './statement-names.ts'
import { valueTypes } from './values.ts'

export type Queryable = {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Runs a statement; returns affected rows. */
  execute(text: string, values?: readonly unknown[]): Promise<number>
  /**
   * COPY … FROM STDIN of one prepared body (see copy.ts for the binary format); returns the rows.
   * The body must not be changed before the promise settles.
   */
  copyIn(statement: string, body: Uint8Array): Promise<number>
}

/** A transaction in progress. Statements given to it at once run one after the other. */
export type Tx = Queryable & {
  /** What `run` did is taken back when it throws; the transaction goes on. */
  savepoint<T>(run: (tx: Tx) => Promise<T>): Promise<T>
}

export type Database = Queryable & {
  /** Commits when `run` resolves, rolls back when it rejects. Everything in it goes through its `tx`. */
  transaction<T>(run: (tx: Tx) => Promise<T>): Promise<T>
  /** A read cursor over one snapshot: batches of rows for dumps and exports, memory flat. */
  stream<Row extends object>(text: string, values?: readonly unknown[], batch?: number): AsyncGenerator<Row[]>
  /** The payload is empty when the connection was lost meanwhile: a notification is a hint to look. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Where a server is: plain values, so that a worker thread can be handed them. */
export type ServerAddress = {
  /** A host name, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password?: string
}

export type ConnectOptions = {
  /** Connections at most; 10 by default. */
  readonly max?: number
  readonly applicationName?: string
  /**
   * Refuses a query on the database from inside `transaction`: it would run on another connection, see
   * none of the transaction's work and escape its locks. On in tests.
   */
  readonly refuseStrayQueries?: boolean
}

/** `config` is an address or a URL, `postgresql://user@host:5432/name`. Connects when first asked. */
export function connect(config: ServerAddress | string, options: ConnectOptions = {}): Database {
  const { max = 10, applicationName = 'accession', refuseStrayQueries = false } = options
  const clientConfig: pg.ClientConfig = {
    ...(typeof config === 'string' ? { connectionString: config } : config),
    application_name: applicationName,
    options: '-c timezone=UTC -c datestyle=ISO -c intervalstyle=iso_8601',
    keepAlive: true,
    types: valueTypes,
  }
  const pool = new pg.Pool({ ...clientConfig, max, connectionTimeoutMillis: 30_000 })
  // An idle connection that dies is replaced by the pool; one in use tells its own query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))

  const names = openStatementNames()
  const notifications = openNotifications(clientConfig)
  const inTransaction = new AsyncLocalStorage<{ open: boolean }>()

  function refuseStray(): void {
    if (inTransaction.getStore()?.open === true) {
      throw new Error('A query on the database inside a transaction: use the transaction that was passed.')
    }
  }

  async function withClient<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    refuseStray()
    const client = await pool.connect()
    try {
      const result = await run(client)
      client.release()
      return result
    } catch (error) {
      client.release(isLost(error))
      throw error
    }
  }

  return {
    query: (text, values) => withClient((client) => queryRows(client, names, text, values)),
    execute: (text, values) => withClient((client) => executeStatement(client, names, text, values)),
    copyIn: (statement, body) => withClient((client) => copyIn(client, statement, body)),
    transaction: (run) =>
      withClient((client) => {
        const transact = () => runTransaction(client, names, run)
        if (!refuseStrayQueries) return transact()
        const state = { open: true }
        return inTransaction.run(state, transact).finally(() => {
          state.open = false
        })
      }),
    async *stream<Row extends object>(text: string, values: readonly unknown[] = [], batch = 1000) {
      refuseStray()
      const client = await pool.connect()
      let failure: unknown
      try {
        // A dump reads to the end: plan for all rows, not for the first tenth.
        await client.query(
          'begin isolation level repeatable read read only; set local cursor_tuple_fraction = 1',
        )
        await client.query(`declare batches no scroll cursor for ${text}`, [...values])
        for (;;) {
          const { rows } = await client.query<Row>(`fetch ${batch} from batches`)
          if (rows.length > 0) yield rows
          if (rows.length < batch) break
        }
      } catch (error) {
        failure = error
        throw error
      } finally {
        const rolledBack = await client.query('rollback').then(
          () => true,
          () => false,
        )
        client.release(!rolledBack || isLost(failure))
      }
    },
    listen: notifications.listen,
    async close() {
      await notifications.close()
      await pool.end()
    },
  }
}

async function runTransaction<T>(
  client: pg.PoolClient,
  names: StatementNames,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  const transaction = openTransaction(client, names)
  let result: T
  try {
    await client.query('begin')
    result = await run(transaction.tx)
    await transaction.end()
  } catch (error) {
    await transaction.end()
    await rollBack(client)
    throw error
  }
  await commit(client)
  return result
}

/**
 * COMMIT of a transaction that a swallowed error has already doomed answers ROLLBACK and no error: that is
 * told here, since the caller believes its work to be saved.
 */
async function commit(client: pg.PoolClient): Promise<void> {
  let command: string
  try {
    command = (await client.query('commit')).command
  } catch (error) {
    if (isTransient(error) && isLost(error)) throw new CommitUnknown(error)
    throw error
  }
  if (command !== 'COMMIT') {
    throw new Error(
      'The transaction was rolled back: a statement in it had failed and its error was not passed on.',
    )
  }
}

async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback')
  } catch {
    // The connection is gone, and the transaction with it: the pool discards a client that cannot be asked.
  }
}

/** One statement at a time: each waits for the one given before it, whether that succeeded or not. */
function openTransaction(client: pg.PoolClient, names: StatementNames) {
  let last: Promise<unknown> = Promise.resolve()
  let ended = false
  let savepoints = 0

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (ended) return Promise.reject(new Error('The transaction has ended: a statement came after it.'))
    const next = last.then(run)
    last = next.catch(() => undefined)
    return next
  }

  const tx: Tx = {
    query: (text, values) => inTurn(() => queryRows(client, names, text, values)),
    execute: (text, values) => inTurn(() => executeStatement(client, names, text, values)),
    copyIn: (statement, body) => inTurn(() => copyIn(client, statement, body)),
    async savepoint(run) {
      const name = `savepoint_${++savepoints}`
      await inTurn(() => client.query(`savepoint ${name}`))
      try {
        const result = await run(tx)
        await inTurn(() => client.query(`release savepoint ${name}`))
        return result
      } catch (error) {
        if (!isLost(error)) {
          await inTurn(() => client.query(`rollback to savepoint ${name}; release savepoint ${name}`))
        }
        throw error
      }
    },
  }

  return {
    tx,
    /** Waits for what was given and not awaited, and refuses what comes later. */
    async end() {
      ended = true
      await last
    },
  }
}

async function queryRows<Row extends object>(
  client: pg.PoolClient,
  names: StatementNames,
  text: string,
  values?: readonly unknown[],
): Promise<Row[]> {
  return (await run<Row>(client, names, text, values)).rows
}

async function executeStatement(
  client: pg.PoolClient,
  names: StatementNames,
  text: string,
  values?: readonly unknown[],
): Promise<number> {
  return (await run(client, names, text, values)).rowCount ?? 0
}

/** Without values a text may hold several statements, and is sent as it is; with them it may be prepared. */
function run<Row extends object>(
  client: pg.PoolClient,
  names: StatementNames,
  text: string,
  values?: readonly unknown[],
): Promise<pg.QueryResult<Row>> {
  if (values === undefined) return client.query<Row>(text)
  const name = names.nameOf(text)
  return client.query<Row>(
    name === null ? { text, values: [...values] } : { name, text, values: [...values] },
  )
}

/** The connection cannot be used again, whatever the server thinks of the statement. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!isTransient(error) && !(error instanceof CommitUnknown)) return false
  return !(error instanceof pg.DatabaseError) || /^(57P|08|25P0[34])/.test(error.code ?? '')
}
