import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorCode } from '../db/errors.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { MarcWriter } from '../marc/write.ts'
import type { Option } from './command.ts'
import { CommandFailure } from './failure.ts'
import type { Io } from './io.ts'

export const outOption = {
  type: 'text',
  short: 'o',
  shown: 'OUT',
  meaning: 'write to a file instead of standard output',
} as const satisfies Option

/** Where a command writes bytes that are a file. */
export type Out = {
  /** Small pieces are gathered; the bytes must not be changed any more. */
  write(bytes: Uint8Array): Promise<void>
  /** Puts the file in its place. */
  finish(): Promise<void>
  /** Takes back what has been written, as far as that can be. */
  abandon(): Promise<void>
}

/**
 * Opens standard output, or a file. A file is written beside its place and moved there at the end, so that
 * it is whole or not there at all, and may be the very file that is read.
 */
async function openOut(path: string | undefined, io: Io): Promise<Out> {
  if (path === undefined || path === '-') {
    const { write, flush } = gather(io.write)
    return { write, finish: flush, abandon: () => Promise.resolve() }
  }
  // A device or a pipe is written to; nothing takes its place.
  const there = await stat(path).catch(() => null)
  const isMoved = there === null || there.isFile()
  const target = isMoved ? `${path}.${process.pid}.part` : path
  const file = await open(target, 'w').catch((error: unknown) => refuseFolder(path, error))
  const { write, flush } = gather((bytes) => file.writeFile(bytes))
  return {
    write,
    async finish() {
      await flush()
      if (isMoved) await file.sync()
      await file.close()
      if (isMoved) await rename(target, path)
    },
    async abandon() {
      await file.close().catch(() => undefined)
      if (isMoved) await rm(target, { force: true })
    },
  }
}

/** The file that is named is still to be made: what is missing, or closed, is the folder for it. */
function refuseFolder(path: string, error: unknown): never {
  const folder = dirname(path)
  const why = folderFaults[errorCode(error) ?? '']
  if (why === undefined) throw error
  throw new CommandFailure(
    `${path} cannot be written: ${folder} ${why}.`,
    'Name another place with -o.',
    error,
  )
}

const folderFaults: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is no folder',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'is on a disk that may only be read',
}

/** Bytes that are written at once: a call for each record costs more than the record. */
const gathered = 256 * 1024

function gather(writeAll: (bytes: Uint8Array) => Promise<void>) {
  let pieces: Uint8Array[] = []
  let size = 0
  const flush = async () => {
    const bytes = Buffer.concat(pieces, size)
    pieces = []
    size = 0
    if (bytes.length > 0) await writeAll(bytes)
  }
  return {
    flush,
    async write(bytes: Uint8Array) {
      pieces.push(bytes)
      size += bytes.length
      if (size >= gathered) await flush()
    },
  }
}

/** Runs work that writes to an `Out`, and puts the file in its place only when the work is done. */
export async function withOut<T>(
  path: string | undefined,
  io: Io,
  work: (out: Out) => Promise<T>,
): Promise<T> {
  const out = await openOut(path, io)
  try {
    const result = await work(out)
    await out.finish()
    return result
  } catch (error) {
    await out.abandon()
    throw error
  }
}

/** Notes that are shown one by one; more of them are counted. */
const mostNotes = 20

/** Writes records one after the other; `end` closes the file and says on stderr what readers must be told. */
export function openRecords(out: Out, { head, between, tail, encode }: MarcWriter, io: Io) {
  let count = 0
  let notes = 0
  return {
    async add(record: MarcRecord, name: string): Promise<void> {
      const written = encode(record)
      await out.write(count === 0 ? head : between)
      await out.write(written.bytes)
      count++
      for (const note of written.notes) if (++notes <= mostNotes) io.say(`${name}: ${note}`)
    },
    /** Answers how many records the file has. */
    async end(): Promise<number> {
      // A form with a head has to have it even around nothing; one without is then empty.
      if (count === 0) await out.write(head)
      if (count > 0 || head.length > 0) await out.write(tail)
      if (notes > mostNotes) io.say(`There are ${notes - mostNotes} more notes of this kind.`)
      return count
    },
  }
}
