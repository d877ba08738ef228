import { eaccRows, singleByteTables } from './tables.ts'

/** A set of one byte a character, by the seven low bits of its codes. */
export type GraphicSet = {
  readonly final: string
  /** UTF-16 units, 0 where the set has no character; all of these sets lie in the basic plane. */
  readonly units: Uint16Array
  /** 1 for the combining marks, which stand before their base in MARC-8. */
  readonly combining: Uint8Array
}

function expand(final: string, places: string, combining: string): GraphicSet {
  const set = { final, units: new Uint16Array(128), combining: new Uint8Array(128) }
  for (let at = 0; at < 94; at++) if (places.charAt(at) !== ' ') set.units[at + 0x21] = places.charCodeAt(at)
  for (let at = 0; at < combining.length; at++) set.combining[combining.charCodeAt(at)] = 1
  return set
}

/** The sets by the final character of their escape sequence: B E g b p 2 N Q 3 4 S. */
export const graphicSets: ReadonlyMap<string, GraphicSet> = new Map(
  singleByteTables.map((table) => [table.final, expand(table.final, table.places, table.combining)]),
)

function setOf(final: string): GraphicSet {
  const set = graphicSets.get(final)
  if (set === undefined) throw new Error(`the MARC-8 tables have no set ${final}`)
  return set
}

export const ascii = setOf('B')
export const ansel = setOf('E')

/** Final character of East Asian Character Code, three bytes a character. */
export const eaccFinal = '1'

let eacc: ReadonlyMap<number, number> | undefined

/** EACC code (24 bits) to code point, made when first asked for: most files have no East Asian text. */
export function eaccCodes(): ReadonlyMap<number, number> {
  if (eacc !== undefined) return eacc
  const codes = new Map<number, number>()
  for (const row of eaccRows) {
    let code = (Number.parseInt(row.slice(0, 4), 16) << 8) | 0x20
    for (const character of row.slice(4)) {
      if (character !== ' ') codes.set(code, character.codePointAt(0) as number)
      code++
    }
  }
  eacc = codes
  return codes
}

/** What ANSEL and ISO 6630 have among the C1 codes: the non-sorting marks, twice, and the joiners. */
export const c1Units: ReadonlyMap<number, number> = new Map([
  [0x88, 0x98],
  [0x89, 0x9c],
  [0x8d, 0x200d],
  [0x8e, 0x200c],
  [0x98, 0x98],
  [0x9c, 0x9c],
])
