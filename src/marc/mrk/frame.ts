import { type Found, type Search, cutFrames, isBom, tooLarge, unended } from '../cut-frames.ts'
import type { Frame, MarcLimits } from '../frame.ts'
import { type LineKind, endOfLine, lineKindAt } from './line.ts'

/** A line that is no field and has no end within so many bytes is taken in pieces. */
const textLimit = 64 * 1024

/**
 * Cuts mnemonic text into frames. A record begins with a line `=LDR` (or `=000`), or after a blank line
 * with `=001` where it has no leader, or with what may be a leader whose tag is damaged. It takes in the
 * blank lines after it. Other fields after a blank line go on with the record, since editors double line ends; text without `=` goes on with its
 * field, but after a blank line it is junk.
 */
export function frameMrk(
  chunks: AsyncIterable<Uint8Array>,
  limits: MarcLimits,
): AsyncGenerator<readonly Frame[]> {
  return cutFrames(chunks, (search) => find(search, limits))
}

function find(search: Search, limits: MarcLimits): Found | null {
  const { bytes, at, final, lost } = search
  if (bytes[at] === 0xef && bytes.length - at < 3 && !final) return null
  if (isBom(bytes, at)) return { kind: 'junk', end: at + 3, why: 'BOM' }
  const kind = lineKindAt(bytes, at, final)
  if (kind === null) return null
  if (kind === 'leader' || (!lost && (kind === '001' || kind === 'field' || kind === 'bare')))
    return findRecord(search, kind, limits)
  const end = endOfLineAt(search, at)
  if (end === null && bytes.length - at < textLimit) return null
  if (end === null || end - at > textLimit) return { kind: 'junk', end: at + textLimit, why: 'FOREIGN' }
  return { kind: 'junk', end, why: kind === 'blank' && !lost ? 'LINE_ENDS' : 'FOREIGN' }
}

/** The record that begins with a line of such a kind, up to the line that begins the next. */
function findRecord(search: Search, first: LineKind, limits: MarcLimits): Found | null {
  const { bytes, at, final } = search
  let fields = first === 'leader' ? 0 : 1
  let afterBlank = false
  let end = endOfLineAt(search, at)
  while (end !== null && end < bytes.length && end - at <= limits.record) {
    const kind = isBom(bytes, end) ? 'leader' : lineKindAt(bytes, end, final)
    if (kind === null) return unended(search, limits)
    if (kind === 'leader' || (afterBlank && beginsAnother(kind, fields))) return { kind: 'record', end }
    afterBlank = kind === 'blank'
    if (!afterBlank) fields++
    end = endOfLineAt(search, end)
  }
  if (end !== null && end - at > limits.record) return tooLarge(at, limits)
  // The end of the file is the end of its last record: text is never known to be cut off.
  return end !== null && final ? { kind: 'record', end } : unended(search, limits)
}

/** After a blank line. The first field after a leader does not begin a record of its own. */
const beginsAnother = (kind: LineKind, fields: number) =>
  kind === 'text' || (fields > 0 && (kind === '001' || kind === 'bare'))

/** Beyond the line at a position; nothing where it has no end so far. */
function endOfLineAt({ bytes, final }: Search, at: number): number | null {
  const end = endOfLine(bytes, at)
  return end === -1 ? (final ? bytes.length : null) : end
}
