import { parseField } from '../field-text.ts'
import { readLevel, readTruth } from './level-actions.ts'
import type { RuleKind, RuleTest } from './rule.ts'
import { type TokenReader, brief, fail, placeOf } from './token-reader.ts'
import type { Token } from './tokens.ts'

/*
 * A test of a rule file:
 *
 *     test "what it shows"
 *     given
 *       245 10 $a Emma.
 *     expect
 *       245 10 $a Emma
 *     end
 *
 * That of a merge rule has `incoming` with a record, too; that of an indication rule says
 * `expect indication."true"`, of a brief level `expect brief_level."05"`, of exceptions `expect messages`.
 * `#` and `//` begin a comment where they begin a line.
 */

type Part = 'given' | 'incoming' | 'expect'

/** The lines of one part, with where it begins. */
type Lines = { readonly head: Token; readonly lines: string[] }

/** Reads a block; nothing where it has a fault, which is reported. */
export function readRuleTest(reader: TokenReader, kind: RuleKind, block: Token): RuleTest | null {
  const before = reader.problems.length
  const [, name] = /^test\s+"([^"]+)"\s*(?:(?:#|\/\/).*)?$/i.exec(block.text) ?? []
  if (name === undefined) fail(reader, block, 'A name in quotes was expected behind test, and nothing else.')
  if (!block.closed) fail(reader, block, 'This test has no end; write end on a line of its own.')
  const parts = new Map<Part, Lines>()
  const asked = readParts(reader, kind, block, parts)
  const given = parts.get('given')
  const incoming = parts.get('incoming')
  if (!given) fail(reader, block, 'given was expected in this test, with a record.')
  if (kind === 'merge' && !incoming) fail(reader, block, 'incoming was expected in this test, with a record.')
  if (kind !== 'merge' && incoming) fail(reader, incoming.head, 'Only the test of a merge rule has incoming.')
  if (!parts.has('expect')) fail(reader, block, `${wanted[kind]} was expected in this test.`)
  if (name === undefined || !given || !asked || reader.problems.length > before) return null
  return {
    name,
    place: placeOf(block),
    given: given.lines,
    incoming: incoming?.lines ?? null,
    expect: asked,
  }
}

const wanted: Readonly<Record<RuleKind, string>> = {
  normalize: 'expect with a record',
  merge: 'expect with a record',
  indication: 'expect indication."true"',
  'brief-level': 'expect brief_level."05"',
  exceptions: 'expect messages',
}

/** Sorts the lines into parts; what is expected comes back where it is well said. */
function readParts(
  reader: TokenReader,
  kind: RuleKind,
  block: Token,
  parts: Map<Part, Lines>,
): RuleTest['expect'] | null {
  let asked: RuleTest['expect'] | null = null
  let part: Part | null = null
  for (let at = 0; at < block.lines.length; at++) {
    const line = block.lines[at] as string
    const text = line.trimStart()
    if (text === '' || /^(?:#|\/\/)/.test(text)) continue
    const token: Token = {
      ...block,
      kind: 'line',
      text,
      line: block.line + 1 + at,
      column: line.length - text.length + 1,
      end: line.length + 1,
    }
    const [, head, rest] = /^(given|incoming|expect)(?:\s+(.*\S))?\s*$/i.exec(text) ?? []
    if (head !== undefined) {
      part = head.toLowerCase() as Part
      if (parts.has(part)) fail(reader, token, `This test has ${part} twice; write two tests.`)
      const lines: string[] = []
      parts.set(part, { head: token, lines })
      if (part === 'expect') asked = readExpect(reader, kind, token, rest ?? '', lines)
      else if (rest !== undefined) fail(reader, token, `Nothing is expected behind ${part} on its line.`)
    } else if (part === null) {
      fail(reader, token, `given was expected, and here stands ${brief(text)}.`)
    } else {
      const written = part === 'expect' && kind === 'exceptions' ? readMessage(text) : readRecordLine(text)
      if (typeof written === 'string') parts.get(part)?.lines.push(written)
      else fail(reader, token, written.wrong)
    }
  }
  return asked
}

function readExpect(
  reader: TokenReader,
  kind: RuleKind,
  token: Token,
  rest: string,
  lines: readonly string[],
): RuleTest['expect'] | null {
  if (kind === 'normalize' || kind === 'merge') {
    if (rest === '') return { is: 'record', lines }
  } else if (kind === 'exceptions') {
    if (rest.toLowerCase() === 'messages') return { is: 'messages', lines }
  } else {
    const [, what, value] = /^(indication|brief_level)\."([^"]*)"$/i.exec(rest) ?? []
    const column = token.column + token.text.indexOf('"')
    const quoted: Token = { ...token, kind: 'text', column, text: value ?? '' }
    if (kind === 'indication' && what?.toLowerCase() === 'indication') {
      const truth = readTruth(reader, quoted)
      return truth === null ? null : { is: 'indication', value: truth }
    }
    if (kind === 'brief-level' && what?.toLowerCase() === 'brief_level') {
      const level = readLevel(reader, quoted)
      return level === null ? null : { is: 'brief-level', level }
    }
  }
  fail(reader, token, `${wanted[kind]} was expected, and here stands ${brief(token.text.trimEnd())}.`)
  return null
}

/** A line of a record, as `formatField` writes it, or its leader. */
function readRecordLine(text: string): string | { readonly wrong: string } {
  if (text.startsWith('LDR ')) {
    const length = text.length - 4
    return length === 24 ? text : { wrong: `A leader has 24 characters; this one has ${length}.` }
  }
  return parseField(text) ? text : { wrong: 'This is no field; write it as 245 10 $a Title, or 001 12345.' }
}

/** A message of a validation, as in `ISBN_INVALID 020 $a: warning`, or with `245 ind2` or `008/18-21`; with single blanks. */
function readMessage(text: string): string | { readonly wrong: string } {
  const message = text.trimEnd().replace(/\s+/g, ' ')
  return /^[A-Z0-9_]+(?: [0-9A-Za-z]{3}(?: \$[0-9a-zA-Z]| ind[12]|\/[0-9]+(?:-[0-9]+)?)?)?: (?:error|warning)$/.test(
    message,
  )
    ? message
    : { wrong: 'This is no message; write it as ISBN_INVALID 020 $a: warning.' }
}
