import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { Frame, JunkFrame } from '../marc/frame.ts'
import { fileLimits } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import type { Format } from '../marc/frame.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { PreparedRecord } from './batch.ts'
import { prepareFrame } from './prepare-frame.ts'
import { openSource } from './source.ts'

/** What is read, and from where on. */
export type ReadRequest = {
  readonly path: string
  /** Name inside the archive, where the file is one. */
  readonly entry: string | null
  readonly profile: ImportProfile
  /** Records up to this position are framed and passed over: their ledger rows are there. */
  readonly afterPosition: number
  /** Records in a batch, at most. */
  readonly batch: number
}

export type PreparedBatch = {
  readonly records: readonly PreparedRecord[]
  readonly junk: readonly JunkFrame[]
}

/** Bytes of frames in one batch, so that a file of huge records does not make huge batches. */
const batchBytes = 4 * 1024 * 1024
/** Batches that wait between the threads. */
const ahead = 3

type Message = { readonly batch: PreparedBatch } | { readonly done: true }

/**
 * Steps 1 and 2 in a thread of their own: opens, frames, decodes and prepares a file, and yields it
 * in batches, in file order. The thread reads no further ahead than a few batches, so memory does
 * not grow with the file.
 */
export async function* readPrepared(
  request: ReadRequest,
  signal?: AbortSignal,
): AsyncGenerator<PreparedBatch> {
  const worker = new Worker(new URL(import.meta.url), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: 192 },
  })
  const waiting: Message[] = []
  let failure: Error | undefined
  let wake = () => {}
  const note = () => wake()
  worker.on('message', (message: Message) => {
    waiting.push(message)
    note()
  })
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
    note()
  })
  signal?.addEventListener('abort', note)
  try {
    for (;;) {
      const message = waiting.shift()
      if (message && 'done' in message) return
      if (message) {
        yield message.batch
        worker.postMessage('more')
        continue
      }
      if (failure) throw failure
      if (signal?.aborted) return
      await new Promise<void>((resolve) => {
        wake = resolve
        if (waiting.length > 0 || failure || signal?.aborted) resolve()
      })
    }
  } finally {
    signal?.removeEventListener('abort', note)
    await worker.terminate()
  }
}

if (!isMainThread && parentPort && workerData) await prepareFile(workerData as ReadRequest, parentPort)

async function prepareFile(request: ReadRequest, port: NonNullable<typeof parentPort>): Promise<void> {
  let credit = ahead
  let resume = () => {}
  port.on('message', () => {
    credit++
    resume()
  })
  let records: PreparedRecord[] = []
  let junk: JunkFrame[] = []
  let bytes = 0
  const send = async () => {
    while (credit === 0) await new Promise<void>((resolve) => (resume = resolve))
    credit--
    port.postMessage({ batch: { records, junk } } satisfies Message)
    records = []
    junk = []
    bytes = 0
  }
  for await (const { format, frames } of openEntry(request)) {
    for (const frame of frames) {
      if (frame.kind === 'junk') {
        junk.push(frame)
        continue
      }
      if (frame.position <= request.afterPosition) continue
      records.push(prepareFrame(format, frame, request.profile))
      bytes += frame.bytes.length
      if (records.length >= request.batch || bytes >= batchBytes) await send()
    }
  }
  if (records.length > 0 || junk.length > 0) await send()
  port.postMessage({ done: true } satisfies Message)
  port.close()
}

async function* openEntry({
  path,
  entry,
}: ReadRequest): AsyncGenerator<{ format: Format; frames: readonly Frame[] }> {
  for await (const source of openSource(path)) {
    if (entry !== null && source.name !== entry) continue
    const opened = await openMarc(source.chunks, fileLimits)
    if ('notMarc' in opened) throw new Error(opened.notMarc.message)
    for await (const frames of opened.frames) yield { format: opened.format, frames }
    return
  }
}
