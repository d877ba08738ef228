import type { MarcRecord } from '../marc/record.ts'
import { type BriefLevel, compileBriefLevels } from './brief-level.ts'
import { formatField } from './field-text.ts'
import { compileIndication, type Indication } from './indication.ts'
import { parseRuleFile } from './language/parse-rule-file.ts'
import type { RuleFile, RuleKind, RuleProblem } from './language/rule.ts'
import { mergeSteps, mergeWhys, type MergeStep } from './merge/merge-explain.ts'
import { mergeRuleOf } from './merge/merge-rule.ts'
import { merge } from './merge/merge.ts'
import { defaultProtect } from './merge/protect.ts'
import { attempt, type Budget, recordBudget, RuleFailure } from './normalize/budget.ts'
import { compileNormalizeRules } from './normalize/compile-rules.ts'
import type { FieldChange } from './normalize/field-change.ts'
import { applyExceptions } from './validation/exceptions.ts'
import type { Severity } from './validation/validation-rules.ts'
import { validate } from './validation/validate.ts'

/** What one line of a rule file did to a field; texts are those of `formatField`. */
export type TriedChange = {
  /** Nothing where no line did it: a field that is protected, or that no line means. */
  readonly line: number | null
  readonly what: 'added' | 'removed' | 'changed' | 'replaced' | 'kept' | 'left'
  /** A normalisation says what a changed field became, and not what it was. */
  readonly before: string | null
  readonly after: string | null
  /** A sentence; of a merge. */
  readonly why: string | null
}

/** A finding of validation, and what the exceptions make of it. */
export type TriedMessage = {
  readonly code: string
  readonly field: string | null
  readonly before: Severity
  readonly after: Severity | 'off'
}

/** A rule file carried out on one record. What its kind does not say is nothing. */
export type TriedRule = {
  readonly failed: { readonly line: number | null; readonly why: string } | null
  readonly changes: readonly TriedChange[]
  /** The record afterwards, a field a line, its leader first. */
  readonly record: readonly string[] | null
  readonly indication: Indication | null
  readonly briefLevel: BriefLevel | null
  readonly messages: readonly TriedMessage[] | null
}

/** Of a merge the incoming record is given, and the existing one that it goes into. */
export type TriedRecord = { readonly record: MarcRecord; readonly existing: MarcRecord | null }

/** A rule file to be carried out on one record after the other, or what is wrong with it. */
export type RuleTrial =
  | { readonly ok: true; readonly problems: readonly RuleProblem[]; try(given: TriedRecord): TriedRule }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] }

/** Fields of a merge are protected as in a zone that has set nothing else. */
export function openTrial(kind: RuleKind, text: string): RuleTrial {
  const { file, problems } = parseRuleFile(kind, text)
  if (file === null) return { ok: false, problems }
  const run = ready(file)
  return {
    ok: true,
    problems,
    try(given) {
      const tried = attempt(() => run(given, recordBudget()))
      if (!(tried instanceof RuleFailure)) return { ...nothing, ...tried }
      return { ...nothing, failed: { line: tried.line, why: tried.why } }
    },
  }
}

const nothing: TriedRule = {
  failed: null,
  changes: [],
  record: null,
  indication: null,
  briefLevel: null,
  messages: null,
}

/** Stands for the code that the file has not got yet. */
const code = 'rule'

function ready(file: RuleFile): (given: TriedRecord, budget: Budget) => Partial<TriedRule> {
  switch (file.kind) {
    case 'normalize': {
      const normalize = compileNormalizeRules(file.rules, code)
      return ({ record }, budget) => {
        const changes: FieldChange[] = []
        const after = normalize(record, changes, budget)
        return { changes: changes.map(normalizeChange), record: linesOf(after) }
      }
    }
    case 'merge': {
      const rule = mergeRuleOf(file, code)
      return ({ record: incoming, existing }, budget) => {
        if (existing === null) throw new RangeError('a merge is tried with an existing record')
        const steps = mergeSteps(existing, incoming, rule, defaultProtect, budget)
        const { record } = merge(existing, incoming, rule, defaultProtect)
        return { changes: steps.map(mergeChange), record: linesOf(record) }
      }
    }
    case 'indication': {
      const indicate = compileIndication(file.rules, code)
      return ({ record }, budget) => ({ indication: indicate(record, budget) })
    }
    case 'brief-level': {
      const levels = compileBriefLevels(file.rules, code)
      return ({ record }, budget) => ({ briefLevel: levels(record, budget) })
    }
    case 'exceptions':
      return ({ record }) => ({
        messages: validate(record).map((problem) => {
          const [left] = applyExceptions([problem], file.rules, {})
          const after = left?.severity ?? 'off'
          return { code: problem.code, field: problem.field, before: problem.severity, after }
        }),
      })
  }
}

function normalizeChange({ step, field }: FieldChange): TriedChange {
  const line = Number(step.slice(code.length + 1))
  const change = (what: TriedChange['what'], before: string | null, after: string | null): TriedChange => ({
    line,
    what,
    before,
    after,
    why: null,
  })
  if (field.startsWith('+ ')) return change('added', null, field.slice(2))
  if (field.startsWith('- ')) return change('removed', field.slice(2), null)
  return change('changed', null, field)
}

const mergeChange = ({ decision, before, incoming, after, why, line }: MergeStep): TriedChange => ({
  line: line?.line ?? null,
  what: decision,
  before: decision === 'left' ? incoming : before,
  after,
  why: mergeWhys[why],
})

const linesOf = ({ leader, fields }: MarcRecord): string[] => [`LDR ${leader}`, ...fields.map(formatField)]
