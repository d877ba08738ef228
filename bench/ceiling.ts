import type { Database, Queryable, Tx } from '../src/db/database.ts'

/*
 * The ceiling: PostgreSQL alone doing the work of an import. The statements of a real import are
 * recorded, with their prepared binary COPY input and the borders of their transactions, and played
 * back on one connection into a fresh database with the same schema: the same look-ups, rows, keys
 * and indexes in the same batches, and nothing around them.
 */

type Statement =
  | {
      readonly kind: 'query' | 'execute'
      readonly text: string
      readonly values: readonly unknown[] | undefined
    }
  | { readonly kind: 'copy'; readonly text: string; readonly body: Uint8Array }

/** The statements of one transaction. */
export type RecordedTransaction = readonly Statement[]

/** A database that does everything and writes it down; rolled-back transactions are forgotten. */
export function recording(db: Database, recorded: RecordedTransaction[]): Database {
  return {
    ...db,
    transaction: async <T>(run: (tx: Tx) => Promise<T>): Promise<T> => {
      const statements: Statement[] = []
      const result = await db.transaction((tx) => run(recordingTx(tx, statements)))
      recorded.push(statements)
      return result
    },
  }
}

function recordingTx(tx: Tx, statements: Statement[]): Tx {
  return {
    query: (text, values) => {
      statements.push({ kind: 'query', text, values })
      return tx.query(text, values)
    },
    execute: (text, values) => {
      statements.push({ kind: 'execute', text, values })
      return tx.execute(text, values)
    },
    copyIn: (text, body) => {
      statements.push({ kind: 'copy', text, body: body.slice() })
      return tx.copyIn(text, body)
    },
    savepoint: (run) => tx.savepoint((inner) => run(recordingTx(inner, statements))),
  }
}

/** Plays transactions back on one connection; returns the seconds it took. */
export async function replay(db: Database, recorded: readonly RecordedTransaction[]): Promise<number> {
  const start = performance.now()
  for (const statements of recorded) {
    await db.transaction(async (tx) => {
      for (const statement of statements) await play(tx, statement)
    })
  }
  return (performance.now() - start) / 1000
}

const play = (tx: Queryable, statement: Statement): Promise<unknown> =>
  statement.kind === 'copy'
    ? tx.copyIn(statement.text, statement.body)
    : statement.kind === 'query'
      ? tx.query(statement.text, statement.values)
      : tx.execute(statement.text, statement.values)
