const LF = 0x0a
const CR = 0x0d

/**
 * What a line is to the record that it stands in. A bare one has a tag that is no number and no subfield
 * where it should start: a leader whose tag is damaged, it may be.
 */
export type LineKind = 'leader' | '001' | 'field' | 'bare' | 'blank' | 'text'

export function lineKind(line: Uint8Array): LineKind {
  if (line[0] !== 0x3d) return line.every((byte) => byte <= 0x20) ? 'blank' : 'text'
  const tag = String.fromCharCode(...line.subarray(1, 4))
  // The blanks after a tag of digits may be missing; other text may begin with an = too.
  if (!/^\d{3}$/.test(tag) && !(/^[!-~]{3}$/.test(tag) && (line[4] ?? 0x20) <= 0x20)) return 'text'
  if (tag === 'LDR' || tag === '000') return 'leader'
  if (tag === '001') return '001'
  return /^\d{3}$/.test(tag) || line[8] === 0x24 ? 'field' : 'bare'
}

/** So many bytes tell what a line is; what begins with more blanks is text. */
const telling = 256

/** What the line at a position is, which need not be there as a whole; nothing where more bytes are needed. */
export function lineKindAt(bytes: Uint8Array, at: number, final: boolean): LineKind | null {
  const start = bytes.subarray(at, at + telling)
  const end = endOfLine(start, 0)
  if (end !== -1) return lineKind(start.subarray(0, end))
  if (start[0] !== 0x3d && start.some((byte) => byte > 0x20)) return 'text'
  if (start.length < telling && !final) return null
  return start.length < telling || start[0] === 0x3d ? lineKind(start) : 'text'
}

/** Beyond the line end that ends the line at a position; -1 where none is there, or half of one may be. */
export function endOfLine(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++
  if (at === bytes.length || (bytes[at] === CR && at + 1 === bytes.length)) return -1
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1
}

/** The lines of a text without their ends. */
export function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const found = endOfLine(bytes, at)
    const end = found === -1 ? bytes.length : found
    let last = end
    while (last > at && (bytes[last - 1] === LF || bytes[last - 1] === CR)) last--
    yield bytes.subarray(at, last)
    at = end
  }
}
