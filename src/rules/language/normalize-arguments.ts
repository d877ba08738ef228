import {
  failAt,
  readCode,
  readCodes,
  readElement,
  readElementAlone,
  readFieldPlace,
  readIndicator,
  readWholeTag,
} from './elements.ts'
import { readRegularExpression, readReplacement } from './regular-expression.ts'
import type { Element, FieldPlace, NormalizeAction, Pattern, Which } from './rule.ts'
import { readText } from './text-value.ts'
import { type TokenReader, expect, expectText, isWord, peek, take } from './token-reader.ts'
import type { Token } from './tokens.ts'

/*
 * What stands behind the name of an action of normalisation, where several actions have it alike.
 */

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never

/** An action before its condition is known. */
export type Doing = Without<NormalizeAction, 'only' | 'place'>

/** A text in quotes behind a word, as in `to "919"`. */
export const textBehind = (reader: TokenReader, word: string, what: string): Token | null =>
  expect(reader, word) ? expectText(reader, what) : null

/** A tag in quotes, behind a word where there is one. */
export function wholeTag(
  reader: TokenReader,
  word: string | null,
  what: string,
  open: boolean = false,
): string | null {
  const token = word === null ? expectText(reader, what) : textBehind(reader, word, what)
  return token && readWholeTag(reader, token, open)
}

export function readPlace(reader: TokenReader, what: string): FieldPlace | null {
  const token = expectText(reader, what)
  return token && readFieldPlace(reader, token)
}

export function readAnyElement(reader: TokenReader): Element | null {
  const token = expectText(reader, 'A field or subfield, as 245 or 245.a,')
  const element = token && readElement(reader, token)
  return element && readMatching(reader, token, element)
}

export function readWithSubfield(reader: TokenReader): Element | null {
  const token = expectText(reader, 'A subfield, as 245.a,')
  const element = token && needSubfield(reader, token, readElement(reader, token))
  return element && readMatching(reader, token, element)
}

export function readTagAndCodes(
  reader: TokenReader,
): { readonly tag: string; readonly codes: string } | null {
  const tag = wholeTag(reader, null, 'A tag', true)
  const token = tag === null ? null : expectText(reader, 'Subfield codes, as a,b,')
  const codes = token && readCodes(reader, token)
  if (tag === null || !token || codes === null) return null
  return codes === '' ? failAt(reader, token, 0, 'Subfield codes were expected, as a,b.') : { tag, codes }
}

export function readChangeIndicator(reader: TokenReader, which: 1 | 2): Doing | null {
  const of = readAnyElement(reader)
  const token = of && textBehind(reader, 'to', 'The new indicator')
  const to = token && readIndicator(reader, token)
  return of === null || to === null ? null : { do: 'change-indicator', which, of, to }
}

export function readChangeSubfield(reader: TokenReader, which: Which): Doing | null {
  const of = readWithSubfield(reader)
  const token = of && textBehind(reader, 'to', 'The new subfield code')
  const to = token && readCode(reader, token)
  return of === null || to === null ? null : { do: 'change-subfield', which, of, to }
}

/** `prefix` and `suffix`: a text before or behind what is there. */
export function readAffix(reader: TokenReader, doing: 'prefix' | 'suffix'): Doing | null {
  const of = readAnyElement(reader)
  const text = of && textBehind(reader, 'with', 'The text')
  return text && { do: doing, of, text: readText(text.text) }
}

export function readAffixSubfield(
  reader: TokenReader,
  doing: 'prefix-subfield' | 'suffix-subfield',
): Doing | null {
  const token = expectText(reader, 'A subfield, as 988.a,')
  const of = token && needSubfield(reader, token, readElementAlone(reader, token))
  const source = of && textBehind(reader, 'with', 'The subfield whose value is taken, as 989.l,')
  const from = source && readFieldPlace(reader, source)
  if (!of || !source || !from) return null
  if (from.subfield === null) return failAt(reader, source, 3, 'A subfield was expected, as in 989.l.')
  return { do: doing, of, from }
}

export function readReplace(reader: TokenReader, which: Which): Doing | null {
  const token = expectText(reader, 'A subfield with what is replaced in it, as 245.a.text,')
  const named = token && needSubfield(reader, token, readElement(reader, token))
  const element = named && readMatching(reader, token, named)
  const text = element && readReplaced(reader, element.value)
  return element === null || text === null ? null : { do: 'replace-contents', which, element, text }
}

/** `matching "…"`: the element with a regular expression as its value; the element itself without. */
export function readMatching<E extends { readonly value: Pattern | null }>(
  reader: TokenReader,
  token: Token,
  element: E,
): E | null {
  if (!isWord(peek(reader), 'matching', 'matches')) return element
  take(reader)
  const source = expectText(reader, 'A regular expression')
  const value = source && readRegularExpression(reader, source)
  if (value === null) return null
  if ('subfield' in element && element.subfield === null)
    return failAt(reader, token, token.text.length, 'A dot and a subfield were expected, as in 245.a.')
  if (element.value === null) return { ...element, value }
  return failAt(reader, token, token.text.length, 'No value is expected in front of a regular expression.')
}

/** `with "…"`: of a regular expression `$1` stands for its first group. */
export function readReplaced(reader: TokenReader, value: Pattern | null): string | null {
  const token = textBehind(reader, 'with', 'The new text')
  if (token === null) return null
  return value?.kind === 'regex' ? readReplacement(reader, token, value.source) : readText(token.text)
}

function needSubfield(reader: TokenReader, token: Token, element: Element | null): Element | null {
  if (element === null || element.subfield !== null) return element
  return failAt(reader, token, token.text.length, 'A dot and a subfield were expected, as in 245.a.')
}
