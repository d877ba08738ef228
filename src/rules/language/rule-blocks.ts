import { lintRules } from './lint-rules.ts'
import { ruleLimits } from './rule-limits.ts'
import { readRuleTest } from './rule-tests.ts'
import type { Condition, Rule, RuleKind, RuleTest } from './rule.ts'
import {
  type TokenReader,
  fail,
  hasManyErrors,
  here,
  isWord,
  peek,
  placeOf,
  skipLine,
  skipTo,
  take,
  takeIf,
  takeWords,
  warn,
} from './token-reader.ts'

/** What differs between the kinds of rules: what stands behind `when`, and behind `then`. */
export type RuleSyntax<Action> = {
  readonly kind: RuleKind
  readonly condition: (reader: TokenReader) => Condition | null
  readonly action: (reader: TokenReader) => Action | null
  /** Remarks on what the rules do; `ordered` where the file says how rules of the same priority run. */
  readonly lint: (reader: TokenReader, rules: readonly Rule<Action>[], ordered: boolean) => void
}

export type Blocks<Action> = {
  /** In the order in which they run. */
  readonly rules: readonly Rule<Action>[]
  readonly tests: readonly RuleTest[]
}

/**
 * The rules of a file in the order in which they run, by priority and then as written, and its tests.
 * After a fault the parser goes on at the next line of actions, the next part of the rule or the next rule.
 */
export function readRuleBlocks<Action>(reader: TokenReader, syntax: RuleSyntax<Action>): Blocks<Action> {
  const rules: Rule<Action>[] = []
  const tests: RuleTest[] = []
  let seen = 0
  const order = readOrder(reader)
  while (peek(reader).kind !== 'end-of-file' && !hasManyErrors(reader)) {
    const token = peek(reader)
    if (token.kind === 'test') {
      const read = readRuleTest(reader, syntax.kind, take(reader))
      if (read !== null) tests.push(read)
    } else if (isWord(token, 'rule')) {
      if (++seen > ruleLimits.rules) {
        fail(reader, token, `A file may have ${ruleLimits.rules} rules; write the others in a second file.`)
        break
      }
      const rule = readRule(reader, syntax)
      if (rule !== null) rules.push(rule)
    } else {
      fail(reader, token, `rule or test was expected, and ${here(token)}`)
      take(reader)
      skipTo(reader, 'rule')
    }
  }
  if (seen === 0 && reader.problems.length === 0)
    warn(reader, { line: 1, column: 1 }, 'This file has no rules.')
  if (order === 'last to first') rules.reverse()
  rules.sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0))
  lintRules(reader, syntax.kind, rules)
  syntax.lint(reader, rules, order !== null)
  return { rules, tests }
}

type Order = 'first to last' | 'last to first'

/** `order last to first` at the head of a file: how rules of the same priority run. Nothing where it is not said. */
function readOrder(reader: TokenReader): Order | null {
  if (!takeIf(reader, 'order')) return null
  if (takeWords(reader, 'first', 'to', 'last')) return 'first to last'
  if (takeWords(reader, 'last', 'to', 'first')) return 'last to first'
  fail(
    reader,
    peek(reader),
    `first to last or last to first was expected behind order, and ${here(peek(reader))}`,
  )
  skipTo(reader, 'rule')
  return null
}

/** One rule with its `end`; nothing where it has a fault. */
function readRule<Action>(reader: TokenReader, syntax: RuleSyntax<Action>): Rule<Action> | null {
  const before = reader.problems.length
  const place = placeOf(take(reader))
  const name = readName(reader)
  const attributes = readAttributes(reader)
  let when: Condition | null = null
  if (takeIf(reader, 'when')) {
    when = syntax.condition(reader)
    if (when === null) skipToPart(reader)
  }
  const actions: Action[] = []
  if (!takeIf(reader, 'then')) {
    if (when !== null) fail(reader, peek(reader), `then was expected, and ${here(peek(reader))}`)
    skipToPart(reader)
    takeIf(reader, 'then')
  }
  while (!isEndOfRule(reader) && !hasManyErrors(reader)) {
    const action = syntax.action(reader)
    if (action === null) {
      skipLine(reader)
      continue
    }
    actions.push(action)
    const next = peek(reader)
    if (next.first || isEndOfRule(reader)) continue
    fail(reader, next, `The end of the line was expected, and ${here(next)}`)
    skipLine(reader)
  }
  if (!takeIf(reader, 'end'))
    fail(
      reader,
      peek(reader),
      `end was expected for the rule of line ${place.line}, and ${here(peek(reader))}`,
    )
  const faultless = !reader.problems.slice(before).some(({ severity }) => severity === 'error')
  return faultless && when !== null ? { name, ...attributes, when, actions, place } : null
}

/** The name; that of a rule with a fault is of no use, so that the empty one stands for it. */
function readName(reader: TokenReader): string {
  const token = peek(reader)
  if (token.kind === 'text') {
    if (token.text.trim() === '') fail(reader, token, 'The name of a rule was expected between the quotes.')
    return take(reader).text
  }
  fail(reader, token, `The name of the rule in quotes was expected, and ${here(token)}`)
  skipLine(reader)
  return ''
}

/** `priority N`, its synonym `salience N`, and `idempotent`, up to `when`. */
function readAttributes(reader: TokenReader): Pick<Rule<unknown>, 'priority' | 'idempotent'> {
  let priority: number | null = null
  let idempotent = false
  while (!isWord(peek(reader), 'when')) {
    const token = peek(reader)
    if (takeIf(reader, 'idempotent')) idempotent = true
    else if (isWord(token, 'priority', 'salience')) {
      take(reader)
      const number = peek(reader)
      if (number.kind === 'word' && /^-?[0-9]{1,9}$/.test(number.text)) priority = Number(take(reader).text)
      else {
        fail(reader, number, `A whole number was expected behind ${token.text}, and ${here(number)}`)
        skipLine(reader)
      }
    } else {
      fail(reader, token, `when was expected, or priority or idempotent, and ${here(token)}`)
      skipToPart(reader)
      break
    }
  }
  return { priority, idempotent }
}

const skipToPart = (reader: TokenReader): void => skipTo(reader, 'when', 'then', 'end', 'rule')

/** `end`, or what shows that it is missing: another rule, a test, the end of the file. */
function isEndOfRule(reader: TokenReader): boolean {
  const token = peek(reader)
  if (isWord(token, 'end') || token.kind === 'test' || token.kind === 'end-of-file') return true
  return isWord(token, 'rule') && token.first && reader.tokens[reader.at + 1]?.kind === 'text'
}
