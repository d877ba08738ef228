import type { MarcRecord } from '../../../marc/record.ts'
import { compileBriefLevels } from '../../../rules/brief-level.ts'
import type { RuleDetail } from '../../../rules/detail.ts'
import { diffRecords, type FieldDiff } from '../../../rules/diff.ts'
import { compileIndication } from '../../../rules/indication.ts'
import { parseRuleFile } from '../../../rules/language/parse-rule-file.ts'
import type { RuleFile, RuleKind } from '../../../rules/language/rule.ts'
import { mergeRuleOf } from '../../../rules/merge/merge-rule.ts'
import { mergeSteps, type MergeStep } from '../../../rules/merge/merge-explain.ts'
import { merge } from '../../../rules/merge/merge.ts'
import { defaultProtect } from '../../../rules/merge/protect.ts'
import { attempt, recordBudget, RuleFailure } from '../../../rules/normalize/budget.ts'
import { compileNormalizeRules } from '../../../rules/normalize/compile-rules.ts'
import { applyExceptions } from '../../../rules/validation/exceptions.ts'
import type { Problem } from '../../../rules/validation/problem.ts'
import { validate } from '../../../rules/validation/validate.ts'

/** What a rule file does to one record; lines are those of its text. */
export type Tried =
  | { readonly is: 'unreadable' }
  | { readonly is: 'failed'; readonly line: number | null; readonly why: string }
  | { readonly is: 'normalize'; readonly rules: readonly TriedRule[]; readonly diff: readonly FieldDiff[] }
  | { readonly is: 'merge'; readonly steps: readonly MergeStep[]; readonly diff: readonly FieldDiff[] }
  | { readonly is: 'indication'; readonly value: boolean; readonly line: number | null }
  | { readonly is: 'brief-level'; readonly level: number; readonly line: number | null }
  | { readonly is: 'exceptions'; readonly problems: readonly Problem[] }

/** A rule of the file, by the line that it begins in, and what each of its lines changed. */
export type TriedRule = {
  readonly line: number
  readonly name: string
  readonly isMet: boolean
  readonly lines: readonly { readonly line: number; readonly diff: readonly FieldDiff[] }[]
}

/** `other` is the bib that a merge rule merges the record into. */
export function tryRule(kind: RuleKind, text: string, record: MarcRecord, other: MarcRecord | null): Tried {
  const { file } = parseRuleFile(kind, text)
  if (file === null) return { is: 'unreadable' }
  const tried = attempt(() => carryOut(file, record, other ?? record))
  return tried instanceof RuleFailure ? { is: 'failed', line: tried.line, why: tried.why } : tried
}

const name = 'this file'

function carryOut(file: RuleFile, record: MarcRecord, existing: MarcRecord): Tried {
  switch (file.kind) {
    case 'normalize': {
      const detail: RuleDetail[] = []
      const after = compileNormalizeRules(file.rules, name)(record, [], recordBudget(), detail)
      return {
        is: 'normalize',
        rules: detail.map(({ line, isMet, actions }) => ({
          line,
          name: file.rules.find(({ place }) => place.line === line)?.name ?? '',
          isMet,
          lines: actions.map((action) => ({
            line: action.line,
            diff: changesOf(action.before, action.after),
          })),
        })),
        diff: diffRecords(record, after),
      }
    }
    case 'merge': {
      const rule = mergeRuleOf(file, name)
      const { record: merged } = merge(existing, record, rule, defaultProtect)
      return {
        is: 'merge',
        steps: mergeSteps(existing, record, rule, defaultProtect),
        diff: diffRecords(existing, merged),
      }
    }
    case 'indication': {
      const { value, line } = compileIndication(file.rules, name)(record)
      return { is: 'indication', value, line }
    }
    case 'brief-level': {
      const { level, line } = compileBriefLevels(file.rules, name)(record)
      return { is: 'brief-level', level, line }
    }
    case 'exceptions':
      return { is: 'exceptions', problems: applyExceptions(validate(record), file.rules, {}) }
  }
}

const changesOf = (before: MarcRecord, after: MarcRecord): readonly FieldDiff[] =>
  before === after ? [] : diffRecords(before, after).filter(({ change }) => change !== 'same')
