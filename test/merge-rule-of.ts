import { type MergeRule, mergeRuleOf } from '../src/rules/merge/merge-rule.ts'
import { ruleFileOf } from './rule-file.ts'

/** A merge rule as a test writes it, an action a line; the first stands on line 4. */
export const mergeRuleOfLines = (...lines: readonly string[]): MergeRule =>
  mergeRuleOf(ruleFileOf('merge', ['rule "test"', 'when merge', 'then', ...lines, 'end'].join('\n')), 'test')
