import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { ImportRefusal } from './refusal.ts'

/*
 * Short work with rules of anybody's that somebody waits for: in threads of its own, so that whatever is in
 * them holds up nobody else, and ends after a while. A thread is kept for whoever comes next.
 */

/** Milliseconds that a task may take, and that a thread without one is kept. */
const patience = 5000
const keptFor = 60_000

/** Threads of a program at a time, and tasks that wait for one. */
const mostThreads = 2
const mostWaiting = 20

/** Of a thread's JavaScript heap. */
const megabytes = 256

type Refused = Pick<ImportRefusal, 'kind' | 'code' | 'message' | 'remedy'>
type Answer<Result> = { readonly value: Result } | { readonly refused: Refused }

/** The threads of one program, and who waits for them. */
type Pool = {
  running: number
  readonly waiting: (() => void)[]
  readonly idle: { readonly worker: Worker; readonly end: NodeJS.Timeout }[]
}

const pools = new Map<string, Pool>()

/**
 * Has a task done in a thread of the program that calls `serveTasks` by this name.
 *
 * @throws {ImportRefusal} as the thread did; RULE_TOO_SLOW where it takes too long, RULES_BUSY where too many
 * wait, RULE_TOO_BIG where it takes too much memory; other errors of the thread are faults
 */
export async function inShortThread<Task, Result>(program: URL, name: string, task: Task): Promise<Result> {
  const pool = pools.get(name) ?? { running: 0, waiting: [], idle: [] }
  pools.set(name, pool)
  await seat(pool)
  try {
    const worker = take(pool) ?? (await start(pool, program, name))
    const answer = await ask<Task, Result>(worker, task)
    keep(pool, worker)
    if ('value' in answer) return answer.value
    const { kind, code, message, remedy } = answer.refused
    throw new ImportRefusal(kind, code, message, remedy)
  } finally {
    const next = pool.waiting.shift()
    if (next) next()
    else pool.running--
  }
}

/** Waits for a thread to be free, in turn; whoever is done hands its own over. */
async function seat(pool: Pool): Promise<void> {
  if (pool.running < mostThreads) {
    pool.running++
    return
  }
  if (pool.waiting.length >= mostWaiting)
    throw new ImportRefusal(
      'conflict',
      'RULES_BUSY',
      'Too many rules are being checked or tried at once.',
      'Try again in a moment.',
    )
  await new Promise<void>((resolve) => pool.waiting.push(resolve))
}

function take({ idle }: Pool): Worker | undefined {
  const kept = idle.pop()
  if (!kept) return undefined
  clearTimeout(kept.end)
  kept.worker.ref()
  return kept.worker
}

/** It keeps no process from ending. */
function keep({ idle }: Pool, worker: Worker): void {
  worker.unref()
  const end = setTimeout(() => void worker.terminate(), keptFor)
  end.unref()
  idle.push({ worker, end })
}

function forget({ idle }: Pool, worker: Worker): void {
  const at = idle.findIndex((kept) => kept.worker === worker)
  if (at !== -1) clearTimeout(idle.splice(at, 1)[0]?.end)
}

/** A thread that is ready for a task: what it takes to start is nobody's rules. */
async function start(pool: Pool, program: URL, name: string): Promise<Worker> {
  const worker = new Worker(program, {
    workerData: { name },
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
  })
  // One that dies while nobody asks it anything is not asked again.
  worker.on('error', () => forget(pool, worker))
  worker.on('exit', () => forget(pool, worker))
  await nextMessage(worker)
  return worker
}

async function ask<Task, Result>(worker: Worker, task: Task): Promise<Answer<Result>> {
  worker.postMessage(task)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), patience)
  })
  try {
    return await Promise.race([nextMessage<Answer<Result>>(worker), late])
  } catch (error) {
    await worker.terminate()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** What a thread says next. @throws where it ends instead */
function nextMessage<Message>(worker: Worker): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: Message) => settle(() => resolve(message))
    const onError = (error: unknown) => settle(() => reject(asFailure(error)))
    const onExit = () => settle(() => reject(new Error('a thread ended before it was done')))
    const settle = (then: () => void) => {
      worker.off('message', onMessage)
      worker.off('error', onError)
      worker.off('exit', onExit)
      then()
    }
    worker.on('message', onMessage)
    worker.on('error', onError)
    worker.on('exit', onExit)
  })
}

const tooSlow = () =>
  new ImportRefusal(
    'invalid',
    'RULE_TOO_SLOW',
    `The rules were not done after ${patience / 1000} seconds.`,
    'Write fewer or simpler ones, or try them on a smaller record.',
  )

function asFailure(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ImportRefusal(
        'invalid',
        'RULE_TOO_BIG',
        `The rules took more than the ${megabytes} MB of memory that they may have.`,
        'Write fewer or simpler ones, or try them on a smaller record.',
      )
    : error
}

/** Does tasks one after the other in a thread that `inShortThread` has started by this name, and nowhere else. */
export function serveTasks<Task, Result>(name: string, run: (task: Task) => Result | Promise<Result>): void {
  const port = parentPort
  const given = workerData as { readonly name?: string } | null
  if (isMainThread || port === null || given?.name !== name) return
  const answer = async (task: Task) => {
    try {
      port.postMessage({ value: await run(task) } satisfies Answer<Result>)
    } catch (error) {
      if (!(error instanceof ImportRefusal)) throw error
      const { kind, code, message, remedy } = error
      port.postMessage({ refused: { kind, code, message, remedy } } satisfies Answer<Result>)
    }
  }
  port.on('message', (task: Task) => void answer(task))
  port.postMessage('ready')
}
