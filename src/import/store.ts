import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDiskFull } from '../db/errors.ts'
import { ImportRefusal } from './refusal.ts'

export type Stored = { readonly sha256: string; readonly size: number }

/** D39: bytes of one upload. */
const uploadLimit = 10 * 1024 ** 3

/** Where stored bytes are; names of uploads never touch the file system. */
export const storedPath = (dataDir: string, sha256: string): string =>
  join(dataDir, 'files', sha256.slice(0, 2), sha256)

/**
 * Keeps bytes under their own hash in the data directory. Resolves when they are on the disk, file and
 * folder; until then nothing shows. The same bytes are kept once.
 *
 * @throws {ImportRefusal} when the disk is full, the stream too long, or there is nothing in it to keep
 */
export async function storeStream(dataDir: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
  const incoming = join(dataDir, 'files', 'incoming')
  await mkdir(incoming, { recursive: true })
  const path = join(incoming, randomUUID())
  try {
    const stored = await writeTo(path, chunks)
    const kept = storedPath(dataDir, stored.sha256)
    const folder = dirname(kept)
    await mkdir(folder, { recursive: true })
    // A kept file that was cut short since is mended by sending it again.
    if ((await sizeOf(kept)) === stored.size) await rm(path)
    else await rename(path, kept)
    // The folder's own name is in the one above it, and as new as the file at times.
    for (const each of [folder, dirname(folder)]) await syncFolder(each)
    return stored
  } catch (error) {
    await rm(path, { force: true })
    if (isDiskFull(error)) throw diskFull()
    throw error
  }
}

/** Keeps a file of this machine. */
export async function storeFile(dataDir: string, path: string): Promise<Stored> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(path, error)
  })
  if (!found.isFile())
    throw new ImportRefusal('invalid', 'NOT_A_FILE', `${path} is not a file.`, 'Name the files themselves.')
  return storeStream(dataDir, readable(path))
}

async function* readable(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) yield chunk as Uint8Array
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException)
  }
}

function unreadable(path: string, error: NodeJS.ErrnoException): ImportRefusal {
  const why =
    error.code === 'ENOENT'
      ? 'does not exist'
      : error.code === 'EACCES'
        ? 'may not be read by this user'
        : `cannot be read (${error.code ?? error.message})`
  return new ImportRefusal(
    'invalid',
    'UNREADABLE_FILE',
    `${path} ${why}.`,
    'Check the name and the permissions of the file.',
  )
}

const diskFull = () =>
  new ImportRefusal(
    'conflict',
    'DISK_FULL',
    'The disk of the data directory is full; nothing of the file was kept.',
    'Make room and send the file again.',
  )

async function writeTo(path: string, chunks: AsyncIterable<Uint8Array>): Promise<Stored> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'wx')
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > uploadLimit)
        throw new ImportRefusal(
          'invalid',
          'FILE_TOO_LARGE',
          'The file is larger than the limit of 10 GB.',
          'Split it into several files.',
        )
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** How long an upload that nobody writes to any more is kept, in milliseconds. */
const abandonedAfter = 24 * 60 * 60 * 1000

/** Removes what uploads that were cut off have left behind. */
export async function removeAbandoned(dataDir: string): Promise<void> {
  const incoming = join(dataDir, 'files', 'incoming')
  for (const name of await readdir(incoming).catch(() => [])) {
    const path = join(incoming, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > abandonedAfter) await rm(path, { force: true })
  }
}

/** In bytes; nothing where there is no such file. */
const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  )

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
