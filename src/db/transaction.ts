import type { Tx } from './database.ts'
import { CommitUnknown, isTransient } from './errors.ts'
import { isLost, type Statements } from './statements.ts'

/** Commits when `run` resolves, rolls back when it rejects. */
export async function runTransaction<T>(statements: Statements, run: (tx: Tx) => Promise<T>): Promise<T> {
  const transaction = openTransaction(statements)
  let result: T
  try {
    await statements.prepare()
    await statements.control('begin')
    result = await run(transaction.tx)
    await transaction.end()
  } catch (error) {
    await transaction.end()
    // A connection that is gone has taken the transaction along: the pool discards what cannot be asked.
    await statements.rollBack('rollback').catch(() => undefined)
    throw error
  }
  await commit(statements)
  return result
}

/**
 * COMMIT of a transaction that a swallowed error has already doomed answers ROLLBACK and no error: that is
 * told here, since the caller believes its work to be saved.
 */
async function commit(statements: Statements): Promise<void> {
  let command: string
  try {
    command = (await statements.control('commit')).command
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

/** One statement at a time: each waits for the one given before it, whether that succeeded or not. */
function openTransaction(statements: Statements) {
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
    query: (text, values) => inTurn(() => statements.query(text, values)),
    execute: (text, values) => inTurn(() => statements.execute(text, values)),
    copyIn: (statement, body) => inTurn(() => statements.copyIn(statement, body)),
    async savepoint(run) {
      const name = `savepoint_${++savepoints}`
      await inTurn(() => statements.control(`savepoint ${name}`))
      try {
        const result = await run(tx)
        await inTurn(() => statements.control(`release savepoint ${name}`))
        return result
      } catch (error) {
        if (!isLost(error)) {
          await inTurn(() => statements.rollBack(`rollback to savepoint ${name}; release savepoint ${name}`))
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
