import assert from 'node:assert/strict'
import { parseRuleFile, type RuleFileOf } from '../src/rules/language/parse-rule-file.ts'
import type { RuleKind } from '../src/rules/language/rule.ts'

/** A rule file that has to be without an error. */
export function parsed<Kind extends RuleKind>(kind: Kind, text: string): RuleFileOf<Kind> {
  const { file, problems } = parseRuleFile(kind, text)
  assert.ok(file, problems.map(({ line, message }) => `${line} ${message}`).join('\n'))
  return file
}

/** The text of a rule whose condition stands on line 3, and its one action on line 5, both from column 3. */
export const ruleText = (action: string, condition = 'TRUE'): string =>
  `rule "r"\nwhen\n  ${condition}\nthen\n  ${action}\nend\n`
