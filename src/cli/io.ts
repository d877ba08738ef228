import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { cut } from './columns.ts'
import { plain, plainJson } from './plain.ts'

/** Where a command reads and writes. */
export type Io = {
  readonly input: Readable
  /** Data: what was asked for. Waits where the reader is slow. @throws {ReaderGone} */
  write(chunk: string | Uint8Array): Promise<void>
  /** A line of data for people: marks that would steer a terminal are shown by their numbers. */
  line(text?: string): Promise<void>
  /** One value of `--json`, on a line of its own. */
  json(value: unknown): Promise<void>
  /** A warning, or what to do next, on stderr. */
  say(text: string): void
  /** How far the work is, on stderr: a line that is written over on a terminal, now and then a line elsewhere. */
  progress(text: string): void
}

/** Whoever read our output has enough of it: no error, and nothing more to do. */
export class ReaderGone extends Error {
  override name = 'ReaderGone'
}

/** The same for a command whose exit code is an answer too: without a reader it goes on, and prints nothing. */
export function readOrNot(io: Io): Io {
  const ifGone = (error: unknown) => {
    if (!(error instanceof ReaderGone)) throw error
  }
  return {
    ...io,
    write: (chunk) => io.write(chunk).catch(ifGone),
    line: (text) => io.line(text).catch(ifGone),
    json: (value) => io.json(value).catch(ifGone),
  }
}

export type Streams = {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number }
}

/** Between two lines of progress where there is no terminal: in milliseconds. */
const sparse = 15_000

export function openIo({ stdin, stdout, stderr }: Streams): Io {
  let failure: Error | null = null
  let isProgressShown = false
  let lastProgress = Date.now()
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'EPIPE' ? new ReaderGone() : error
  })
  // Nobody is left to tell.
  stderr.on('error', () => undefined)

  async function write(chunk: string | Uint8Array): Promise<void> {
    clear()
    if (failure) throw failure
    if (!stdout.write(chunk)) await once(stdout, 'drain').catch(() => undefined)
    if (failure) throw failure
  }

  /** What comes next may be on the same terminal. */
  function clear(): void {
    if (isProgressShown) stderr.write('\r\x1b[K')
    isProgressShown = false
  }

  function say(text: string): void {
    clear()
    stderr.write(`${plain(text)}\n`)
  }

  return {
    input: stdin,
    write,
    line: (text = '') => write(`${plain(text)}\n`),
    json: (value) => write(`${plainJson(JSON.stringify(value))}\n`),
    say,
    progress(text) {
      if (stderr.isTTY === true) {
        stderr.write(`\r\x1b[K${cut(plain(text), (stderr.columns ?? 80) - 1)}`)
        isProgressShown = true
      } else if (Date.now() - lastProgress >= sparse) {
        lastProgress = Date.now()
        say(text)
      }
    },
  }
}
