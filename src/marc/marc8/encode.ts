import type { GraphicSet } from './sets.ts'
import { ansel, ascii, eaccCodes, eaccFinal, graphicSets } from './sets.ts'

/** Where MARC-8 has a character. */
type Place = { readonly final: string; readonly code: number }

/** What is in force in the bytes written so far. ANSEL is always in G1. */
type Writer = {
  readonly bytes: number[]
  /** Final character of the set in G0. */
  g0: string
  /** The second half (ANSEL code) that the next base of the subfield owes to a ligature or double tilde. */
  owed: number
}

const delimiter = 0x1f

/**
 * A mark goes before its base. U+0670, the superscript alef, is a mark to Unicode and no combining character
 * to the Arabic set: it keeps its place after the letter.
 */
const isMark = (character: string): boolean => character !== '\u0670' && /^\p{M}/u.test(character)

/** ANSEL codes of what has two halves, by the one character that stands for both, and by half. */
const firstHalves: ReadonlyMap<number, { readonly first: number; readonly second: number }> = new Map([
  [0x0361, { first: 0xeb, second: 0xec }],
  [0x0360, { first: 0xfa, second: 0xfb }],
  [0xfe20, { first: 0xeb, second: 0 }],
  [0xfe22, { first: 0xfa, second: 0 }],
])

/** U+0098 and U+009C part the non-sorting words, U+200D and U+200C are the joiners. */
const c1Codes: ReadonlyMap<number, number> = new Map([
  [0x98, 0x88],
  [0x9c, 0x89],
  [0x200d, 0x8d],
  [0x200c, 0x8e],
])

/**
 * Sets in the order in which a character is looked for. Greek symbols are not among them: the tables send
 * their alpha, beta and gamma to the Greek set.
 */
const order = ['B', 'E', 'S', 'N', 'Q', '3', '4', '2', 'b', 'p']

let places: ReadonlyMap<number, readonly Place[]> | undefined

function placesOf(point: number): readonly Place[] {
  places ??= makePlaces()
  return places.get(point) ?? []
}

function makePlaces(): Map<number, Place[]> {
  const made = new Map<number, Place[]>([[0x20, [{ final: ascii.final, code: 0x20 }]]])
  const add = (point: number, place: Place): void => {
    const known = made.get(point)
    if (known === undefined) made.set(point, [place])
    else known.push(place)
  }
  for (const final of order) {
    const units = (graphicSets.get(final) as GraphicSet).units
    for (const [code, unit] of units.entries()) if (unit !== 0) add(unit, { final, code })
  }
  for (const [code, point] of eaccCodes()) {
    // 212320 is an ideographic space "in some implementations" only; 212321 is the standard's.
    if (code !== 0x212320 && !made.has(point)) add(point, { final: eaccFinal, code })
  }
  return made
}

/** In the set in force if that has it, so that a word stays in one set; else in the first that has it. */
function find(point: number, g0: string): Place | undefined {
  const found = placesOf(point)
  return found.find((place) => place.final === g0) ?? found[0]
}

/**
 * A field's text, U+001F in place, to MARC-8. What MARC-8 lacks becomes a numeric character reference
 * (`&#x2014;`), and an `&` that would read as the start of one becomes one itself, so that
 * `decodeMarc8(encodeMarc8(text)).text` is `text` in NFC but for U+FE20 and U+FE22, which read as U+0361 and
 * U+0360. Sets other than ASCII are escaped to in G0 and left before each delimiter and at the end.
 */
export function encodeMarc8(text: string): Uint8Array {
  const writer: Writer = { bytes: [], g0: ascii.final, owed: 0 }
  const characters = [...text.normalize('NFC')]
  let at = 0
  while (at < characters.length) {
    const character = characters[at] as string
    let end = at + 1
    while (end < characters.length && isMark(characters[end] as string)) end++
    const marks = characters.slice(at + 1, end)
    const point = character.codePointAt(0) as number
    const c1 = c1Codes.get(point)
    if (point === delimiter) {
      designate(writer, ascii.final)
      writer.bytes.push(delimiter)
      writer.owed = 0
      writeReferences(writer, marks)
    } else if (c1 !== undefined || isMark(character)) {
      // Not a base: marks written before it would reach the character after it.
      if (c1 === undefined) writeReferences(writer, [character])
      else writer.bytes.push(c1)
      writeReferences(writer, marks)
    } else if (point >= 0x20 && point !== 0x7f) {
      writeCluster(writer, character, marks, startsReference(characters, at))
    }
    at = end
  }
  designate(writer, ascii.final)
  return Uint8Array.from(writer.bytes)
}

const startsReference = (characters: readonly string[], at: number): boolean =>
  characters[at] === '&' && characters[at + 1] === '#' && characters[at + 2] === 'x'

/** A base with its marks: marks that MARC-8 has before the base, the others as references after it. */
function writeCluster(writer: Writer, base: string, marks: readonly string[], refer: boolean): void {
  const split = refer ? { base, place: undefined, marks: [] } : splitBase(base, writer.g0)
  const g0 = split.place === undefined || split.place.final === ansel.final ? writer.g0 : split.place.final
  const before: Place[] = []
  const after: string[] = []
  for (const mark of [...split.marks, ...marks]) {
    const place = markPlace(mark, g0)
    if (place !== undefined && after.every((other) => commute(other, mark))) before.push(place)
    else after.push(mark)
  }
  if (writer.owed !== 0) writer.bytes.push(writer.owed)
  writer.owed = 0
  let owed = 0
  for (const place of before) {
    write(writer, place)
    if (place.final === ansel.final) owed = secondHalf(place.code, [...split.marks, ...marks]) || owed
  }
  if (split.place === undefined) writeReferences(writer, [split.base])
  else write(writer, split.place)
  writer.owed = owed
  writeReferences(writer, after)
}

function markPlace(mark: string, g0: string): Place | undefined {
  const point = mark.codePointAt(0) as number
  const half = firstHalves.get(point)
  return half === undefined ? find(point, g0) : { final: ansel.final, code: half.first & 0x7f }
}

/** The second half owed for a first half, unless the text spells the halves out. */
function secondHalf(code: number, marks: readonly string[]): number {
  for (const mark of marks) {
    const half = firstHalves.get(mark.codePointAt(0) as number)
    if (half !== undefined && half.second !== 0 && (half.first & 0x7f) === code) return half.second
  }
  return 0
}

/** A character as MARC-8 has it: whole, or as the longest composed part that a set has and the marks left. */
function splitBase(
  character: string,
  g0: string,
): { base: string; place: Place | undefined; marks: string[] } {
  const whole = find(character.codePointAt(0) as number, g0)
  if (whole !== undefined) return { base: character, place: whole, marks: [] }
  const parts = [...character.normalize('NFD')]
  for (let end = parts.length - 1; end > 0; end--) {
    const part = [...parts.slice(0, end).join('').normalize('NFC')]
    const place = part.length === 1 ? find((part[0] as string).codePointAt(0) as number, g0) : undefined
    if (place !== undefined) return { base: part[0] as string, place, marks: parts.slice(end) }
  }
  return { base: character, place: undefined, marks: [] }
}

/** Whether two marks mean the same in either order, so that one may be written on the other's far side. */
const commute = (one: string, other: string): boolean =>
  `a${one}${other}`.normalize('NFD') === `a${other}${one}`.normalize('NFD')

function write(writer: Writer, place: Place): void {
  if (place.final === ansel.final) {
    writer.bytes.push(place.code | 0x80)
  } else if (place.final === eaccFinal) {
    designate(writer, eaccFinal)
    writer.bytes.push(place.code >> 16, (place.code >> 8) & 0x7f, place.code & 0x7f)
  } else {
    // A space is a space in every set of single bytes.
    if (place.code !== 0x20 || writer.g0 === eaccFinal) designate(writer, place.final)
    writer.bytes.push(place.code)
  }
}

function writeReferences(writer: Writer, characters: readonly string[]): void {
  if (characters.length === 0) return
  designate(writer, ascii.final)
  for (const character of characters) {
    const digits = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
    for (const unit of `&#x${digits};`) writer.bytes.push(unit.charCodeAt(0))
  }
}

const technique1: ReadonlySet<string> = new Set(['b', 'p'])

/** Puts a set into G0. Subscripts and superscripts are entered and left by technique 1, the rest by 2. */
function designate(writer: Writer, final: string): void {
  if (writer.g0 === final) return
  const { bytes } = writer
  if (technique1.has(writer.g0)) bytes.push(0x1b, 0x73)
  const left = technique1.has(writer.g0) ? ascii.final : writer.g0
  if (technique1.has(final)) bytes.push(0x1b, final.charCodeAt(0))
  else if (final === eaccFinal) bytes.push(0x1b, 0x24, 0x31)
  else if (final !== left) bytes.push(0x1b, 0x28, final.charCodeAt(0))
  writer.g0 = final
}
