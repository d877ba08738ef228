import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createReadStream } from 'node:fs'
import { openSource } from '../import/source.ts'
import type { Decoded, Format, RecordFrame } from '../marc/frame.ts'
import { decodeFrame, type OpenedMarc, openMarc } from '../marc/read.ts'
import { CommandFailure } from './failure.ts'
import type { Io } from './io.ts'

/** A file of records, or one in an archive. */
export type MarcInput = {
  /** For people: the path, with the name inside an archive. */
  readonly name: string
  readonly opened: OpenedMarc
  /** Bytes that have been read so far, after unpacking. */
  readonly bytes: () => number
}

/** What is in a file, unpacked and told by its content; `-` is standard input. Read one before the next is asked for. */
export async function* openInputs(path: string, io: Io): AsyncGenerator<MarcInput> {
  const file = path === '-' ? null : await stat(path)
  if (file?.isDirectory()) throw new CommandFailure(`${path} is a folder.`, 'Name the files in it.')
  if (file?.isFile()) yield* inputsOf(path, path, io)
  else yield* spooled(path, io)
}

async function* inputsOf(path: string, shown: string, io: Io): AsyncGenerator<MarcInput> {
  for await (const { name, chunks } of openSource(path, { say: (note) => io.say(`${shown}: ${note}`) })) {
    let bytes = 0
    const counted = (async function* () {
      for await (const chunk of chunks) {
        bytes += chunk.length
        yield chunk
      }
    })()
    const opened = await openMarc(counted)
    yield { name: name === null ? shown : `${shown}: ${name}`, opened, bytes: () => bytes }
  }
}

/** A stream can be read once, and an archive is read from its end: it becomes a file first. */
async function* spooled(path: string, io: Io): AsyncGenerator<MarcInput> {
  const folder = await mkdtemp(join(tmpdir(), 'accession-input-'))
  const file = join(folder, 'input')
  try {
    await pipeline(path === '-' ? io.input : createReadStream(path), createWriteStream(file))
    yield* inputsOf(file, path === '-' ? 'standard input' : path, io)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export type ReadRecord = {
  readonly input: string
  readonly format: Format
  readonly frame: RecordFrame
  readonly decoded: Decoded
}

/**
 * The records of a file, as far as they can be read, with their repairs. What is no MARC file goes to
 * `notMarc` in words.
 */
export async function* readRecords(
  path: string,
  io: Io,
  notMarc: (name: string, why: string) => void,
): AsyncGenerator<ReadRecord> {
  for await (const { name, opened } of openInputs(path, io)) {
    if ('notMarc' in opened) {
      notMarc(name, opened.notMarc.message)
      continue
    }
    for await (const frames of opened.frames) {
      for (const frame of frames) {
        if (frame.kind === 'junk') continue
        yield {
          input: name,
          format: opened.format,
          frame,
          decoded: decodeFrame(opened.format, frame, 'repair'),
        }
      }
    }
  }
}
