import { type BriefLevels, compileBriefLevels } from './brief-level.ts'
import { compileIndication, type Indication } from './indication.ts'
import { type ParsedRuleFile, parseRuleFile, type RuleFileOf } from './language/parse-rule-file.ts'
import type { ExceptionLine, RuleKind, RuleProblem, RuleText } from './language/rule.ts'
import { type MergeRule, mergeRuleOf } from './merge/merge-rule.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { Budget } from './normalize/budget.ts'
import { compileNormalizeRules, type NormalizeRules } from './normalize/compile-rules.ts'

/*
 * Rule files made ready to run. The gateway and a job's threads get a profile with its texts again and
 * again: a text is read once.
 */

/** A rule file that could be used when it was saved, and that this version of the program cannot read. */
export class UnusableRule extends Error {
  override readonly name = 'UnusableRule'
  readonly rule: Omit<RuleText, 'text'>

  constructor({ kind, zone, code, version }: RuleText, problem: RuleProblem | undefined) {
    const where = problem ? `, line ${problem.line}, column ${problem.column}: ${problem.message}` : '.'
    super(`Rule file ${code} of zone ${zone}, version ${version}, cannot be used${where}`)
    this.rule = { kind, zone, code, version }
  }
}

/** Texts that are kept ready; of one more the oldest goes. */
const mostKept = 300

/** @throws {UnusableRule} by the function given */
function keptReady<Kind extends RuleKind, Ready>(
  kind: Kind,
  make: (file: RuleFileOf<Kind>, code: string) => Ready,
): (rule: RuleText) => Ready {
  const kept = new Map<string, Ready>()
  return (rule) => {
    const key = `${rule.code}\0${rule.text}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const { file, problems }: ParsedRuleFile<Kind> = parseRuleFile(kind, rule.text)
    if (file === null)
      throw new UnusableRule(
        rule,
        problems.find(({ severity }) => severity === 'error'),
      )
    const ready = make(file, rule.code)
    const [oldest] = kept.keys()
    if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
    kept.set(key, ready)
    return ready
  }
}

export type Indications = (record: MarcRecord, budget?: Budget) => Indication

export const readyNormalization: (rule: RuleText) => NormalizeRules = keptReady(
  'normalize',
  ({ rules }, code) => compileNormalizeRules(rules, code),
)
export const readyIndication: (rule: RuleText) => Indications = keptReady('indication', ({ rules }, code) =>
  compileIndication(rules, code),
)
export const readyBriefLevels: (rule: RuleText) => BriefLevels = keptReady('brief-level', ({ rules }, code) =>
  compileBriefLevels(rules, code),
)
export const readyMerge: (rule: RuleText) => MergeRule = keptReady('merge', mergeRuleOf)
export const readyExceptions: (rule: RuleText) => readonly ExceptionLine[] = keptReady(
  'exceptions',
  ({ rules }) => rules,
)
