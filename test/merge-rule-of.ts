import assert from 'node:assert/strict'
import { parseRuleFile } from '../src/rules/language/parse-rule-file.ts'
import { type MergeRule, mergeRuleOf } from '../src/rules/merge/merge-rule.ts'

/** The merge rule of a rule file, which must have no error. */
export function mergeRuleOfText(text: string): MergeRule {
  const { file, problems } = parseRuleFile('merge', text)
  assert.ok(file, JSON.stringify(problems))
  return mergeRuleOf(file, 'test')
}

/** A merge rule as a test writes it, an action a line; the first stands on line 4. */
export const mergeRuleOfLines = (...lines: readonly string[]): MergeRule =>
  mergeRuleOfText(['rule "test"', 'when merge', 'then', ...lines, 'end'].join('\n'))
