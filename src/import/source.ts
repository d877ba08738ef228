import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type ArchiveLimits, archiveLimits, withinLimits } from './archive.ts'
import { ImportRefusal } from './refusal.ts'
import { gunzip, openInput, unzstd } from './unpack.ts'
import { openZip } from './zip.ts'

/** What is in a stored file: the file itself, or each file of a zip. Chunks are unpacked as they are read. */
export type SourceEntry = {
  /** Name inside a zip; nothing for a file that is plain or just compressed. */
  readonly name: string | null
  readonly chunks: AsyncIterable<Uint8Array>
}

export type SourceOptions = {
  /** Told, in a sentence, of what is passed over. */
  readonly say?: (note: string) => void
  readonly limits?: ArchiveLimits
}

/**
 * Opens a file as it is stored: plain, gzip, Zstandard or zip, told by its first bytes. Everything that
 * reads a file of a job goes through here, so that names of entries and places in them mean the same.
 *
 * The chunks of an entry throw an ImportRefusal (`ARCHIVE_…`) where it is damaged, encrypted or beyond a
 * limit; the other entries are not touched by that.
 *
 * @throws {ImportRefusal} where an archive as a whole cannot be read, or the stored file is gone
 */
export async function* openSource(
  path: string,
  { say = () => {}, limits = archiveLimits }: SourceOptions = {},
): AsyncGenerator<SourceEntry> {
  const { packing, size } = await look(path)
  const unpacking = { limits, packed: size, unpacked: 0 }
  if (packing === 'zip') return yield* openZip(path, unpacking, say)
  const raw = createReadStream(path, { highWaterMark: 1 << 18 })
  try {
    const chunks =
      packing === 'gzip'
        ? withinLimits(gunzip(openInput(raw), theFile, say), theFile, size, unpacking)
        : packing === 'zstd'
          ? withinLimits(unzstd(openInput(raw), theFile), theFile, size, unpacking)
          : raw
    yield { name: null, chunks }
  } finally {
    raw.destroy()
  }
}

/** The bytes of one entry, by the name that `openSource` gave it. @throws {ImportRefusal} as `openSource` does */
export async function* readEntry(path: string, name: string | null): AsyncGenerator<Uint8Array> {
  for await (const source of openSource(path)) {
    if (source.name !== name) continue
    yield* source.chunks
    return
  }
  throw new ImportRefusal(
    'conflict',
    'STORED_FILE_CHANGED',
    `The stored file has no entry ${name} any more.`,
    'Restore the data directory from its backup, or send the file again.',
  )
}

/** Whether the places of records are not those of the stored bytes. */
export const isPacked = async (path: string): Promise<boolean> => (await look(path)).packing !== null

const theFile = 'The file'

type Packing = 'gzip' | 'zstd' | 'zip'

async function look(path: string): Promise<{ packing: Packing | null; size: number }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? missing() : error
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
    const { size } = await file.stat()
    return { packing: bytesRead === 4 ? packingOf(buffer.readUInt32LE(0)) : null, size }
  } finally {
    await file.close()
  }
}

/** By the first four bytes: gzip (RFC 1952); a frame of Zstandard, or one to skip (RFC 8878); an entry of a zip, or its end. */
function packingOf(magic: number): Packing | null {
  if ((magic & 0xffffff) === 0x088b1f) return 'gzip'
  if (magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50) return 'zstd'
  return magic === 0x04034b50 || magic === 0x06054b50 ? 'zip' : null
}

const missing = () =>
  new ImportRefusal(
    'missing',
    'STORED_FILE_MISSING',
    'The stored file is not in the data directory any more.',
    'Restore the data directory from its backup, or send the file again.',
  )
