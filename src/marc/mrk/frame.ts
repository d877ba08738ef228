import { type Found, type Search, cutFrames, isBom, tooLarge, unended } from '../cut-frames.ts'
import type { Frame, MarcLimits } from '../frame.ts'
import { type LineKind, endOfLine, lineKind } from './line.ts'

/** A line that is no field and has no end within so many bytes is taken in pieces. */
const textLimit = 64 * 1024

/**
 * Cuts mnemonic text into frames. A record begins with a line `=LDR` (or `=000`), or after a blank line
 * with `=001` where it has no leader, and takes in the blank lines after it. Other fields after a blank
 * line go on with the record before, since editors double line ends; text without `=` goes on with its
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
  const line = lineAt(search, at)
  if (line === null) {
    if (bytes[at] === 0x3d) return unended(search, limits)
    return bytes.length - at < textLimit ? null : { kind: 'junk', end: at + textLimit, why: 'FOREIGN' }
  }
  if (line.kind === 'leader' || (!lost && (line.kind === '001' || line.kind === 'field')))
    return findRecord(search, line, limits)
  if (line.end - at > textLimit) return { kind: 'junk', end: at + textLimit, why: 'FOREIGN' }
  return { kind: 'junk', end: line.end, why: line.kind === 'blank' && !lost ? 'LINE_ENDS' : 'FOREIGN' }
}

type Line = { readonly kind: LineKind; readonly end: number }

/** The record whose first line is given, up to the line that begins the next. */
function findRecord(search: Search, first: Line, limits: MarcLimits): Found | null {
  const { bytes, at, final } = search
  let fields = first.kind === 'leader' ? 0 : 1
  let afterBlank = false
  let end = first.end
  while (end < bytes.length && end - at <= limits.record) {
    const line = lineAt(search, end)
    if (line === null) return unended(search, limits)
    if (line.kind === 'leader' || (afterBlank && beginsAnother(line.kind, fields)) || isBom(bytes, end))
      return { kind: 'record', end }
    afterBlank = line.kind === 'blank'
    if (!afterBlank) fields++
    end = line.end
  }
  if (end - at > limits.record) return tooLarge(at, limits)
  // The end of the file is the end of its last record: text is never known to be cut off.
  return final ? { kind: 'record', end } : unended(search, limits)
}

/** After a blank line. The first field after a leader does not begin a record of its own. */
const beginsAnother = (kind: LineKind, fields: number) => kind === 'text' || (kind === '001' && fields > 0)

/** The line at a position; nothing where it has no end so far. */
function lineAt({ bytes, final }: Search, at: number): Line | null {
  const found = endOfLine(bytes, at)
  if (found === -1 && !final) return null
  const end = found === -1 ? bytes.length : found
  return { kind: lineKind(bytes.subarray(at, end)), end }
}
