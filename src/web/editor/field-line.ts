import type { Field, MarcRecord, Subfield } from '../../marc/record.ts'
import { isControlTag } from '../../marc/record.ts'

/*
 * One field on one line of the editor: `245 10 ‡a Emma / ‡c Jane Austen.`, `008 151105s1815…`, the leader as
 * `LDR 00000nam…`. A blank indicator is `#`. A value that holds a delimiter or a line end has it as
 * `{Dagger}`, `{LF}`, `{CR}`, and what would be read as one of these has `{lcub}` for its brace.
 */

export const delimiter = '‡'
export const leaderTag = 'LDR'

/** Where a part of a line is, counted from its start. */
export type Span = { readonly from: number; readonly to: number }

/** A subfield of a line: `mark` is its delimiter and code, `value` is what is between the blanks around it. */
export type SubfieldPart = { readonly code: string; readonly mark: Span; readonly value: Span }

export type LineFault =
  | 'no-tag'
  | 'no-indicators'
  | 'no-delimiter'
  | 'no-code'
  | 'leader-length'
  | 'second-leader'

/** What a line is. Of one that is no field, the place and the kind of its fault. */
export type Line =
  | { readonly is: 'blank' }
  | { readonly is: 'fault'; readonly fault: LineFault; readonly at: number }
  | { readonly is: 'control'; readonly tag: string; readonly value: Span }
  | {
      readonly is: 'data'
      readonly tag: string
      readonly ind1: Span
      readonly ind2: Span
      readonly subfields: readonly SubfieldPart[]
    }

const tagEnd = 3
/** After the tag and its blank. */
export const bodyStart = 4

/** Reads a line into its parts; the leader is a control field of the tag `LDR`. */
export function readLine(line: string): Line {
  if (line.trim() === '') return { is: 'blank' }
  const tag = line.slice(0, tagEnd)
  if (tag.length < tagEnd || (line.length > tagEnd && line[tagEnd] !== ' '))
    return { is: 'fault', fault: 'no-tag', at: 0 }
  if (isControlTag(tag) || tag === leaderTag)
    return { is: 'control', tag, value: { from: Math.min(bodyStart, line.length), to: line.length } }
  const between = bodyStart + unitsAt(line, bodyStart)
  const after = between + unitsAt(line, between)
  const ind1 = { from: bodyStart, to: between }
  const ind2 = { from: between, to: after }
  const next = line.charAt(after)
  if (after > line.length || line.startsWith(delimiter, bodyStart) || line.startsWith(delimiter, between))
    return { is: 'fault', fault: 'no-indicators', at: Math.min(bodyStart, line.length) }
  if (next !== '' && next !== ' ' && next !== delimiter)
    return { is: 'fault', fault: 'no-indicators', at: after }
  return readSubfields(line, after, { is: 'data', tag, ind1, ind2 })
}

function readSubfields(
  line: string,
  from: number,
  head: Pick<Line & { is: 'data' }, 'is' | 'tag' | 'ind1' | 'ind2'>,
): Line {
  const subfields: SubfieldPart[] = []
  const rest = line.slice(from)
  let at = from + (rest.length - rest.trimStart().length)
  if (at < line.length && line[at] !== delimiter) return { is: 'fault', fault: 'no-delimiter', at }
  while (at < line.length) {
    const codeAt = at + delimiter.length
    const code = line.slice(codeAt, codeAt + unitsAt(line, codeAt))
    if (code === '' || code === ' ' || code === delimiter) return { is: 'fault', fault: 'no-code', at }
    const mark = { from: at, to: codeAt + code.length }
    const end = line.indexOf(delimiter, mark.to)
    const isLast = end === -1
    const to = isLast ? line.length : end
    const start = line[mark.to] === ' ' ? mark.to + 1 : mark.to
    // The blank before the next delimiter is not the value's.
    const last = !isLast && to > start && line[to - 1] === ' ' ? to - 1 : to
    subfields.push({ code, mark, value: { from: Math.min(start, last), to: last } })
    at = to
  }
  return { ...head, subfields }
}

/** How many units the character at a place has. One beyond the end counts as one. */
const unitsAt = (line: string, at: number): number => ((line.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)

/** The field that a line holds; nothing where it holds none. */
export function fieldOfLine(text: string, line: Line = readLine(text)): Field | null {
  const at = ({ from, to }: Span) => text.slice(from, to)
  if (line.is === 'control') return { tag: line.tag, value: unescaped(at(line.value)) }
  if (line.is !== 'data') return null
  const { tag, ind1, ind2, subfields } = line
  return {
    tag,
    ind1: unblank(at(ind1)),
    ind2: unblank(at(ind2)),
    subfields: subfields.map(({ code, value }): Subfield => ({ code, value: unescaped(at(value)) })),
  }
}

export function lineOfField(field: Field): string {
  if (!('subfields' in field)) return `${field.tag} ${escaped(field.value)}`
  let line = `${field.tag} ${blank(field.ind1)}${blank(field.ind2)}`
  for (const { code, value } of field.subfields) line += ` ${delimiter}${code} ${escaped(value)}`
  return line
}

const blank = (indicator: string): string => (indicator === ' ' ? '#' : indicator)
const unblank = (indicator: string): string => (indicator === '#' ? ' ' : indicator)

const names: ReadonlyMap<string, string> = new Map([
  [delimiter, '{Dagger}'],
  ['\n', '{LF}'],
  ['\r', '{CR}'],
  ['{', '{lcub}'],
])
const characters: ReadonlyMap<string, string> = new Map(
  [...names].map(([character, name]) => [name, character]),
)

const escaped = (value: string): string =>
  /[‡\n\r{]/.test(value)
    ? value.replace(/[‡\n\r]|\{(?=(?:Dagger|LF|CR|lcub)\})/g, (found) => names.get(found) ?? found)
    : value

const unescaped = (text: string): string =>
  text.includes('{')
    ? text.replace(/\{(?:Dagger|LF|CR|lcub)\}/g, (found) => characters.get(found) ?? found)
    : text

/** A record as the text of the editor. */
export const textOfRecord = ({ leader, fields }: MarcRecord): string =>
  [`${leaderTag} ${escaped(leader)}`, ...fields.map(lineOfField)].join('\n')

export type PlacedFault = { readonly line: number; readonly at: number; readonly fault: LineFault }

export type ReadText = {
  /** Of a text with faults, what of it could be read. */
  readonly record: MarcRecord
  /** The number of the line, from 1, that each field stands on; that of the leader, or nothing without one. */
  readonly lines: readonly number[]
  readonly leaderLine: number | null
  readonly faults: readonly PlacedFault[]
}

const leaderLength = 24

/** The record of a text; the inverse of `textOfRecord`, but that an indicator `#`, which is none of MARC 21, is a blank. */
export function readText(text: string): ReadText {
  const fields: Field[] = []
  const lines: number[] = []
  const faults: PlacedFault[] = []
  let leader: { readonly value: string; readonly line: number } | null = null
  for (const [index, row] of text.split('\n').entries()) {
    const number = index + 1
    const line = readLine(row)
    if (line.is === 'fault') faults.push({ line: number, at: line.at, fault: line.fault })
    const field = fieldOfLine(row, line)
    if (field === null) continue
    if (field.tag !== leaderTag || 'subfields' in field) {
      fields.push(field)
      lines.push(number)
    } else if (leader !== null) faults.push({ line: number, at: 0, fault: 'second-leader' })
    else {
      leader = { value: field.value, line: number }
      if (field.value.length !== leaderLength)
        faults.push({ line: number, at: bodyStart, fault: 'leader-length' })
    }
  }
  if (leader === null) faults.unshift({ line: 1, at: 0, fault: 'leader-length' })
  return {
    record: { leader: leader?.value ?? '', fields },
    lines,
    leaderLine: leader?.line ?? null,
    faults,
  }
}
