import type { ControlElement, CopyTarget, Element, FieldPlace, Pattern } from './rule.ts'
import { doubtOf, readPattern, readText } from './text-value.ts'
import { type TokenReader, brief, fail, warn } from './token-reader.ts'
import type { Token } from './tokens.ts'

/*
 * What a text in quotes says of fields: `245`, `245.a`, `650.{*,0}.a.Cats*`, `008.{35,3}.eng`. Every fault
 * is reported at its character.
 */

/** The head of an element: all but its value, which is the rest of the text from `rest`, or null without one. */
type Head = {
  readonly tag: string
  readonly ind1: string | null
  readonly ind2: string | null
  readonly subfield: string | null
  readonly rest: number | null
}

/** The pattern that a text in quotes holds from a place on. */
export function readValue(reader: TokenReader, token: Token, from: number): Pattern {
  const raw = token.text.slice(from)
  const doubt = doubtOf(raw)
  if (doubt) warn(reader, { line: token.line, column: token.column + 1 + from + doubt.at }, doubt.message)
  return readPattern(raw)
}

/** A data field's element with its value as a pattern. */
export function readElement(reader: TokenReader, token: Token): Element | null {
  const head = readHead(reader, token)
  if (head === null) return null
  const { tag, ind1, ind2, subfield, rest } = head
  return { tag, ind1, ind2, subfield, value: rest === null ? null : readValue(reader, token, rest) }
}

/** As `readElement` where no value may stand. */
export function readElementAlone(reader: TokenReader, token: Token): Element | null {
  const element = readElement(reader, token)
  if (element === null || element.value === null) return element
  failAt(reader, token, token.text.length, 'No value is expected behind the subfield.')
  return null
}

/** Tag, indicators and subfield of a text; the rest is for the caller to read. */
export function readHead(reader: TokenReader, token: Token): Head | null {
  const text = withoutStray(reader, token)
  const tag = readTag(reader, token, 0, true)
  const indicators = tag === null ? null : readIndicators(reader, token, 3)
  if (tag === null || indicators === null) return null
  const { ind1, ind2 } = indicators
  let at = indicators.end
  if (at === text.length) return { tag, ind1, ind2, subfield: null, rest: null }
  if (text[at] !== '.')
    return failAt(reader, token, at, `A dot was expected behind ${text.slice(0, at)}, as in 245.a.`)
  const subfield = text.charAt(at + 1)
  if (!/^[0-9A-Za-z*]$/.test(subfield))
    return failAt(reader, token, at + 1, 'A subfield code was expected behind the dot, or * for any.')
  at += 2
  if (at === text.length) return { tag, ind1, ind2, subfield, rest: null }
  if (text[at] !== '.')
    return failAt(
      reader,
      token,
      at,
      `A subfield code is one character; behind ${text.slice(0, at)} a dot and a value were expected.`,
    )
  return { tag, ind1, ind2, subfield, rest: at + 1 }
}

/** `LDR`, a control field, or characters of one, with a value as a pattern. */
export function readControl(reader: TokenReader, token: Token): ControlElement | null {
  const head = readControlHead(reader, token)
  if (head === null) return null
  const { tag, range, rest } = head
  return { tag, range, value: rest === null ? null : readValue(reader, token, rest) }
}

type ControlHead = Pick<ControlElement, 'tag' | 'range'> & { readonly rest: number | null }

export function readControlHead(reader: TokenReader, token: Token): ControlHead | null {
  const { text } = token
  const tag = readTag(reader, token, 0, true)
  if (tag === null) return null
  let at = 3
  let range: ControlElement['range'] = null
  const [braces, from, length] = /^\.\{\s*([0-9]{1,4})\s*,\s*([0-9]{1,4})\s*\}/.exec(text.slice(at)) ?? []
  if (braces !== undefined) {
    range = { at: Number(from), length: Number(length) }
    if (range.length === 0) return failAt(reader, token, at + 1, 'A length of at least 1 was expected.')
    at += braces.length
  } else if (/^\.\{(?!bsol\})/.test(text.slice(at)))
    return failAt(reader, token, at + 1, 'A position and a length were expected, as in {35,3}.')
  if (at === text.length) return { tag, range, rest: null }
  if (text[at] !== '.')
    return failAt(reader, token, at, `A dot was expected behind ${text.slice(0, at)}, as in 003.OCoLC.`)
  return { tag, range, rest: at + 1 }
}

/** A field elsewhere: a tag without `*`, with or without a subfield, which stands from `at` on. */
export function readFieldPlace(reader: TokenReader, token: Token, at: number = 3): FieldPlace | null {
  const tag = readTag(reader, token, 0, false)
  if (tag === null) return null
  if (token.text.length === at) return { tag, subfield: null }
  const [, subfield] = /^\.([0-9A-Za-z])$/.exec(token.text.slice(at)) ?? []
  if (subfield === undefined)
    return failAt(reader, token, at, `A dot and a subfield code were expected behind ${tag}, or nothing.`)
  return { tag, subfield }
}

/** As `readFieldPlace`, with the indicators that a copy is to have: `791.{1,-}`. */
export function readCopyTarget(reader: TokenReader, token: Token): CopyTarget | null {
  const indicators = readIndicators(reader, token, 3)
  if (indicators === null) return null
  const { ind1, ind2, end } = indicators
  const place = readFieldPlace(reader, token, end)
  return place && { ...place, ...(ind1 === null ? {} : { ind1 }), ...(ind2 === null ? {} : { ind2 }) }
}

/** A tag and nothing else, `*` for any character where `open`. */
export function readWholeTag(reader: TokenReader, token: Token, open: boolean): string | null {
  const tag = readTag(reader, token, 0, open)
  if (tag !== null && token.text.length > 3)
    return failAt(reader, token, 3, `Nothing was expected behind the tag ${tag}.`)
  return tag
}

/** Tags with commas between them. */
export function readTags(reader: TokenReader, token: Token): readonly string[] | null {
  const tags: string[] = []
  for (const [part] of token.text.matchAll(/[^,\s]+|^$/g)) {
    if (!tagPattern.test(part))
      return failAt(
        reader,
        token,
        token.text.indexOf(part),
        `${brief(part) || 'Nothing'} is no tag; ${tagHint(true)}`,
      )
    tags.push(part)
  }
  return tags
}

/** Subfield codes, with commas and blanks between them or not; `a,b` is `ab`. */
export function readCodes(reader: TokenReader, token: Token): string | null {
  const codes = token.text.replace(/[,\s$]/g, '')
  const wrong = /[^0-9A-Za-z]/.exec(codes)
  if (wrong)
    return failAt(reader, token, token.text.indexOf(wrong[0]), `${wrong[0]} is no subfield code; write a,b.`)
  return codes
}

/** One character; `-` and nothing are a blank. */
export function readIndicator(reader: TokenReader, token: Token): string | null {
  const indicator = indicatorOf(readText(token.text))
  if (indicator === undefined || indicator === null)
    return failAt(reader, token, 0, 'One indicator was expected: a character, or - for a blank.')
  return indicator
}

/** One subfield code. */
export function readCode(reader: TokenReader, token: Token): string | null {
  if (/^[0-9A-Za-z]$/.test(token.text)) return token.text
  return failAt(
    reader,
    token,
    0,
    `"${brief(token.text)}" is no subfield code; one letter or digit was expected.`,
  )
}

/** A problem at a character of a text in quotes. */
export function failAt(reader: TokenReader, { line, column }: Token, at: number, message: string): null {
  fail(reader, { line, column: column + 1 + at }, message)
  return null
}

const tagPattern = /^[0-9A-Za-z*]{3}$/
const tagHint = (open: boolean): string =>
  `three digits or letters were expected${open ? ', * for any of them' : ''}.`

function readTag(reader: TokenReader, token: Token, at: number, open: boolean): string | null {
  const tag = token.text.slice(at, at + 3)
  if (tagPattern.test(tag) && (open || !tag.includes('*'))) return tag
  return failAt(reader, token, at, `"${tag}" is no tag; ${tagHint(open)}`)
}

/**
 * A tag with something behind it that is no letter, digit, dot or brace, as a slip of the keyboard leaves it: that is
 * left out, and said.
 */
function withoutStray(reader: TokenReader, token: Token): string {
  const [, tag, stray] = /^([0-9A-Za-z*]{3})([^0-9A-Za-z.{}*\s]+|\s+)$/u.exec(token.text) ?? []
  if (tag === undefined || stray === undefined) return token.text
  const { line, column } = token
  warn(
    reader,
    { line, column: column + 4 },
    `"${brief(stray)}" behind the tag is no part of it; it is read as "${tag}".`,
  )
  return tag
}

type Indicators = { readonly ind1: string | null; readonly ind2: string | null; readonly end: number }

/** `.{1,0}` at a place of a text, and where it ends; any where there is none. A comma stands behind one character or none. */
function readIndicators(reader: TokenReader, token: Token, at: number): Indicators | null {
  if (!token.text.startsWith('.{', at)) return { ind1: null, ind2: null, end: at }
  const [all, first = '', second = ''] = /^\.\{([^,}]*),([^}]*)\}/.exec(token.text.slice(at)) ?? []
  const ind1 = indicatorOf(first)
  const ind2 = indicatorOf(second)
  if (all !== undefined && ind1 !== undefined && ind2 !== undefined)
    return { ind1, ind2, end: at + all.length }
  return failAt(reader, token, at + 1, 'Two indicators were expected, as in {1,0}; * is any, - a blank.')
}

/** Null for any; nothing where it is none. */
export function indicatorOf(text: string): string | null | undefined {
  const character = text.length === 1 ? text : text.trim()
  if (character === '*') return null
  if (character === '-' || character === '') return ' '
  return /^[0-9A-Za-z#_\\ ]$/.test(character) ? (/[#_\\]/.test(character) ? ' ' : character) : undefined
}
