import type { GraphicSet } from './sets.ts'
import { ascii, eaccFinal, graphicSets } from './sets.ts'

/** What an escape sequence puts into force, and in which half of the code table. */
type Designation = {
  readonly half: 'G0' | 'G1'
  /** Nothing for East Asian Character Code, which is no set of single bytes. */
  readonly set: GraphicSet | undefined
  /** Bytes, the escape character included. */
  readonly length: number
}

const ESC = 0x1b

/** Intermediate characters of technique 2, with the half that each designates to. */
const halves: ReadonlyMap<number, 'G0' | 'G1'> = new Map([
  [0x28, 'G0'],
  [0x2c, 'G0'],
  [0x29, 'G1'],
  [0x2d, 'G1'],
])

/**
 * The escape sequence at a position, or nothing where there is none that MARC-8 knows (MARC 21
 * Specifications, Character Sets: MARC-8 encoding environment):
 *   technique 1: ESC g, b, p for Greek symbols, subscripts, superscripts in G0; ESC s back to ASCII
 *   technique 2: ESC ( F or , F to G0; ESC ) F or - F to G1; ESC $ F, $ , F, $ ) F, $ - F for sets of several
 *   bytes; ANSEL's final is `!E`.
 */
export function designationAt(bytes: Uint8Array, at: number): Designation | undefined {
  let next = at + 1
  const technique1 = String.fromCharCode(bytes[next] ?? 0)
  if (technique1 === 's') return { half: 'G0', set: ascii, length: 2 }
  if (technique1 === 'g' || technique1 === 'b' || technique1 === 'p') {
    return { half: 'G0', set: graphicSets.get(technique1), length: 2 }
  }
  const several = bytes[next] === 0x24
  if (several) next++
  const half = halves.get(bytes[next] ?? 0)
  if (half !== undefined) next++
  if (half === undefined && !several) return undefined
  if (bytes[next] === 0x21) next++
  const final = String.fromCharCode(bytes[next] ?? 0)
  const length = next + 1 - at
  if (final === eaccFinal) return { half: half ?? 'G0', set: undefined, length }
  const set = several ? undefined : graphicSets.get(final)
  return set === undefined || half === undefined ? undefined : { half, set, length }
}

/**
 * Whether a field shows the trace of a system that wrote escapes on entering a set and none on leaving it:
 * it designates to G0 a set that is already there.
 */
export function leavesSetsSilently(bytes: Uint8Array): boolean {
  let g0: GraphicSet | undefined = ascii
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0x1f) g0 = ascii
    if (bytes[at] !== ESC) continue
    const designation = designationAt(bytes, at)
    if (designation === undefined || designation.half === 'G1') continue
    if (designation.set === g0 && g0 !== ascii) return true
    g0 = designation.set
  }
  return false
}
