import assert from 'node:assert/strict'
import { type RuleFileOf, parseRuleFile } from '../src/rules/language/parse-rule-file.ts'
import type { RuleKind } from '../src/rules/language/rule.ts'

/** A rule file that has no error, as a test writes it. */
export function ruleFileOf<Kind extends RuleKind>(kind: Kind, text: string): RuleFileOf<Kind> {
  const { file, problems } = parseRuleFile(kind, text)
  assert.ok(file, problems.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'))
  return file
}

/** One normalisation rule of these actions, for every record. */
export const actionsOf = (...actions: readonly string[]): string =>
  ['rule "x"', 'when', '  TRUE', 'then', ...actions, 'end'].join('\n')

/** The text of a rule whose condition stands on line 3, and its one action on line 5, both from column 3. */
export const ruleText = (action: string, condition = 'TRUE'): string =>
  `rule "r"\nwhen\n  ${condition}\nthen\n  ${action}\nend\n`
