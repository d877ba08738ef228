import type { Transform } from 'node:stream'
import { crc32, createInflateRaw, createZstdDecompress } from 'node:zlib'
import { damaged } from './archive.ts'

/*
 * Compressed streams, one after the other: the decompressors of the platform stop at the end of the first,
 * or pass over what follows it without a word.
 */

/** Bytes that are read forward, and of which the last can be given back. */
export type Input = {
  /** Nothing at the end; never an empty chunk. */
  next(): Promise<Uint8Array | null>
  giveBack(bytes: Uint8Array): void
}

export function openInput(chunks: AsyncIterable<Uint8Array>): Input {
  const source = chunks[Symbol.asyncIterator]()
  const returned: Uint8Array[] = []
  return {
    async next() {
      const back = returned.pop()
      if (back) return back
      for (;;) {
        const { done, value } = await source.next()
        if (done === true) return null
        if (value.length > 0) return value
      }
    },
    giveBack(bytes) {
      if (bytes.length > 0) returned.push(bytes)
    },
  }
}

/** Unpacks one raw Deflate stream; what follows it stays in the input. @throws {ImportRefusal} ARCHIVE_DAMAGED */
export const inflate = (input: Input, what: string): AsyncGenerator<Uint8Array> =>
  decompress(input, createInflateRaw({ chunkSize }), what)

/**
 * Unpacks gzip: all members, each held to its checksum (RFC 1952). Zeros after a member are padding, as
 * tapes and some servers add; other bytes that begin no member are passed over, and `say` is told.
 *
 * @throws {ImportRefusal} ARCHIVE_DAMAGED
 */
export async function* gunzip(
  input: Input,
  what: string,
  say: (note: string) => void,
): AsyncGenerator<Uint8Array> {
  for (let member = 1; ; member++) {
    await skipGzipHeader(input, what)
    let checksum = 0
    let size = 0
    for await (const chunk of inflate(input, what)) {
      checksum = crc32(chunk, checksum)
      size += chunk.length
      yield chunk
    }
    const trailer = await take(input, 8)
    if (trailer === null) throw damaged(what, cutOff)
    if (trailer.readUInt32LE(0) !== checksum || trailer.readUInt32LE(4) !== size % 2 ** 32)
      throw damaged(what, `is damaged: member ${member} does not unpack to what its checksum says`)
    if (!(await atGzipMember(input, what, say))) return
  }
}

/** Unpacks Zstandard: all frames. @throws {ImportRefusal} ARCHIVE_DAMAGED */
export async function* unzstd(input: Input, what: string): AsyncGenerator<Uint8Array> {
  for (;;) {
    yield* decompress(input, createZstdDecompress({ chunkSize }), what)
    const next = await input.next()
    if (next === null) return
    input.giveBack(next)
  }
}

const chunkSize = 1 << 18
const cutOff = 'is cut off: its packed data end too early'

/** Feeds a decompressor until its stream ends, and gives back what it did not want. */
async function* decompress(input: Input, engine: Transform & { bytesWritten: number }, what: string) {
  let fed = 0
  let last: Uint8Array = new Uint8Array(0)
  let isOver = false
  const over = new Promise<void>((resolve) => {
    for (const event of ['end', 'error', 'close']) {
      engine.once(event, () => {
        isOver = true
        resolve()
      })
    }
  })
  // One chunk at a time, so that what is left over at the end is of the last.
  const feed = async () => {
    while (!isOver && engine.bytesWritten === fed) {
      const chunk = await input.next()
      if (chunk === null) return engine.end()
      last = chunk
      fed += chunk.length
      await Promise.race([over, new Promise<void>((resolve) => engine.write(chunk, () => resolve()))])
    }
  }
  const feeding = feed().catch((error: unknown) => {
    engine.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const chunk of engine) yield chunk as Uint8Array
    await feeding
    input.giveBack(last.subarray(last.length - (fed - engine.bytesWritten)))
  } catch (error) {
    throw isOfZlib(error) ? damaged(what, hurt(error)) : error
  } finally {
    engine.destroy()
  }
}

type ZlibError = Error & { code: string }

const isOfZlib = (error: unknown): error is ZlibError =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^Z(STD)?_/.test(error.code)

const hurt = ({ code, message }: ZlibError) =>
  code === 'Z_BUF_ERROR' ? cutOff : `is damaged: its packed data cannot be read (${message.toLowerCase()})`

/** RFC 1952, 2.3: magic, method, flags, time, extra flags, system; then what the flags announce. */
async function skipGzipHeader(input: Input, what: string): Promise<void> {
  const head = await take(input, 10)
  if (head === null) throw damaged(what, cutOff)
  if (head.readUInt16LE(0) !== gzipMagic || head[2] !== 8)
    throw damaged(what, 'is damaged: its header is not one of gzip')
  const flags = head[3] as number
  if (flags & 4) {
    const length = await take(input, 2)
    if (length === null || (await take(input, length.readUInt16LE(0))) === null) throw damaged(what, cutOff)
  }
  for (const named of [8, 16]) {
    if ((flags & named) === 0) continue
    for (let byte = await take(input, 1); ; byte = await take(input, 1)) {
      if (byte === null) throw damaged(what, cutOff)
      if (byte[0] === 0) break
    }
  }
  if (flags & 2 && (await take(input, 2)) === null) throw damaged(what, cutOff)
}

const gzipMagic = 0x8b1f

/** Whether another member begins, after padding if there is some; what is neither is passed over. */
async function atGzipMember(input: Input, what: string, say: (note: string) => void): Promise<boolean> {
  for (let chunk = await input.next(); chunk !== null; chunk = await input.next()) {
    const at = chunk.findIndex((byte) => byte !== 0)
    if (at === -1) continue
    input.giveBack(chunk.subarray(at))
    const magic = await take(input, 2)
    if (magic?.readUInt16LE(0) === gzipMagic) {
      input.giveBack(magic)
      return true
    }
    let foreign = magic?.length ?? 1
    for (let rest = await input.next(); rest !== null; rest = await input.next()) foreign += rest.length
    say(`${what} has ${foreign} bytes after the end of its packed data; they were passed over.`)
    return false
  }
  return false
}

/** So many bytes; nothing where there are fewer. */
async function take(input: Input, count: number): Promise<Buffer | null> {
  const bytes = Buffer.alloc(count)
  let filled = 0
  while (filled < count) {
    const chunk = await input.next()
    if (chunk === null) return null
    const wanted = chunk.subarray(0, count - filled)
    bytes.set(wanted, filled)
    filled += wanted.length
    input.giveBack(chunk.subarray(wanted.length))
  }
  return bytes
}
