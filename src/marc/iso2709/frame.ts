import { cutFrames } from '../cut-frames.ts'
import type { Frame, MarcLimits } from '../frame.ts'
import { nextFrame } from './boundary.ts'

/**
 * Cuts a stream of ISO 2709 into frames that tile its bytes: records, whole or not, and the junk
 * between them. `boundary.ts` has the rules.
 *
 * Memory is bounded by the record limit: a record beyond it is a rejected frame of its first bytes,
 * and the rest of it is junk.
 */
export const frameIso2709 = (
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> => cutFrames(chunks, (search) => nextFrame(search, limits))
