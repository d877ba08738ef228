import { type CheckedRule, checkRule as check } from '../rules/check-rule.ts'
import { parseRuleFile } from '../rules/language/parse-rule-file.ts'
import type { RuleKind, RuleProblem } from '../rules/language/rule.ts'
import { openTrial, type TriedRule } from '../rules/try-rule.ts'
import { recordOfText } from './record-of-text.ts'
import { ImportRefusal } from './refusal.ts'
import { inShortProcess, serveTasks } from './short-process.ts'

/*
 * Rule files of anybody's, read and tried in a process of their own.
 */

export type RuleToTry = {
  readonly kind: RuleKind
  readonly text: string
  /** As `recordOfText` takes it; of a merge the incoming one. */
  readonly record: string
  readonly existing: string | null
}

/** Nothing was tried where the text has an error. */
export type RuleTry = { readonly problems: readonly RuleProblem[]; readonly tried: TriedRule | null }

type Text = { readonly kind: RuleKind; readonly text: string }

type Task = (Text & { readonly do: 'read' | 'check' }) | (RuleToTry & { readonly do: 'try' })

const processName = 'rules'

/** What is wrong with a rule file. @throws {ImportRefusal} as `inShortProcess` */
export const readRule = ({ kind, text }: Text) =>
  inProcess<readonly RuleProblem[]>({ do: 'read', kind, text })

/** What is wrong with a rule file, and what its tests come to. @throws {ImportRefusal} as `inShortProcess` */
export const checkRule = ({ kind, text }: Text) => inProcess<CheckedRule>({ do: 'check', kind, text })

/** What a rule file makes of a record. @throws {ImportRefusal} as `inShortProcess`, NOT_A_RECORD, NO_EXISTING */
export const tryRule = (rule: RuleToTry) => inProcess<RuleTry>({ do: 'try', ...rule })

const inProcess = <Result>(task: Task) =>
  inShortProcess<Task, Result>(new URL(import.meta.url), processName, task)

type Done = readonly RuleProblem[] | CheckedRule | RuleTry

async function carryOut(task: Task): Promise<Done> {
  if (task.do !== 'try')
    return task.do === 'read' ? parseRuleFile(task.kind, task.text).problems : check(task.kind, task.text)
  const trial = openTrial(task.kind, task.text)
  const { problems } = trial
  if (!trial.ok) return { problems, tried: null }
  if (task.kind === 'merge' && task.existing === null)
    throw new ImportRefusal(
      'invalid',
      'NO_EXISTING',
      'A merge is tried with two records, and the existing one is not there.',
      'Give the existing record too; the other one is the incoming.',
    )
  const record = await recordOfText(task.record)
  const existing = task.existing === null ? null : await recordOfText(task.existing)
  return { problems, tried: trial.try({ record, existing }) }
}

serveTasks(processName, carryOut)
