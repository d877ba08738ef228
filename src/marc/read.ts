import type { Reading } from './encoding.ts'
import {
  type Decoded,
  type Format,
  type Frame,
  type MarcLimits,
  type RecordFrame,
  fileLimits,
} from './frame.ts'
import { decodeIso2709 } from './iso2709/decode.ts'
import { frameIso2709 } from './iso2709/frame.ts'
import { type NotMarc, sniff, sniffed } from './sniff.ts'

export type OpenedMarc =
  | { readonly format: Format; readonly frames: AsyncGenerator<readonly Frame[]> }
  | { readonly notMarc: NotMarc }

/** Tells what a stream of bytes is and cuts it into frames; the frames tile the bytes. */
export async function openMarc(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits = fileLimits,
): Promise<OpenedMarc> {
  const source = chunks[Symbol.asyncIterator]()
  const head: Uint8Array[] = []
  let size = 0
  while (size < sniffed) {
    const next = await source.next()
    if (next.done) break
    head.push(next.value)
    size += next.value.length
  }
  const found = sniff(joined(head, size))
  if ('notMarc' in found) {
    await source.return?.()
    return found
  }
  return { format: found.format, frames: frameIso2709(whole(head, source), limits) }
}

/** One frame to a record, or to why it is none. */
export const decodeFrame = (_format: Format, frame: RecordFrame, reading: Reading): Decoded =>
  decodeIso2709(frame, reading)

async function* whole(
  head: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* head
  try {
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
