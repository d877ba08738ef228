import { connect, type Database, type Queryable, type Tx } from '../src/db/database.ts'
import { frameJob } from '../src/import/frame-job.ts'
import { claimJob, type Lease } from '../src/import/lease.ts'
import { runJob } from '../src/import/run-job.ts'
import { type BenchJob, jobOwner, submit } from './job.ts'

/*
 * The ceiling: PostgreSQL alone doing the work of an import. The statements of a real import are
 * recorded, with their prepared binary COPY input and the borders of their transactions, and played
 * back on one connection into a fresh catalogue: the same look-ups, rows, keys and indexes in the
 * same batches, and nothing around them.
 */

type Statement =
  | {
      readonly kind: 'query' | 'execute'
      readonly text: string
      readonly values: readonly unknown[] | undefined
    }
  | { readonly kind: 'copy'; readonly text: string; readonly body: Uint8Array }

/** The statements of each transaction of an import. */
export type Recording = readonly (readonly Statement[])[]

/** Runs the job and writes down what it asks of the database; needs about 8 kB a record. */
export async function record(job: BenchJob): Promise<Recording> {
  const transactions: Statement[][] = []
  await withSubmitted(job, async (db, jobId) => {
    await runJob(recorder(db, transactions), job.dataDir, jobId, { owner: jobOwner })
  })
  return transactions
}

/** Plays a recording into a fresh catalogue, where its job was submitted and framed; answers the seconds. */
export async function replay(job: BenchJob, recording: Recording): Promise<number> {
  let seconds = 0
  await withSubmitted(job, async (db, jobId) => {
    await claimJob(db, jobId, jobOwner)
    const start = performance.now()
    for (const statements of recording) {
      await db.transaction(async (tx) => {
        for (const statement of statements) await play(tx, statement)
      })
    }
    seconds = (performance.now() - start) / 1000
  })
  return seconds
}

/** Both runs start from the same rows of the job: the ledger's updates must find what they look for. */
async function withSubmitted(
  job: BenchJob,
  run: (db: Database, jobId: string) => Promise<void>,
): Promise<void> {
  const db = connect(job.address)
  try {
    const jobId = String(await submit(db, job))
    const claimed = await claimJob(db, jobId, jobOwner)
    if (!claimed) throw new Error('The job of the ceiling was taken by somebody else.')
    const lease: Lease = {
      job: claimed,
      signal: new AbortController().signal,
      why: () => null,
      release: () => {},
    }
    await frameJob(db, job.dataDir, lease)
    await run(db, jobId)
  } finally {
    await db.close()
  }
}

/** A database that does everything and writes down what is done in transactions; rolled-back ones are forgotten. */
function recorder(db: Database, recorded: Statement[][]): Database {
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
      statements.push({ kind: 'copy', text, body: Uint8Array.from(body) })
      return tx.copyIn(text, body)
    },
    savepoint: (run) => tx.savepoint((inner) => run(recordingTx(inner, statements))),
  }
}

const play = (tx: Queryable, statement: Statement): Promise<unknown> =>
  statement.kind === 'copy'
    ? tx.copyIn(statement.text, statement.body)
    : statement.kind === 'query'
      ? tx.query(statement.text, statement.values)
      : tx.execute(statement.text, statement.values)
