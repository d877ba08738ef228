import pg from 'pg'
import { copyIn } from './copy-in.ts'
import type { Queryable } from './database.ts'
import { CommitUnknown, isTransient } from './errors.ts'
import type { ConnectionHolder } from './hold-connection.ts'
import type { Reach } from './scope.ts'
import type { StatementNames } from './statement-names.ts'

/** The statements of one connection, each of which runs as what it reaches demands. */
export type Statements = Queryable & {
  /** Of a transaction itself: as the connection is. */
  control(text: string): Promise<pg.QueryResult>
  /** Before a transaction begins, so that its end takes nothing back. */
  prepare(): Promise<void>
  rollBack(text: string): Promise<void>
}

export function openStatements(
  client: pg.PoolClient,
  {
    names,
    holder,
    reach,
  }: { readonly names: StatementNames; readonly holder: ConnectionHolder; readonly reach: () => Reach },
): Statements {
  return {
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      await holder.hold(client, reach())
      return (await run<Row>(client, names, text, values)).rows
    },
    async execute(text, values) {
      await holder.hold(client, reach())
      return (await run(client, names, text, values)).rowCount ?? 0
    },
    async copyIn(statement, body) {
      await holder.hold(client, reach())
      return copyIn(client, statement, body)
    },
    async control(text) {
      const result = await client.query(text)
      if (result.command === 'ROLLBACK') holder.rolledBack(client)
      return result
    },
    prepare: () => holder.hold(client, reach()),
    async rollBack(text) {
      holder.rolledBack(client)
      await client.query(text)
    },
  }
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
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (!isTransient(error) && !(error instanceof CommitUnknown)) return false
  return !(error instanceof pg.DatabaseError) || /^(57P|08|25P0[34])/.test(error.code ?? '')
}
