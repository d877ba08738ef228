import type { MarcRecord } from '../../marc/record.ts'
import { compileBriefLevels } from '../brief-level.ts'
import { formatField, parseField } from '../field-text.ts'
import { compileIndication } from '../indication.ts'
import { mergeRuleOf } from '../merge/merge-rule.ts'
import { merge } from '../merge/merge.ts'
import { type ProtectSettings, defaultProtect } from '../merge/protect.ts'
import { RuleFailure, attempt, recordBudget } from '../normalize/budget.ts'
import { compileNormalizeRules } from '../normalize/compile-rules.ts'
import { applyExceptions } from '../validation/exceptions.ts'
import { validate } from '../validation/validate.ts'
import type { RuleFile, RuleTest } from './rule.ts'

/** What became of one test, in lines as the test writes them. */
export type RuleTestResult = {
  readonly name: string
  readonly line: number
  readonly passed: boolean
  readonly expected: readonly string[]
  /** Of a rule that could not be carried out the one line that says why. */
  readonly got: readonly string[]
}

/** What a record is that has no leader in its test: a full record of a book. */
const plainLeader = '00000nam a2200000 a 4500'

/**
 * Runs a rule file's own tests, in the order of the file.
 *
 * - A leader is compared where the test expects one.
 * - Of a rule that claims to be idempotent it is tested, too, that it does nothing to what it made of each
 *   record given; a claim that does not hold is a result of its own, at the rule's line.
 * - Messages are compared in any order, those alone whose code the file or the test speaks of.
 *
 * `protect` is what the zone keeps from merge rules. A rule that cannot be carried out fails its test.
 */
export function runRuleTests(file: RuleFile, protect: ProtectSettings = defaultProtect): RuleTestResult[] {
  switch (file.kind) {
    case 'normalize': {
      const run = compileNormalizeRules(file.rules, 'this file')
      return [
        ...file.tests.map((test) =>
          resultOf(test, () => recordLines(run(recordOf(test.given), [], recordBudget()), test)),
        ),
        ...brokenClaims(file),
      ]
    }
    case 'merge': {
      const rule = mergeRuleOf(file, 'this file')
      return file.tests.map((test) =>
        resultOf(test, () => {
          const { record } = merge(recordOf(test.given), recordOf(test.incoming ?? []), rule, protect)
          return recordLines(record, test)
        }),
      )
    }
    case 'indication': {
      const indicationOf = compileIndication(file.rules, 'this file')
      return file.tests.map((test) =>
        resultOf(test, () => [indicationLine(indicationOf(recordOf(test.given)).value)]),
      )
    }
    case 'brief-level': {
      const levels = compileBriefLevels(file.rules, 'this file')
      return file.tests.map((test) => resultOf(test, () => [levelLine(levels(recordOf(test.given)).level)]))
    }
    case 'exceptions':
      return file.tests.map((test) => messagesResult(file, test))
  }
}

function resultOf(test: RuleTest, run: () => readonly string[]): RuleTestResult {
  const got = attempt(run)
  const expected = expectedLines(test)
  if (got instanceof RuleFailure)
    return { name: test.name, line: test.place.line, passed: false, expected, got: [got.message] }
  return { name: test.name, line: test.place.line, passed: isSame(got, expected), expected, got }
}

function expectedLines({ expect }: RuleTest): readonly string[] {
  switch (expect.is) {
    case 'record':
      return expect.lines.map(writtenOneWay)
    case 'indication':
      return [indicationLine(expect.value)]
    case 'brief-level':
      return [levelLine(expect.level)]
    case 'messages':
      return expect.lines
  }
}

const indicationLine = (value: boolean): string => `indication."${value}"`
const levelLine = (level: number): string => `brief_level."${String(level).padStart(2, '0')}"`

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, at) => line === b[at])

/** A line of a field as `formatField` writes it, whatever the test has for blank indicators. */
function writtenOneWay(line: string): string {
  const field = isLeader(line) ? null : parseField(line)
  return field ? formatField(field) : line
}

const isLeader = (line: string): boolean => line.startsWith('LDR ')

/** The record of a test, of which the parser has read every line. */
function recordOf(lines: readonly string[]): MarcRecord {
  const leader = lines.find(isLeader)
  return {
    leader: leader === undefined ? plainLeader : leader.slice(4),
    fields: lines.flatMap((line) => (isLeader(line) ? [] : (parseField(line) ?? []))),
  }
}

function recordLines(record: MarcRecord, { expect }: RuleTest): string[] {
  const asksLeader = expect.is === 'record' && expect.lines.some(isLeader)
  return asksLeader ? allLines(record) : record.fields.map(formatField)
}

const allLines = ({ leader, fields }: MarcRecord): string[] => [`LDR ${leader}`, ...fields.map(formatField)]

function brokenClaims({ rules, tests }: Extract<RuleFile, { readonly kind: 'normalize' }>): RuleTestResult[] {
  return rules.flatMap((rule) => {
    if (!rule.idempotent) return []
    const run = compileNormalizeRules([rule], 'this file')
    return tests.flatMap(({ name, given }): RuleTestResult[] => {
      const twice = attempt(() => {
        const once = run(recordOf(given), [], recordBudget())
        return { once, again: run(once, [], recordBudget()) }
      })
      // A rule that fails has failed the test itself.
      if (twice instanceof RuleFailure || twice.again === twice.once) return []
      return [
        {
          name: `"${rule.name}" is idempotent on the record of "${name}"`,
          line: rule.place.line,
          passed: false,
          expected: allLines(twice.once),
          got: allLines(twice.again),
        },
      ]
    })
  })
}

function messagesResult(
  { rules }: Extract<RuleFile, { readonly kind: 'exceptions' }>,
  test: RuleTest,
): RuleTestResult {
  const expected = expectedLines(test)
  const spoken = new Set([
    ...rules.map(({ code }) => code),
    ...expected.map((line) => /^\w*/.exec(line)?.[0]),
  ])
  const got = applyExceptions(validate(recordOf(test.given)), rules, {})
    .filter(({ code }) => spoken.has(code))
    .map(({ code, field, severity }) => `${code}${field === null ? '' : ` ${field}`}: ${severity}`)
  const passed = isSame(got.toSorted(), expected.toSorted())
  return { name: test.name, line: test.place.line, passed, expected, got }
}
