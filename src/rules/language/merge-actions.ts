import { failAt, indicatorOf, readCode, readValue } from './elements.ts'
import { readValueTest } from './conditions.ts'
import type { FieldTarget, MergeAction } from './rule.ts'
import {
  type TokenReader,
  expect,
  expectText,
  fail,
  here,
  isWord,
  peek,
  placeOf,
  suggestion,
  take,
  takeIf,
  takeWords,
  warn,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

const verbs = ['add', 'remove', 'replace', 'protect'] as const

/** What stands behind the target of an action, as it gathers. */
type Modifiers = Omit<MergeAction, 'verb' | 'targets' | 'place'>

/** One action of a merge rule: a verb, a target, modifiers; nothing where it has a fault, which is reported. */
export function readMergeAction(reader: TokenReader): MergeAction | null {
  const token = take(reader)
  const verb = verbs.find((word) => isWord(token, word))
  if (verb === undefined) {
    const shown = token.kind === 'text' ? `"${token.text}"` : token.text
    fail(reader, token, `${shown} is no action of a merge rule; ${suggestion(token.text, verbs)}`)
    return null
  }
  const targets = readTargets(reader)
  if (targets === null) return null
  let modifiers: Modifiers | null = {}
  while (modifiers !== null && isWord(peek(reader), ...modifierWords))
    modifiers = readModifier(reader, modifiers, targets)
  return modifiers && { verb, targets, ...modifiers, place: placeOf(token) }
}

const modifierWords = ['excluding', 'when', 'if'] as const

/** `MARC."245"`, `MARC."50"X`, `MARC.control."LDR|005"`, `MARC."019"(" ","0")`. */
function readTargets(reader: TokenReader): readonly FieldTarget[] | null {
  if (!expect(reader, 'MARC') || !expect(reader, '.')) return null
  if (takeIf(reader, 'control') && !expect(reader, '.')) return null
  const token = expectText(reader, 'A tag, as MARC."245",')
  const tags = token && readTagPatterns(reader, token, '|')
  if (tags === null) return null
  if (!takeIf(reader, '(')) return tags.map((tag) => ({ tag }))
  const ind1 = readIndicator(reader, 'The first indicator')
  if (ind1 === undefined || !expect(reader, ',')) return null
  const ind2 = readIndicator(reader, 'The second indicator')
  if (ind2 === undefined || !expect(reader, ')')) return null
  return tags.map((tag) => withIndicators(tag, ind1, ind2))
}

const withIndicators = (tag: string, ind1: string | null, ind2: string | null): FieldTarget => ({
  tag,
  ...(ind1 === null ? {} : { ind1 }),
  ...(ind2 === null ? {} : { ind2 }),
})

/** Tags with a mark between them, and the X that stand behind the quotes: each is three characters, X or * for any. */
function readTagPatterns(reader: TokenReader, token: Token, between: '|' | ','): readonly string[] | null {
  const tags: string[] = []
  let at = 0
  for (const part of token.text.split(between)) {
    const written = part.trim()
    const tail = takeTail(reader, token)
    const tag = (written + tail).replace(/[*x]/g, 'X')
    if (/^[0-9A-Za-z]{3}X{1,2}$/.test(tag) && tail !== '') {
      warn(
        reader,
        { line: token.line, column: token.column + 1 + at },
        `MARC."${written}"${tail} has more than three characters; it is read as MARC."${written}".`,
      )
      tags.push(written)
    } else if (/^[0-9A-Za-z]{3}$/.test(tag)) tags.push(tag)
    else
      return failAt(
        reader,
        token,
        at + part.length - part.trimStart().length,
        `"${written}"${tail} is no tag; three characters were expected, as in "245", "50"X or "5"XX.`,
      )
    at += part.length + 1
  }
  return tags
}

/** `X` and `XX` close behind the quotes; behind a list they mean nothing. */
function takeTail(reader: TokenReader, { line, end }: Token): string {
  const next = peek(reader)
  return next.kind === 'word' && next.line === line && next.column === end && /^x{1,2}$/i.test(next.text)
    ? take(reader).text.toUpperCase()
    : ''
}

/** Null for any; nothing where there is an error. */
function readIndicator(reader: TokenReader, what: string): string | null | undefined {
  const token = expectText(reader, what)
  if (token === null) return undefined
  const indicator = indicatorOf(token.text)
  if (indicator === undefined)
    failAt(reader, token, 0, 'One indicator was expected, as "0"; "*" is any, " " a blank.')
  return indicator
}

function readModifier(
  reader: TokenReader,
  before: Modifiers,
  targets: readonly FieldTarget[],
): Modifiers | null {
  const token = take(reader)
  if (isWord(token, 'excluding')) {
    if (takeIf(reader, 'subfield')) {
      const without = readWithout(reader)
      return without && { ...before, without: [...(before.without ?? []), without] }
    }
    const excluding = readExcluding(reader, targets)
    return excluding && { ...before, excluding: [...(before.excluding ?? []), ...excluding] }
  }
  const modifier = isWord(token, 'when') ? readWhen(reader) : readIf(reader)
  if (modifier === null) return null
  const [name] = Object.keys(modifier)
  if (name === undefined || !(name in before)) return { ...before, ...modifier }
  fail(reader, token, `This action has ${token.text.toLowerCase()} … twice; write a second action.`)
  return null
}

/** `excluding "001,035"`, `excluding MARC."035"("9","9")`, `excluding second indicator "7"`. */
function readExcluding(reader: TokenReader, targets: readonly FieldTarget[]): readonly FieldTarget[] | null {
  const first = takeWords(reader, 'first', 'indicator')
  if (first || takeWords(reader, 'second', 'indicator')) {
    const indicator = readIndicator(reader, 'An indicator')
    if (indicator === undefined) return null
    return targets.map(({ tag }) => withIndicators(tag, first ? indicator : null, first ? null : indicator))
  }
  if (isWord(peek(reader), 'marc')) return readTargets(reader)
  const token = expectText(
    reader,
    'Tags, as "001,035", a field, as MARC."035"("9","9"), or second indicator "7"',
  )
  const tags = token && readTagPatterns(reader, token, ',')
  return tags && tags.map((tag) => ({ tag }))
}

/** Behind `excluding subfield`: `("2","local")`, a code and what its value contains; or `"2"`, and what it matches. */
function readWithout(reader: TokenReader): NonNullable<Modifiers['without']>[number] | null {
  const open = takeIf(reader, '(')
  const token = expectText(reader, 'A subfield code')
  const code = token && readCode(reader, token)
  if (code === null) return null
  if (open) {
    const text = expect(reader, ',') ? expectText(reader, 'A value') : null
    return text && expect(reader, ')') ? { code, value: readValue(reader, text, 0) } : null
  }
  const value = readValueTest(reader)
  return value === null ? null : { code, value: value ?? { kind: 'some' } }
}

/** `when MARC."035"."a" contains "OCoLC"`; without a tag it is about the field itself. */
function readWhen(reader: TokenReader): Pick<Modifiers, 'when'> | null {
  let tag: string | null = null
  if (!takeIf(reader, 'subfield')) {
    if (!expect(reader, 'MARC') || !expect(reader, '.')) return null
    const token = expectText(reader, 'A tag')
    const tags = token && readTagPatterns(reader, token, '|')
    if (!token || tags === null) return null
    if (tags.length > 1) return failAt(reader, token, 0, 'One tag was expected.')
    tag = tags[0] as string
    if (!expect(reader, '.')) return null
  }
  const code = expectText(reader, 'A subfield code')
  const subfield = code && (code.text === '*' ? '*' : readCode(reader, code))
  if (subfield === null) return null
  const contains = readContains(reader)
  return contains && { when: { ...(tag === null ? {} : { tag }), subfield, contains } }
}

function readContains(reader: TokenReader) {
  if (takeIf(reader, 'contains')) {
    const token = expectText(reader, 'What the subfield contains')
    return token && readValue(reader, token, 0)
  }
  const value = readValueTest(reader)
  if (value !== undefined) return value
  const token = peek(reader)
  fail(reader, token, `contains "…", matches "…" or has any value was expected, and ${here(token)}`)
  return null
}

/** `if exists`, `if does not exist`, `if exists subfield "5"`, `if not exists subfield "5"`. */
function readIf(reader: TokenReader): Pick<Modifiers, 'only'> | Pick<Modifiers, 'subfield'> | null {
  const open = takeIf(reader, '(')
  const not = takeWords(reader, 'does', 'not') || takeIf(reader, 'not')
  if (!takeIf(reader, 'exists') && !takeIf(reader, 'exist')) {
    const token = peek(reader)
    fail(reader, token, `exists, does not exist or not exists subfield "…" was expected, and ${here(token)}`)
    return null
  }
  if (takeIf(reader, 'subfield')) {
    const token = expectText(reader, 'A subfield code')
    const code = token && readCode(reader, token)
    if (code === null || (open && !expect(reader, ')'))) return null
    return { subfield: { code, is: not ? 'absent' : 'present' } }
  }
  if (open && !expect(reader, ')')) return null
  return { only: not ? 'if-existing-lacks' : 'if-incoming-has' }
}

/** Whether a merge rule begins here: its condition is the word merge. */
export const isMergeCondition = (token: Token): boolean => isWord(token, 'merge')

/** `merge`, and the direction where it is named: there is one, from the incoming record into the existing bib. */
export function readMergeCondition(reader: TokenReader): boolean {
  if (!expect(reader, 'merge')) return false
  const token = peek(reader)
  if (isWord(token, 'then')) return true
  const words: string[] = []
  while (peek(reader).kind === 'word' && !isWord(peek(reader), 'then', 'end', 'rule'))
    words.push(take(reader).text)
  if (words.join(' ').toLowerCase() === 'incoming into existing') return true
  fail(
    reader,
    token,
    words.length === 0
      ? `then was expected, and ${here(token)}`
      : `merge ${words.join(' ')} is no direction; the existing bib keeps its number and receives, so write merge incoming into existing.`,
  )
  return false
}
