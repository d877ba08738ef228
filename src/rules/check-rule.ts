import { formatRuleText } from './language/format-rule-text.ts'
import { parseRuleFile } from './language/parse-rule-file.ts'
import type { RuleKind, RuleProblem } from './language/rule.ts'
import { type RuleTestResult, runRuleTests } from './language/run-rule-tests.ts'

/** What can be said of a rule file by itself. */
export type CheckedRule = {
  readonly problems: readonly RuleProblem[]
  /** The text in one form, with its comments; nothing where it has an error. */
  readonly formatted: string | null
  /** What became of its own tests; none where it has an error. */
  readonly tests: readonly RuleTestResult[]
}

export function checkRule(kind: RuleKind, text: string): CheckedRule {
  const { file, problems } = parseRuleFile(kind, text)
  if (file === null) return { problems, formatted: null, tests: [] }
  return { problems, formatted: formatRuleText(text, file), tests: runRuleTests(file) }
}
