import { setTimeout as delay } from 'node:timers/promises'

/*
 * What an error from the database, the driver or the disk means for the work that met it. The three
 * questions are exclusive: a data error condemns the record, a transient one is retried, and a full
 * disk pauses the job.
 */

/** SQLSTATE (PostgreSQL, appendix A) or the operating system's name of the error; null for neither. */
export function errorCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** 21 cardinality, 22 data, 23 integrity, 44 check option, 54 limits (a key too long for its index). */
const DATA_CLASSES: ReadonlySet<string> = new Set(['21', '22', '23', '44', '54'])

/** The statement was refused for what it carried: without the record at fault it would have gone through. */
export function isDataError(error: unknown): boolean {
  const code = errorCode(error)
  return code !== null && isSqlState(code) && DATA_CLASSES.has(code.slice(0, 2))
}

const TRANSIENT_STATES: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '53200', // out of memory, shared memory for locks included
  '53300', // too many connections
  '55P03', // lock not available within lock_timeout
  '57P01', // terminated by an administrator, or the server stops
  '57P02', // the server crashed
  '57P03', // the server is starting or stopping
  '57P05', // idle session timeout
  '25P03', // idle in transaction for too long
  '25P04', // transaction timeout
])

const TRANSIENT_SYSTEM_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
])

/** What the driver says, without a code, when its connection is gone. */
const LOST_CONNECTION =
  /^(Connection terminated|Client has encountered a connection error|Client was closed and is not queryable|timeout exceeded when trying to connect|timeout expired)/

/** The same work may well succeed in a moment; nothing of it has been committed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof CommitUnknown) return false
  const code = errorCode(error)
  if (code === null) return error instanceof Error && LOST_CONNECTION.test(error.message)
  if (TRANSIENT_STATES.has(code) || TRANSIENT_SYSTEM_ERRORS.has(code)) return true
  // A socket file that is not there: the server is down, or not yet up.
  if (code === 'ENOENT') return error instanceof Error && 'syscall' in error && error.syscall === 'connect'
  // 08P01 is a malformed message, which a second attempt would send again.
  return isSqlState(code) && code.startsWith('08') && code !== '08P01'
}

/** The disk of the database (53100) or of this process is full. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error)
  return code === '53100' || code === 'ENOSPC' || code === 'EDQUOT'
}

/**
 * The connection went away between COMMIT and its answer, so that the transaction may or may not stand.
 * Only work that first looks for its own effects (the ledger) may be run again.
 */
export class CommitUnknown extends Error {
  constructor(cause: unknown) {
    super('The connection was lost during COMMIT: whether the transaction stands is not known.', { cause })
    this.name = 'CommitUnknown'
  }
}

export type RetryOptions = {
  /** How often in all; 8 by default, which bridges about ten seconds of a restarting server. */
  readonly attempts?: number
  readonly signal?: AbortSignal
  /** Set where `run` first looks for its own effects: then a commit of unknown outcome is run again too. */
  readonly findsItsOwnEffects?: boolean
}

const FIRST_DELAY = 50
const LONGEST_DELAY = 4000

/** Runs again after transient failures, ever later and never in step with others; other errors pass at once. */
export async function retrying<T>(
  run: (attempt: number) => Promise<T>,
  { attempts = 8, signal, findsItsOwnEffects = false }: RetryOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted()
    try {
      return await run(attempt)
    } catch (error) {
      const again = isTransient(error) || (findsItsOwnEffects && error instanceof CommitUnknown)
      if (!again || attempt >= attempts) throw error
    }
    const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1))
    await delay(longest * (0.5 + Math.random() / 2), undefined, signal === undefined ? {} : { signal })
  }
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code)
}
