const LF = 0x0a
const CR = 0x0d

/** What a line is to the record that it stands in. */
export type LineKind = 'leader' | '001' | 'field' | 'blank' | 'text'

export function lineKind(line: Uint8Array): LineKind {
  if (line.every((byte) => byte <= 0x20)) return 'blank'
  if (line[0] !== 0x3d) return 'text'
  const tag = String.fromCharCode(...line.subarray(1, 4))
  // The blanks after a tag of digits may be missing; other text may begin with an = too.
  if (!/^\d{3}$/.test(tag) && !(/^[!-~]{3}$/.test(tag) && (line[4] ?? 0x20) <= 0x20)) return 'text'
  return tag === 'LDR' || tag === '000' ? 'leader' : tag === '001' ? '001' : 'field'
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
