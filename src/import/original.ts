import { open } from 'node:fs/promises'
import type { Format } from '../marc/frame.ts'
import { isPacked, readEntry } from './source.ts'
import { storedPath } from './store.ts'

/** A file of a job, as far as its bytes are to be read again. */
export type OriginalFile = {
  readonly sha256: string
  readonly entry: string | null
  readonly format: Format | 'list'
}

/** In bytes of the decompressed file. */
export type Place = { readonly offset: number; readonly length: number }

/**
 * The bytes of records as they came, in the order of the places, which must rise. A file that was stored
 * as it is, is read at the places; a compressed one is unpacked from its start up to the last of them.
 */
export async function* readOriginals(
  dataDir: string,
  file: OriginalFile,
  places: AsyncIterable<readonly Place[]>,
): AsyncGenerator<Uint8Array> {
  const path = storedPath(dataDir, file.sha256)
  yield* (await isPacked(path)) ? readPacked(path, file.entry, places) : readPlain(path, places)
}

async function* readPlain(path: string, places: AsyncIterable<readonly Place[]>): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    for await (const page of places) {
      for (const { offset, length } of page) {
        const bytes = Buffer.alloc(length)
        const { bytesRead } = await file.read(bytes, 0, length, offset)
        if (bytesRead < length)
          throw new Error(`the stored file ${path} is shorter than it was when it was framed`)
        yield bytes
      }
    }
  } finally {
    await file.close()
  }
}

async function* readPacked(
  path: string,
  entry: string | null,
  places: AsyncIterable<readonly Place[]>,
): AsyncGenerator<Uint8Array> {
  const bytes = readFrom(readEntry(path, entry))
  try {
    for await (const page of places) for (const place of page) yield await bytes.at(place)
  } finally {
    await bytes.close()
  }
}

/** A stream that is read forward only: what lies before a place is passed over. */
function readFrom(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]()
  let start = 0
  let chunk: Uint8Array = new Uint8Array(0)
  return {
    async at({ offset, length }: Place): Promise<Uint8Array> {
      const bytes = Buffer.alloc(length)
      let filled = 0
      while (filled < length) {
        const from = offset + filled - start
        if (from < chunk.length) {
          const piece = chunk.subarray(from, from + length - filled)
          bytes.set(piece, filled)
          filled += piece.length
          continue
        }
        start += chunk.length
        const next = await source.next()
        if (next.done) throw new Error('the stored file is shorter than it was when it was framed')
        chunk = next.value
      }
      return bytes
    },
    close: () => source.return?.(),
  }
}
