import { failAt, indicatorOf, readCode, readValue } from './elements.ts'
import { readValueTest } from './conditions.ts'
import { ruleLimits } from './rule-limits.ts'
import type { FieldTarget, MergeAction } from './rule.ts'
import {
  type TokenReader,
  brief,
  expect,
  expectText,
  fail,
  here,
  isWord,
  peek,
  placeOf,
  shown,
  suggestion,
  take,
  takeIf,
  takeWords,
  warn,
} from './token-reader.ts'
import type { Token } from './tokens.ts'

const verbs = ['add', 'remove', 'replace', 'protect'] as const

/** What stands behind the target of an action, as it gathers. */
type Modifiers = {
  -readonly [Key in keyof Omit<MergeAction, 'verb' | 'targets' | 'place'>]: MergeAction[Key]
} & { excluding?: FieldTarget[]; without?: Without[] }

type Without = NonNullable<MergeAction['without']>[number]

/** One action of a merge rule: a verb, a target, modifiers; nothing where it has a fault, which is reported. */
export function readMergeAction(reader: TokenReader): MergeAction | null {
  const token = take(reader)
  const verb = verbs.find((word) => isWord(token, word))
  if (verb === undefined) {
    fail(reader, token, `${shown(token)} is no action of a merge rule; ${suggestion(token.text, verbs)}`)
    return null
  }
  const targets = readTargets(reader)
  if (targets === null) return null
  const modifiers: Modifiers = {}
  while (isWord(peek(reader), ...modifierWords)) if (!readModifier(reader, modifiers, targets)) return null
  return { verb, targets, ...modifiers, place: placeOf(token) }
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

/**
 * Tags with a mark between them, each of three characters, X or * for any. The X behind the quotes belong
 * to each that is too short without: `"1|2"XX` is 1XX and 2XX.
 */
function readTagPatterns(reader: TokenReader, token: Token, between: '|' | ','): readonly string[] | null {
  const tags: string[] = []
  let at = 0
  const parts = token.text.split(between)
  if (parts.length > ruleLimits.fields)
    return failAt(reader, token, 0, `An action may name ${ruleLimits.fields} fields; this one has more.`)
  const tail = takeTail(reader, token)
  for (const part of parts) {
    const written = part.trim()
    const tag = (written.length < 3 ? written + tail : written).replace(/[*x]/g, 'X')
    if (!/^[0-9A-Za-z]{3}$/.test(tag))
      return failAt(
        reader,
        token,
        at + part.length - part.trimStart().length,
        `"${brief(written)}"${tail} is no tag; three characters were expected, as in "245", "50"X or "5"XX.`,
      )
    tags.push(tag)
    at += part.length + 1
  }
  if (tail !== '' && parts.every((part) => part.trim().length === 3))
    warn(
      reader,
      { line: token.line, column: token.column + 1 },
      `MARC."${brief(token.text)}"${tail} has more than three characters; it is read as MARC."${brief(token.text)}".`,
    )
  return tags
}

/** `X` and `XX` close behind the quotes. */
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

/** Reads one modifier into those so far; false where it has a fault. */
function readModifier(reader: TokenReader, modifiers: Modifiers, targets: readonly FieldTarget[]): boolean {
  const token = take(reader)
  if (isWord(token, 'excluding')) return readExcluding(reader, modifiers, targets)
  const read = isWord(token, 'when') ? readWhen(reader) : readIf(reader)
  if (read === null) return false
  const twice = Object.keys(read).some((name) => name in modifiers)
  if (twice)
    fail(reader, token, `This action has ${token.text.toLowerCase()} … twice; write a second action.`)
  Object.assign(modifiers, read)
  return !twice
}

/** `excluding "001,035"`, `excluding MARC."035"("9","9")`, `excluding second indicator "7"`, `excluding subfield "5"`. */
function readExcluding(reader: TokenReader, modifiers: Modifiers, targets: readonly FieldTarget[]): boolean {
  if (takeIf(reader, 'subfield')) {
    const without = readWithout(reader)
    if (without) (modifiers.without ??= []).push(without)
    return without !== null
  }
  const excluded = readExcluded(reader, targets)
  if (excluded === null) return false
  modifiers.excluding ??= []
  for (const each of excluded) modifiers.excluding.push(each)
  if (modifiers.excluding.length <= ruleLimits.fields) return true
  fail(reader, peek(reader), `An action may exclude ${ruleLimits.fields} fields; this one has more.`)
  return false
}

function readExcluded(reader: TokenReader, targets: readonly FieldTarget[]): readonly FieldTarget[] | null {
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
function readWithout(reader: TokenReader): Without | null {
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
    if (takeIf(reader, 'control') && !expect(reader, '.')) return null
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
      : `merge ${brief(words.join(' '))} is no direction; the existing bib keeps its number and receives, so write merge incoming into existing.`,
  )
  return false
}
