import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'

export type SourceEntry = { readonly name: string; readonly chunks: AsyncIterable<Uint8Array> }

/** Opens a file as it is stored: what is in it, unpacked as it is read. */
export async function* openSource(path: string): AsyncGenerator<SourceEntry> {
  const file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
  await file.close()
  const raw = () => createReadStream(path, { highWaterMark: 1 << 18 })
  if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b)
    yield { name: path, chunks: raw().pipe(createGunzip({ chunkSize: 1 << 18 })) }
  else if (bytesRead === 4 && buffer.readUInt32LE(0) === 0xfd2fb528)
    yield { name: path, chunks: raw().pipe(createZstdDecompress()) }
  else yield { name: path, chunks: raw() }
}
