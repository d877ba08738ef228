import { marc21Fields, marc21FixedFields, usualSubfields } from './marc21.ts'
import { updatedFields, updatedFixedFields } from './marc21-updates.ts'

/*
 * The MARC 21 bibliographic format as data, read from the text of marc21.ts and marc21-updates.ts.
 */

export type Named = { readonly name: string; readonly obsolete: boolean }

export type IndicatorFormat = {
  readonly name: string
  /** By value, a blank as U+0020. Of an indicator that is not defined a blank alone, beside what is obsolete. */
  readonly values: ReadonlyMap<string, Named>
}

export type SubfieldFormat = Named & { readonly repeatable: boolean }

export type FieldFormat = Named & {
  readonly repeatable: boolean
  /** The format does not say what is in it: fields of holdings, foreign MARC. */
  readonly open: boolean
  readonly indicators: readonly [IndicatorFormat, IndicatorFormat]
  readonly subfields: ReadonlyMap<string, SubfieldFormat>
}

/** Some characters of the leader, 006, 007 or 008. */
export type PositionFormat = Named & {
  /** From 0; in 008 for 006 too, which has the same 17 positions later. */
  readonly at: number
  readonly length: number
  /** Codes, all of one length, with blanks as U+0020; they fill the position one after another. Nothing: not a matter of codes. */
  readonly codes: ReadonlyMap<string, Named> | null
}

export type FixedFormat = {
  readonly tag: 'LDR' | '007' | '008'
  /** The material of an 008, the category of an 007. */
  readonly name: string
  /** The first characters of an 006 for this material. */
  readonly forms: ReadonlyMap<string, Named>
  readonly positions: readonly PositionFormat[]
}

export type Format = {
  readonly fields: ReadonlyMap<string, FieldFormat>
  readonly fixedFields: readonly FixedFormat[]
}

let read: Format | null = null

/** The format; it is read when it is first asked for. */
export const marc21 = (): Format =>
  (read ??= {
    fields: readFields([marc21Fields, updatedFields]),
    fixedFields: readFixedFields([marc21FixedFields, updatedFixedFields]),
  })

/**
 * A subfield that says where the data of its field come from has been defined for most fields since 2022. It
 * may stand in all of them: which are left out depends on the year.
 */
const provenance: SubfieldFormat = { name: 'Data provenance', repeatable: true, obsolete: false }

/** A field as it is being read: later texts add to it. */
type Draft = {
  head: Named & { readonly repeatable: boolean }
  open: boolean
  readonly indicators: [DraftIndicator, DraftIndicator]
  readonly subfields: Map<string, SubfieldFormat>
}

type DraftIndicator = { name: string; readonly values: Map<string, Named> }

/** The name of indicators and positions that mean nothing. */
export const undefinedName = 'Undefined'

function readFields(texts: readonly string[]): Map<string, FieldFormat> {
  const usual = new Map<string, SubfieldFormat>()
  for (const line of linesOf(usualSubfields)) readSubfield(line, usual)
  const drafts = new Map<string, Draft>()
  let draft: Draft | null = null
  for (const line of texts.flatMap(linesOf)) {
    const [, obsolete, tag, repeats, name] = /^(!?)(\d{3}) (N?R) (.+)$/.exec(line) ?? []
    if (tag !== undefined && name !== undefined) {
      const head = { name, obsolete: obsolete === '!', repeatable: repeats === 'R' }
      draft = drafts.get(tag) ?? { head, open: false, indicators: [blank(), blank()], subfields: new Map() }
      draft.head = head
      drafts.set(tag, draft)
    } else if (draft !== null) readElement(line, draft, usual)
  }
  return new Map([...drafts].map(([tag, each]) => [tag, fieldOf(each)]))
}

const blank = (): DraftIndicator => ({ name: undefinedName, values: new Map() })

function readElement(line: string, draft: Draft, usual: ReadonlyMap<string, SubfieldFormat>): void {
  const [, which, name, values] = /^ i([12]) ([^:]+): (.+)$/.exec(line) ?? []
  if (name !== undefined && values !== undefined) {
    const indicator = draft.indicators[which === '1' ? 0 : 1]
    indicator.name = name
    readCodes(values, indicator.values)
  } else if (line.startsWith(' usual ')) {
    for (const code of line.slice(7)) draft.subfields.set(code, usual.get(code) as SubfieldFormat)
  } else if (line === ' any') draft.open = true
  else readSubfield(line, draft.subfields)
}

function readSubfield(line: string, subfields: Map<string, SubfieldFormat>): void {
  const [, obsolete, code, repeats, name] = /^ (!?)\$(.) (N?R) (.+)$/.exec(line) ?? []
  if (code === undefined || name === undefined) throw new Error(`no line of the format: ${line}`)
  subfields.set(code, { name, repeatable: repeats === 'R', obsolete: obsolete === '!' })
}

function fieldOf({ head, open, indicators, subfields }: Draft): FieldFormat {
  if (subfields.size > 0 && !subfields.has('7')) subfields.set('7', provenance)
  for (const { name, values } of indicators)
    if (name === undefinedName) values.set(' ', { name, obsolete: false })
  return { ...head, open, indicators, subfields }
}

/** `0 No added entry | !2 Multiple surname | 0-9 Number of nonfiling characters`, a blank as `#`. */
function readCodes(text: string, codes: Map<string, Named>): void {
  for (const part of text.split(' | ')) {
    const [, obsolete, code, name] = /^(!?)(\S+) (.+)$/.exec(part) ?? []
    if (code === undefined || name === undefined) throw new Error(`no code of the format: ${part}`)
    const named = { name, obsolete: obsolete === '!' }
    for (const each of withinRange(code.replaceAll('#', ' '))) codes.set(each, named)
  }
}

/** `0-9` or `001-999` are all the numbers from the one to the other. */
function withinRange(code: string): string[] {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(code) ?? []
  if (from === undefined || to === undefined) return [code]
  const [first, last] = [Number(from), Number(to)]
  return Array.from({ length: last - first + 1 }, (_, at) => String(first + at).padStart(from.length, '0'))
}

function readFixedFields(texts: readonly string[]): FixedFormat[] {
  const drafts = new Map<string, { forms: Map<string, Named>; positions: Map<string, PositionFormat> }>()
  let draft: { forms: Map<string, Named>; positions: Map<string, PositionFormat> } | null = null
  for (const line of texts.flatMap(linesOf)) {
    if (!line.startsWith(' ')) {
      const [, head, forms] = /^([^:]+)(?:: (.+))?$/.exec(line) ?? []
      draft = drafts.get(head as string) ?? { forms: new Map(), positions: new Map() }
      drafts.set(head as string, draft)
      if (forms !== undefined) readCodes(forms, draft.forms)
    } else if (draft !== null) readPosition(line, draft.positions)
  }
  return [...drafts].map(([head, { forms, positions }]) => ({
    tag: head.slice(0, 3) as FixedFormat['tag'],
    name: head.slice(4),
    forms,
    positions: [...positions.values()],
  }))
}

function readPosition(line: string, positions: Map<string, PositionFormat>): void {
  const [, obsolete, first, last, name, text] =
    /^ (!?)(\d\d)(?:-(\d\d))? ([^:]+?)(?:: (.+))?$/.exec(line) ?? []
  if (first === undefined || name === undefined) throw new Error(`no line of the format: ${line}`)
  const at = Number(first)
  const length = last === undefined ? 1 : Number(last) - at + 1
  const key = `${obsolete}${at} ${length}`
  const codes = new Map(positions.get(key)?.codes)
  if (text !== undefined) readCodes(text, codes)
  else if (name === undefinedName) codes.set(' ', { name, obsolete: false })
  positions.set(key, { name, obsolete: obsolete === '!', at, length, codes: codes.size === 0 ? null : codes })
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')
