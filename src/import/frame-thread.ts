import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Format, JunkFrame } from '../marc/frame.ts'
import { openMarc } from '../marc/read.ts'
import { openSource } from './source.ts'

/** Records of a part at most; a part is a piece of a file (D6). */
export const partSize = 5000

export type Piece = { readonly first: number; readonly last: number; readonly offset: number }

/** What a file, or one entry of an archive, is made of. */
export type FramedEntry =
  | {
      readonly kind: 'marc'
      readonly entry: string
      readonly format: Format
      readonly bytes: number
      readonly records: number
      readonly junkBytes: number
      readonly pieces: readonly Piece[]
    }
  | { readonly kind: 'not-marc'; readonly entry: string; readonly why: string }

export type FrameMessage =
  | { readonly junk: readonly JunkFrame[]; readonly entry: string }
  | { readonly framed: FramedEntry }
  | { readonly failed: { readonly code: string; readonly message: string } }
  | { readonly done: true }

/**
 * Frames a stored file once, in a thread of its own, before any of it is imported: how many records, of
 * which bytes, in which parts, and the junk between them. Junk comes in pieces, so that memory stays flat.
 */
export async function* frameFile(
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<Exclude<FrameMessage, { done: true }>> {
  const worker = new Worker(new URL(import.meta.url), { workerData: path })
  const waiting: FrameMessage[] = []
  let failure: Error | undefined
  let wake = () => {}
  worker.on('message', (message: FrameMessage) => {
    waiting.push(message)
    wake()
  })
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
    wake()
  })
  const onAbort = () => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    for (;;) {
      const message = waiting.shift()
      if (message && 'done' in message) return
      if (message) yield message
      else if (failure) throw failure
      else if (signal?.aborted) return
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}

if (!isMainThread && parentPort && typeof workerData === 'string') {
  const port = parentPort
  const post = (message: FrameMessage) => port.postMessage(message)
  try {
    await frameAll(workerData, post)
  } catch (error) {
    post({ failed: { code: codeOf(error), message: error instanceof Error ? error.message : String(error) } })
  }
  post({ done: true })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNREADABLE_FILE'
}

async function frameAll(path: string, post: (message: FrameMessage) => void): Promise<void> {
  for await (const { name, chunks } of openSource(path)) {
    const opened = await openMarc(chunks)
    if ('notMarc' in opened) {
      post({ framed: { kind: 'not-marc', entry: name, why: opened.notMarc.message } })
      continue
    }
    let records = 0
    let bytes = 0
    let junkBytes = 0
    const pieces: { first: number; last: number; offset: number }[] = []
    for await (const frames of opened.frames) {
      const junk: JunkFrame[] = []
      for (const frame of frames) {
        if (frame.kind === 'junk') {
          junk.push(frame)
          junkBytes += frame.length
          bytes += frame.length
          continue
        }
        bytes += frame.bytes.length
        records++
        const piece = pieces.at(-1)
        if (!piece || records - piece.first >= partSize)
          pieces.push({ first: records, last: records, offset: frame.offset })
        else piece.last = records
      }
      if (junk.length > 0) post({ junk, entry: name })
    }
    post({ framed: { kind: 'marc', entry: name, format: opened.format, bytes, records, junkBytes, pieces } })
  }
}
