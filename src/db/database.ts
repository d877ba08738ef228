import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import { giveWay } from './give-way.ts'
import { openConnectionHolder } from './hold-connection.ts'
import { openNotifications } from './notifications.ts'
import { nothing, type Reach, reachNow } from './scope.ts'
import { openStatementNames } from './statement-names.ts'
import { isLost, openStatements } from './statements.ts'
import { runTransaction } from './transaction.ts'
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
  /**
   * The same database and connections for those who serve requests: what runs where nobody has said what it
   * reaches (scope.ts) reaches nothing, and not everything.
   */
  forRequests(): Database
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
   * The server's processes of these connections give way to those that people wait for. For the embedded server
   * alone: the processes of another one may be on another machine, where their numbers mean something else here.
   */
  readonly givesWay?: boolean
  /**
   * Refuses a query on the database from inside `transaction`: it would run on another connection, see
   * none of the transaction's work and escape its locks. On in tests.
   */
  readonly refuseStrayQueries?: boolean
}

/** `config` is an address or a URL, `postgresql://user@host:5432/name`. Connects when first asked. */
export function connect(config: ServerAddress | string, options: ConnectOptions = {}): Database {
  const { max = 10, applicationName = 'accession', givesWay = false, refuseStrayQueries = false } = options
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
  if (givesWay) pool.on('connect', backendGivesWay)

  const names = openStatementNames()
  const holder = openConnectionHolder()
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

  /** `unsaid` is what is reached where nobody has said anything. */
  function reaching(unsaid: Reach): Database {
    const reach = () => reachNow() ?? unsaid
    const statementsOf = (client: pg.PoolClient) => openStatements(client, { names, holder, reach })

    async function* rowsOf<Row extends object>(
      reached: Reach,
      text: string,
      values: readonly unknown[],
      batch: number,
    ): AsyncGenerator<Row[]> {
      refuseStray()
      const client = await pool.connect()
      let failure: unknown
      try {
        await holder.hold(client, reached)
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
    }

    return {
      query: (text, values) => withClient((client) => statementsOf(client).query(text, values)),
      execute: (text, values) => withClient((client) => statementsOf(client).execute(text, values)),
      copyIn: (statement, body) => withClient((client) => statementsOf(client).copyIn(statement, body)),
      transaction: (run) =>
        withClient((client) => {
          const transact = () => runTransaction(statementsOf(client), run)
          if (!refuseStrayQueries) return transact()
          const state = { open: true }
          return inTransaction.run(state, transact).finally(() => {
            state.open = false
          })
        }),
      // What it reaches is settled when it is asked for: its rows may be taken from anywhere.
      stream: <Row extends object>(text: string, values: readonly unknown[] = [], batch = 1000) =>
        rowsOf<Row>(reach(), text, values, batch),
      listen: (channel, heard) => notifications.listen(channel, AsyncLocalStorage.bind(heard)),
      forRequests: () => reaching(nothing),
      async close() {
        await notifications.close()
        await pool.end()
      },
    }
  }

  return reaching('everything')
}

/** The server says the number of its process when a connection opens; the types of pg leave it out. */
function backendGivesWay(client: pg.PoolClient): void {
  if ('processID' in client && typeof client.processID === 'number') giveWay(client.processID)
}
