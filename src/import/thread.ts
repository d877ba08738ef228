import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { ImportRefusal } from './refusal.ts'

/*
 * A generator that runs in a thread of its own: the thread sends values, the other side iterates over
 * them. The thread is never more than a few values ahead, so memory does not grow with the file.
 */

/** Values that wait between the threads. */
const ahead = 3

type Task<Input> = { readonly name: string; readonly input: Input }

type Message<Value> =
  | { readonly value: Value }
  | { readonly done: true }
  | { readonly refused: Pick<ImportRefusal, 'kind' | 'code' | 'message' | 'remedy'> }

export type ThreadOptions = {
  /** Ends the iteration and the thread. */
  readonly signal?: AbortSignal
  /** Of its JavaScript heap at most. */
  readonly megabytes: number
}

/**
 * Starts the thread of a program that calls `serveThread` by that name, and iterates over what it sends.
 *
 * @throws {ImportRefusal} as the thread did, or OUT_OF_MEMORY; other errors of the thread are faults
 */
export async function* readThread<Input, Value>(
  program: URL,
  name: string,
  input: Input,
  { signal, megabytes }: ThreadOptions,
): AsyncGenerator<Value> {
  const workerData: Task<Input> = { name, input }
  const worker = new Worker(program, { workerData, resourceLimits: { maxOldGenerationSizeMb: megabytes } })
  const waiting: Message<Value>[] = []
  let failure: Error | undefined
  let wake = () => {}
  worker.on('message', (message: Message<Value>) => {
    waiting.push(message)
    wake()
  })
  worker.on('error', (error) => {
    failure ??= asFailure(error, megabytes)
    wake()
  })
  worker.on('exit', (code) => {
    failure ??= new Error(`the thread ${name} ended with code ${code} before it was done`)
    wake()
  })
  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    for (;;) {
      if (signal?.aborted) return
      const message = waiting.shift()
      if (message && 'done' in message) return
      if (message && 'refused' in message) throw asRefusal(message.refused)
      if (message) {
        yield message.value
        worker.postMessage('more')
      } else if (failure) throw failure
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}

/** Runs in the thread that `readThread` started by this name, and nowhere else. `send` waits while the reader is behind. */
export async function serveThread<Input, Value>(
  name: string,
  run: (input: Input, send: (value: Value) => Promise<void>) => Promise<void>,
): Promise<void> {
  const port = parentPort
  const task = workerData as Task<Input> | null
  if (isMainThread || port === null || task?.name !== name) return
  let credit = ahead
  let resume = () => {}
  port.on('message', () => {
    credit++
    resume()
  })
  const post = (message: Message<Value>) => port.postMessage(message)
  try {
    await run(task.input, async (value) => {
      while (credit === 0) await new Promise<void>((resolve) => (resume = resolve))
      credit--
      post({ value })
    })
    post({ done: true })
  } catch (error) {
    if (!(error instanceof ImportRefusal)) throw error
    const { kind, code, message, remedy } = error
    post({ refused: { kind, code, message, remedy } })
  }
  port.close()
}

const asRefusal = ({
  kind,
  code,
  message,
  remedy,
}: Pick<ImportRefusal, 'kind' | 'code' | 'message' | 'remedy'>) =>
  new ImportRefusal(kind, code, message, remedy)

function asFailure(error: unknown, megabytes: number): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new ImportRefusal(
        'conflict',
        'OUT_OF_MEMORY',
        `Reading the file took more than the ${megabytes} MB of memory that it may have.`,
        'Split the file, and report it: reading is meant to take the same memory whatever the file.',
      )
    : error
}
