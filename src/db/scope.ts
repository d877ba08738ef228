import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * The zones that a person's request reaches, by their numbers. Row-level security holds every statement of
 * the request to them (sql/000016-row-security.sql), whether its text names a zone or not.
 */
export type Scope = {
  /** Those whose catalogue is seen: bibs, inventory, profiles, rules. */
  readonly catalogue: readonly number[]
  /** Those in which whoever asks has a role: jobs, issues, exports, the audit trail. */
  readonly own: readonly number[]
  /** Those of them in which something may be changed: none for a key that only reads. */
  readonly changed: readonly number[]
}

/**
 * What statements reach: a scope; or everything, as importer, gateway and command line do; or people and the
 * list of zones, which look alike to everybody, so that the connection is taken as it is.
 */
export type Reach = Scope | 'everything' | 'people'

/** Of a request of which nobody has said yet what it reaches. */
export const nothing: Scope = { catalogue: [], own: [], changed: [] }

const reaches = new AsyncLocalStorage<Reach>()

/** Holds what `run` asks of the database, and what it starts, to what may be reached. */
export const withinScope = <Result>(reach: Reach, run: () => Result): Result => reaches.run(reach, run)

/**
 * Lets what `run` asks of the database reach everything: the step out of a person's request, for what must
 * not depend on who asks. Each use says why, and test/row-security.test.ts lists them all.
 */
export const beyondScope = <Result>(run: () => Result): Result => reaches.run('everything', run)

/** What has been said of the work in hand; nothing where nothing has. */
export const reachNow = (): Reach | undefined => reaches.getStore()

/** A sequence that goes on in the scope in which it was asked for, whoever takes its next element, and when. */
export function keepScope<Element>(sequence: AsyncGenerator<Element>): AsyncGenerator<Element> {
  const inScope = AsyncLocalStorage.snapshot()
  return {
    next: () => inScope(() => sequence.next()),
    return: (value) => inScope(() => sequence.return(value)),
    throw: (error) => inScope(() => sequence.throw(error)),
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: () => inScope(() => sequence[Symbol.asyncDispose]()),
  }
}
