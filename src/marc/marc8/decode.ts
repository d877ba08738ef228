import { chip } from '../chip.ts'
import { controlName, isSpace, partsWords } from '../control-characters.ts'
import { designationAt, leavesSetsSilently } from './escape.ts'
import type { Reference } from './reference.ts'
import { referenceAt } from './reference.ts'
import type { GraphicSet } from './sets.ts'
import { ansel, ascii, c1Units, eaccCodes } from './sets.ts'

/** A field in MARC-8 as text, with what was out of order in it. The lists are empty for a sound field. */
export type Marc8Text = {
  /** NFC, U+001F in place. */
  readonly text: string
  /** Bytes that no set explains, each a chip in the text. */
  readonly chips: readonly string[]
  /** Numeric character references that were resolved. */
  readonly references: readonly Reference[]
  /** Escape sequences that mean nothing, and characters outside the set in force. */
  readonly escapes: readonly string[]
  /** Control characters taken out, as U+hhhh. */
  readonly controls: readonly string[]
}

type Mark = { readonly text: string; readonly byte: number }

/** What is in force at a place in the field. */
type State = {
  /** Nothing stands for East Asian Character Code. */
  g0: GraphicSet | undefined
  g1: GraphicSet | undefined
  /** Combining marks read, whose base is still to come. */
  marks: Mark[]
  /** The first half of a ligature or double tilde has been read, and the second has not. */
  double: boolean
  /** Whether the field leaves sets without an escape; found out when it matters. */
  silent: boolean | undefined
  text: string
  readonly chips: string[]
  readonly references: Reference[]
  readonly escapes: string[]
  readonly controls: string[]
}

const delimiter = 0x1f
const escape = 0x1b
const firstHalves: ReadonlySet<number> = new Set([0x0361, 0x0360])
const secondHalves: ReadonlySet<number> = new Set([0xfe21, 0xfe23])

/**
 * A field's content from MARC-8 to Unicode by the Library of Congress's tables.
 *
 * - Combining marks stand before their base in MARC-8 and after it in Unicode, several in the same order;
 *   the text is then put in NFC, the form that the catalogue stores.
 * - The two halves of a ligature or a double tilde become one mark after the first base, U+0361 or U+0360,
 *   as the tables prefer and YAZ does (D40). A second half without a first stays as U+FE21 or U+FE23.
 * - Numeric character references (`&#x2014;`) are resolved, as the lossless conversion of the Library of
 *   Congress writes them for what MARC-8 lacks.
 * - The sets in force go back to ASCII and ANSEL at each subfield delimiter and at the end of the field.
 * - A character that the set in force lacks is read as ASCII. In a field that never escapes back, ASCII then
 *   stays in force, and so it does from the digits of a number in Greek, whose digits are quotation marks.
 * - A byte without meaning, or a mark without a base, becomes a chip.
 */
export function decodeMarc8(bytes: Uint8Array): Marc8Text {
  const state: State = {
    g0: ascii,
    g1: ansel,
    marks: [],
    double: false,
    silent: undefined,
    text: '',
    chips: [],
    references: [],
    escapes: [],
    controls: [],
  }
  let at = 0
  while (at < bytes.length) at += step(state, bytes, at)
  dropMarks(state)
  const { chips, references, escapes, controls } = state
  return { text: state.text.normalize('NFC'), chips, references, escapes, controls }
}

/** Reads what starts at a position; the number of bytes that it took. */
function step(state: State, bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (byte >= 0x80) {
    if (byte < 0xa0) return c1(state, byte)
    return state.g1 === undefined ? eaccAt(state, bytes, at) : single(state, state.g1, bytes, at)
  }
  if (state.g0 === ascii && byte >= 0x20 && byte !== 0x7f) return asciiAt(state, bytes, at)
  if (byte === delimiter) {
    dropMarks(state)
    state.g0 = ascii
    state.g1 = ansel
    state.double = false
    state.text += '\x1f'
    return 1
  }
  if (byte === escape) return escapeAt(state, bytes, at)
  if (byte === 0x20) return base(state, ' ', 1)
  if (byte < 0x20 || byte === 0x7f) return control(state, byte, bytes[at - 1])
  return state.g0 === undefined ? eaccAt(state, bytes, at) : single(state, state.g0, bytes, at)
}

/** A run of ASCII as far as it goes; one character, or one reference, where it may be the base of marks. */
function asciiAt(state: State, bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  if (byte === 0x26) {
    const reference = referenceAt(bytes, at)
    if (reference !== undefined) {
      state.references.push(reference)
      if (!/^\p{M}/u.test(reference.text)) return base(state, reference.text, reference.source.length)
      if (state.marks.length > 0) state.marks.push({ text: reference.text, byte })
      else state.text += reference.text
      return reference.source.length
    }
  }
  if (state.marks.length > 0) return base(state, String.fromCharCode(byte), 1)
  let end = at + 1
  while (end < bytes.length) {
    const next = bytes[end] as number
    if (next < 0x20 || next > 0x7e || next === 0x26) break
    end++
  }
  for (let place = at; place < end; place++) state.text += String.fromCharCode(bytes[place] as number)
  return end - at
}

function base(state: State, text: string, length: number): number {
  state.text += text
  for (const mark of state.marks) state.text += mark.text
  if (state.marks.length > 0) state.marks = []
  return length
}

/** Marks that no base followed: said, not hung on the character before them. */
function dropMarks(state: State): void {
  if (state.marks.length === 0) return
  for (const mark of state.marks) addChip(state, [mark.byte])
  state.marks = []
}

function addChip(state: State, bytes: readonly number[]): void {
  const text = chip(bytes)
  state.chips.push(text)
  state.text += text
}

function single(state: State, set: GraphicSet, bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number
  const unit = set.units[byte & 0x7f] as number
  if (unit === 0 || (set.final === 'S' && isNumberAt(bytes, at) && isSilent(state, bytes))) {
    if (byte >= 0x80) addChip(state, [byte])
    else asAscii(state, bytes, at)
    return 1
  }
  if (set.combining[byte & 0x7f] === 0) return base(state, String.fromCharCode(unit), 1)
  if (firstHalves.has(unit)) state.double = true
  if (secondHalves.has(unit) && state.double) state.double = false
  else state.marks.push({ text: String.fromCharCode(unit), byte })
  return 1
}

function isSilent(state: State, bytes: Uint8Array): boolean {
  state.silent ??= leavesSetsSilently(bytes)
  return state.silent
}

function isNumberAt(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && isDigit(bytes[at + 1])
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39

function asAscii(state: State, bytes: Uint8Array, at: number): void {
  const character = String.fromCharCode(bytes[at] as number)
  state.escapes.push(character)
  if (isSilent(state, bytes)) state.g0 = ascii
  base(state, character, 1)
}

/** Three bytes of East Asian Character Code; what is no code of it becomes a chip. */
function eaccAt(state: State, bytes: Uint8Array, at: number): number {
  const point = eaccPoint(bytes, at)
  if (point !== undefined) return base(state, String.fromCodePoint(point), 3)
  const length = unreadableLength(bytes, at)
  addChip(state, [...bytes.subarray(at, at + length)])
  return length
}

/** The code point of the three bytes at a position, all of them in the same half of the code table. */
function eaccPoint(bytes: Uint8Array, at: number): number | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
  const half = first & 0x80
  if ((second & 0x80) !== half || (third & 0x80) !== half) return undefined
  return eaccCodes().get(((first & 0x7f) << 16) | ((second & 0x7f) << 8) | (third & 0x7f))
}

/**
 * How many bytes to give up: up to where the text is in step again (two codes in a row make sense, bytes
 * having been lost in between), up to a space, an escape or a delimiter, three at most.
 */
function unreadableLength(bytes: Uint8Array, at: number): number {
  const half = (bytes[at] as number) & 0x80
  for (let length = 1; length < 3; length++) {
    const byte = bytes[at + length] ?? 0
    if ((byte & 0x80) !== half || (byte & 0x7f) <= 0x20) return length
    if (eaccPoint(bytes, at + length) !== undefined && eaccPoint(bytes, at + length + 3) !== undefined)
      return length
  }
  return 3
}

/** The non-sorting marks and joiners take no combining marks; the rest of C1 has no meaning in MARC-8. */
function c1(state: State, byte: number): number {
  const unit = c1Units.get(byte)
  if (unit === undefined) addChip(state, [byte])
  else state.text += String.fromCharCode(unit)
  return 1
}

function escapeAt(state: State, bytes: Uint8Array, at: number): number {
  const designation = designationAt(bytes, at)
  if (designation === undefined) {
    state.escapes.push('ESC')
    return 1
  }
  if (designation.half === 'G0') state.g0 = designation.set
  else state.g1 = designation.set
  return designation.length
}

/** Control characters have no place in a field. Those that part words leave a space behind. */
function control(state: State, byte: number, previous: number | undefined): number {
  state.controls.push(controlName(byte))
  if (partsWords(byte) && !isSpace(previous)) state.text += ' '
  return 1
}
