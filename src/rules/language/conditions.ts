import { failAt, readControl, readElement } from './elements.ts'
import { readRegularExpression } from './regular-expression.ts'
import { ruleLimits } from './rule-limits.ts'
import type { Condition, Pattern } from './rule.ts'
import {
  type TokenReader,
  expect,
  expectText,
  fail,
  here,
  isMark,
  isWord,
  peek,
  shown,
  suggestion,
  take,
  takeIf,
  takeWords,
  warn,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

/*
 * Conditions of `when` and `if`. NOT binds closest, then AND, then OR; conditions on lines of their own
 * in a `when` must all be met, as in the older tools.
 */

/** The condition of a rule, up to `then`. */
export function readCondition(reader: TokenReader): Condition | null {
  const all: Condition[] = []
  do {
    if (all.length > 0) warn(reader, peek(reader), 'This line has no AND or OR in front; it is read as AND.')
    const condition = readAny(reader, 0)
    if (condition === null) return null
    all.push(condition)
  } while (peek(reader).first && startsCondition(peek(reader)))
  return all.length === 1 ? (all[0] as Condition) : { is: 'all', of: all }
}

/** The condition of an action, behind its `if`. */
export const readInlineCondition = (reader: TokenReader): Condition | null => readAny(reader, 0)

const startsCondition = (token: Token): boolean => isWord(token, ...beginnings) || isMark(token, '(')

const beginnings = ['exists', 'existscontrol', 'existsmorethanonce', 'not', 'true'] as const
const known = ['exists', 'existsControl', 'existsMoreThanOnce', 'not', 'TRUE']

const readAny = (reader: TokenReader, depth: number): Condition | null =>
  readRow(reader, depth, 'or', readAll)
const readAll = (reader: TokenReader, depth: number): Condition | null =>
  readRow(reader, depth, 'and', readOne)

/** Conditions with one word between them; one alone is itself. */
function readRow(
  reader: TokenReader,
  depth: number,
  between: 'and' | 'or',
  readEach: (reader: TokenReader, depth: number) => Condition | null,
): Condition | null {
  const of: Condition[] = []
  do {
    const each = readEach(reader, depth)
    if (each === null) return null
    of.push(each)
  } while (takeIf(reader, between))
  return of.length === 1 ? (of[0] as Condition) : { is: between === 'and' ? 'all' : 'any', of }
}

function readOne(reader: TokenReader, depth: number): Condition | null {
  const token = peek(reader)
  if (depth > ruleLimits.nesting) {
    fail(
      reader,
      token,
      `Conditions stand within conditions more than ${ruleLimits.nesting} deep; write two rules.`,
    )
    return null
  }
  if (takeIf(reader, 'not')) {
    const of = readOne(reader, depth + 1)
    return of && { is: 'not', of }
  }
  if (takeIf(reader, '(')) {
    const within = readAny(reader, depth + 1)
    return within && expect(reader, ')') ? within : null
  }
  if (takeIf(reader, 'true')) return { is: 'true' }
  if (takeIf(reader, 'exists')) return readExists(reader, 'exists')
  if (takeIf(reader, 'existsMoreThanOnce')) return readExists(reader, 'exists-more-than-once')
  if (takeIf(reader, 'existsControl')) return readExistsControl(reader)
  if (isWord(token, 'merge')) {
    fail(reader, token, 'merge is the condition of merge rules; this is a file of another kind.')
    return null
  }
  fail(
    reader,
    token,
    token.kind === 'word' && !isWord(token, 'then', 'end', 'and', 'or')
      ? `${shown(token)} is no condition; ${suggestion(token.text, known)}`
      : `A condition was expected, as in exists "245.a", and ${here(token)}`,
  )
  return null
}

function readExists(reader: TokenReader, is: 'exists' | 'exists-more-than-once'): Condition | null {
  const token = expectText(reader, 'A field or subfield')
  const element = token && readElement(reader, token)
  if (!token || !element) return null
  const value = readValueTest(reader)
  if (value === undefined) return { is, element }
  if (value === null) return null
  if (element.value !== null || element.subfield === null)
    return failAt(
      reader,
      token,
      token.text.length,
      `A subfield without a value was expected in front, as in 245.a.`,
    )
  return { is, element: { ...element, value } }
}

function readExistsControl(reader: TokenReader): Condition | null {
  const token = expectText(reader, 'A control field')
  const control = token && readControl(reader, token)
  if (!token || !control) return null
  const value = readValueTest(reader)
  if (value === undefined) return { is: 'exists-control', control }
  if (value === null) return null
  if (control.value !== null)
    return failAt(reader, token, token.text.length, 'A control field without a value was expected in front.')
  return { is: 'exists-control', control: { ...control, value } }
}

/** `matches "…"` or `has any value`; nothing where neither stands here, null where there is an error. */
export function readValueTest(reader: TokenReader): Pattern | null | undefined {
  if (takeWords(reader, 'has', 'any', 'value')) return { kind: 'some' }
  if (isWord(peek(reader), 'has')) {
    take(reader)
    fail(reader, peek(reader), `any value was expected behind has, and ${here(peek(reader))}`)
    return null
  }
  if (!takeIf(reader, 'matches')) return undefined
  const token = expectText(reader, 'A regular expression')
  return token && readRegularExpression(reader, token)
}
