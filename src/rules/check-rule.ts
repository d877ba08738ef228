import { formatRuleFile } from './language/format-rule-file.ts'
import { parseRuleFile } from './language/parse-rule-file.ts'
import type { RuleKind, RuleProblem } from './language/rule.ts'

/** What can be said of a rule file by itself. */
export type CheckedRule = {
  readonly problems: readonly RuleProblem[]
  /** The text in one form; nothing where it has an error. */
  readonly formatted: string | null
}

export function checkRule(kind: RuleKind, text: string): CheckedRule {
  const { file, problems } = parseRuleFile(kind, text)
  return { problems, formatted: file && formatRuleFile(file) }
}
