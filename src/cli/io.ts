import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** Where a command reads and writes. */
export type Io = {
  readonly input: Readable
  /** Data: what was asked for. Waits where the reader is slow. @throws {ReaderGone} */
  write(chunk: string | Uint8Array): Promise<void>
  /** A line of data for people: marks that would steer a terminal are taken out. */
  line(text?: string): Promise<void>
  /** One value of `--json`, on a line of its own. */
  json(value: unknown): Promise<void>
  /** On stderr: progress, warnings and what to do next. */
  say(text: string): void
  /** Whether stderr is a terminal, on which a line may be written over. */
  readonly isTerminal: boolean
  /** Columns of that terminal. */
  readonly columns: () => number
}

/** Whoever read our output has enough of it: no error, and nothing more to do. */
export class ReaderGone extends Error {
  override name = 'ReaderGone'
}

export type Streams = {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number }
}

export function openIo({ stdin, stdout, stderr }: Streams): Io {
  let failure: Error | null = null
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code === 'EPIPE' ? new ReaderGone() : error
  })
  // Nobody is left to tell.
  stderr.on('error', () => undefined)

  async function write(chunk: string | Uint8Array): Promise<void> {
    if (failure) throw failure
    if (!stdout.write(chunk)) await once(stdout, 'drain').catch(() => undefined)
    if (failure) throw failure
  }

  return {
    input: stdin,
    write,
    line: (text = '') => write(`${plain(text)}\n`),
    json: (value) => write(`${JSON.stringify(value)}\n`),
    say: (text) => void stderr.write(`${plain(text)}\n`),
    isTerminal: stderr.isTTY === true,
    columns: () => stderr.columns ?? 80,
  }
}

/** Titles and file names are other people's text: on a terminal they stay text. Our own colours pass. */
const plain = (text: string): string =>
  text.replace(/\x1b(?!\[\d{1,2}m)|[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g, '\ufffd')
