import type { Frame, MarcLimits, RecordFrame } from '../frame.ts'
import { type Found, type View, nextFrame } from './boundary.ts'

/**
 * Cuts a stream of ISO 2709 into frames that tile its bytes: records, whole or not, and the junk
 * between them. The frames are the same however the bytes come in chunks. `boundary.ts` has the rules.
 *
 * Memory is bounded by the record limit: a record beyond it is a rejected frame of its first bytes,
 * and the rest of it is junk.
 */
export async function* frameIso2709(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> {
  let pending: Pending = { bytes: new Uint8Array(0), start: 0, end: 0 }
  let offset = 0
  let position = 0
  let enough = 0

  function take(isEnd: boolean): Frame[] {
    const view: View = { bytes: pending.bytes.subarray(pending.start, pending.end), isEnd, isShort: false }
    const frames: Frame[] = []
    let at = 0
    while (at < view.bytes.length) {
      const found = nextFrame(view, at, limits)
      if (found === null) break
      if (found.kind === 'junk')
        frames.push({ kind: 'junk', offset: offset + at, length: found.end - at, why: found.why })
      else frames.push(recordFrame(view.bytes.subarray(at, found.end), offset + at, ++position, found))
      at = found.end
    }
    offset += at
    pending = { ...pending, start: pending.start + at }
    // What does not end yet is looked at again when there is twice as much of it, so that the search stays linear.
    enough = at === 0 ? view.bytes.length * 2 : 0
    return frames
  }

  for await (const chunk of chunks) {
    pending = append(pending, chunk)
    if (pending.end - pending.start < enough) continue
    const frames = take(false)
    if (frames.length > 0) yield frames
  }
  const frames = take(true)
  if (frames.length > 0) yield frames
}

/** The bytes that no frame has yet. Frames are views of bytes before `start`, so these are never written again. */
type Pending = { readonly bytes: Uint8Array; readonly start: number; readonly end: number }

function append({ bytes, start, end }: Pending, chunk: Uint8Array): Pending {
  const size = end - start
  if (size === 0) return { bytes: chunk, start: 0, end: chunk.length }
  // A chunk that came from outside has no room: what is written into is ours.
  if (end + chunk.length <= bytes.length) {
    bytes.set(chunk, end)
    return { bytes, start, end: end + chunk.length }
  }
  const grown = new Uint8Array(Math.max(size * 2, size + chunk.length))
  grown.set(bytes.subarray(start, end))
  grown.set(chunk, size)
  return { bytes: grown, start: 0, end: size + chunk.length }
}

function recordFrame(
  bytes: Uint8Array,
  offset: number,
  position: number,
  { repairs, rejected }: Extract<Found, { kind: 'record' }>,
): RecordFrame {
  return rejected
    ? { kind: 'record', position, offset, bytes, repairs, rejected }
    : { kind: 'record', position, offset, bytes, repairs }
}
