import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ImportRefusal } from './refusal.ts'

/*
 * Short work with rules of anybody's that somebody waits for: in processes of its own, so that whatever is in
 * them holds up nobody else, ends after a while, and takes nobody along when it runs out of memory, as a thread
 * would. A process is kept for whoever comes next.
 */

/** Milliseconds that a task may take, and that a process without one is kept. */
const patience = 5000
const keptFor = 30_000

/** Processes of a program at a time, and tasks that wait for one. */
const mostRunning = 2
const mostWaiting = 20

/** Of a process's JavaScript heap. */
const megabytes = 256

type Answer<Result> =
  | { readonly value: Result }
  | { readonly refused: Pick<ImportRefusal, 'kind' | 'code' | 'message' | 'remedy'> }
  | { readonly fault: string }

/** The processes of one program, and who waits for them. */
type Pool = {
  running: number
  readonly waiting: (() => void)[]
  readonly idle: { readonly child: ChildProcess; readonly end: NodeJS.Timeout }[]
}

const pools = new Map<string, Pool>()

/**
 * Has a task done in a process of the program that calls `serveTasks` by this name.
 *
 * @throws {ImportRefusal} as the process did; RULE_TOO_SLOW where it takes too long, RULES_BUSY where too many
 * wait, RULE_TOO_BIG where it takes too much memory; other errors are faults
 */
export async function inShortProcess<Task extends object, Result>(
  program: URL,
  name: string,
  task: Task,
): Promise<Result> {
  const pool = pools.get(name) ?? { running: 0, waiting: [], idle: [] }
  pools.set(name, pool)
  await seat(pool)
  try {
    const child = take(pool) ?? (await start(pool, program, name))
    const answer = await ask<Task, Result>(child, task)
    keep(pool, child)
    if ('value' in answer) return answer.value
    if ('fault' in answer) throw new Error(answer.fault)
    const { kind, code, message, remedy } = answer.refused
    throw new ImportRefusal(kind, code, message, remedy)
  } finally {
    const next = pool.waiting.shift()
    if (next) next()
    else pool.running--
  }
}

/** Waits for a process to be free, in turn; whoever is done hands its own over. */
async function seat(pool: Pool): Promise<void> {
  if (pool.running < mostRunning) {
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

function take({ idle }: Pool): ChildProcess | undefined {
  const kept = idle.pop()
  if (!kept) return undefined
  clearTimeout(kept.end)
  kept.child.ref()
  kept.child.channel?.ref()
  return kept.child
}

/** It keeps nobody from ending. */
function keep({ idle }: Pool, child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  const end = setTimeout(() => child.kill('SIGKILL'), keptFor)
  end.unref()
  idle.push({ child, end })
}

function forget({ idle }: Pool, child: ChildProcess): void {
  const at = idle.findIndex((kept) => kept.child === child)
  if (at !== -1) clearTimeout(idle.splice(at, 1)[0]?.end)
}

/** A process that is ready for a task: what it takes to start is nobody's rules. */
async function start(pool: Pool, program: URL, name: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(program), [name], {
    detached: true,
    execArgv: [`--max-old-space-size=${megabytes}`],
    serialization: 'advanced',
    // What it says when it runs out of memory is told by its end.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  // One that dies while nobody asks it anything is not asked again.
  child.on('error', () => forget(pool, child))
  child.on('exit', () => forget(pool, child))
  await nextMessage(child)
  return child
}

async function ask<Task extends object, Result>(child: ChildProcess, task: Task): Promise<Answer<Result>> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow()), patience)
  })
  try {
    child.send(task)
    return await Promise.race([nextMessage<Answer<Result>>(child), late])
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** What a process says next. @throws where it ends instead */
function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => settle(() => resolve(message as Message))
    const onError = (error: Error) => settle(() => reject(error))
    const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
      settle(() => reject(signal === 'SIGABRT' || code === 134 ? tooBig() : ended(code, signal)))
    const settle = (then: () => void) => {
      child.off('message', onMessage)
      child.off('error', onError)
      child.off('exit', onExit)
      then()
    }
    child.on('message', onMessage)
    child.on('error', onError)
    child.on('exit', onExit)
  })
}

const ended = (code: number | null, signal: NodeJS.Signals | null) =>
  new Error(`a process for short tasks ended before it was done: ${signal ?? `exit ${code}`}`)

const lighter = 'Write fewer or simpler ones, or try them on a smaller record.'

const tooSlow = () =>
  new ImportRefusal(
    'invalid',
    'RULE_TOO_SLOW',
    `The rules were not done after ${patience / 1000} seconds.`,
    lighter,
  )

/** Node ends so where its heap is full. */
const tooBig = () =>
  new ImportRefusal(
    'invalid',
    'RULE_TOO_BIG',
    `The rules took more than the ${megabytes} MB of memory that they may have.`,
    lighter,
  )

/** Does tasks one after the other in a process that `inShortProcess` has started by this name, and nowhere else. */
export function serveTasks<Task, Result>(name: string, run: (task: Task) => Result | Promise<Result>): void {
  if (process.send === undefined || process.argv[2] !== name) return
  const say = (message: Answer<Result> | 'ready') => process.send?.(message)
  const answer = async (task: Task) => {
    try {
      say({ value: await run(task) })
    } catch (error) {
      if (!(error instanceof ImportRefusal)) {
        say({ fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
        return
      }
      const { kind, code, message, remedy } = error
      say({ refused: { kind, code, message, remedy } })
    }
  }
  process.on('message', (task: Task) => void answer(task))
  // Whoever started it is no more.
  process.on('disconnect', () => process.exit())
  say('ready')
}
