import assert from 'node:assert/strict'
import type { Decoded, Format, Frame, MarcLimits, RecordFrame } from '../src/marc/frame.ts'
import { fileLimits } from '../src/marc/frame.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { decodeFrame, openMarc } from '../src/marc/read.ts'

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** All frames of a stream, held to the rule that they tile its bytes. */
export async function framesOf(
  bytes: Uint8Array,
  frames: AsyncIterable<readonly Frame[]>,
): Promise<readonly Frame[]> {
  const all: Frame[] = []
  let at = 0
  let position = 0
  for await (const batch of frames) {
    for (const frame of batch) {
      assert.equal(frame.offset, at)
      if (frame.kind === 'record') {
        assert.equal(frame.position, ++position)
        assert.equal(Buffer.compare(frame.bytes, bytes.subarray(at, at + frame.bytes.length)), 0)
      }
      at += frame.kind === 'junk' ? frame.length : frame.bytes.length
      all.push(frame)
    }
  }
  assert.equal(at, bytes.length)
  return all
}

export type ReadMarc = {
  readonly format: Format
  readonly frames: readonly Frame[]
  readonly decoded: readonly Decoded[]
  /** Those that could be read. */
  readonly records: readonly MarcRecord[]
}

/** A whole file as it is read, in chunks of a size that none of its parts has. */
export async function readMarc(
  file: string | Uint8Array,
  { chunk = 61, limits = fileLimits }: { readonly chunk?: number; readonly limits?: MarcLimits } = {},
): Promise<ReadMarc> {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file
  const opened = await openMarc(chunksOf(bytes, chunk), limits)
  assert.ok('format' in opened, `no MARC: ${'notMarc' in opened ? opened.notMarc.code : ''}`)
  const frames = await framesOf(bytes, opened.frames)
  const decoded = frames
    .filter((frame): frame is RecordFrame => frame.kind === 'record')
    .map((frame) => decodeFrame(opened.format, frame, 'repair'))
  const records = decoded.flatMap((each) => (each.ok ? [each.record] : []))
  return { format: opened.format, frames, decoded, records }
}

/** Frames as a line of words: the code of junk, `record`, or why a record is rejected. */
export const sketch = (frames: readonly Frame[]): string =>
  frames.map((frame) => (frame.kind === 'junk' ? frame.why : (frame.rejected?.code ?? 'record'))).join(' ')

/** Repairs of one record as `code field: before > after`. */
export const repairsOf = (decoded: Decoded | undefined): readonly string[] =>
  (decoded?.repairs ?? []).map(
    ({ code, field, before, after }) => `${code}${field ? ` ${field}` : ''}: ${before} > ${after}`,
  )
