import type { Format } from '../marc/frame.ts'
import { unpack } from '../marc/packed.ts'
import type { BibState } from '../rules/bib-state.ts'
import type { PlanDetail, PrepareDetail, StepDetail } from '../rules/detail.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import type { RuleKind, RuleText } from '../rules/language/rule.ts'
import { isSerial } from '../rules/match/is-serial.ts'
import { matchMethod } from '../rules/match/match-methods.ts'
import { mergeSteps, mergeWhys } from '../rules/merge/merge-explain.ts'
import { codeRemedies, codeSentences } from '../rules/outcome.ts'
import { type Trace, tracedKey } from '../rules/trace.ts'
import { validationRules } from '../rules/validation/validation-rules.ts'
import type { BatchResult, PreparedRecord } from './batch.ts'
import type {
  RuleLine,
  Explanation,
  ExplainedStep,
  ExplainedPrepared,
  ExplainedMatch,
  ExplainedGuard,
  ExplainedMerge,
  ExplainedBib,
} from './explanation.ts'

export type ToExplain = {
  readonly entry: string | null
  readonly format: Format
  readonly profile: RunProfile
  readonly prepared: PreparedRecord
  readonly prepare: PrepareDetail
  /** Nothing where the record did not come so far as to be planned. */
  readonly plan: PlanDetail | null
  readonly result: BatchResult
}

/** The explanation of a record, from what its steps have noted and what they came to. */
export function explanationOf(to: ToExplain): Explanation {
  const { entry, prepared, prepare, plan, result, profile } = to
  const { position, offset, length } = prepared
  const { outcome, code, trace } = result
  return {
    place: { entry, position, offset, length },
    decode: decodeOf(to),
    filter: prepare.filter && {
      isMet: prepare.filter.isMet,
      by: prepare.filter.by && lineOf(profile, 'indication', prepare.filter.by.rule, prepare.filter.by.line),
    },
    normalize: prepare.steps.map((step) => stepOf(step, profile)),
    validate: prepare.problems && {
      problems: prepare.problems.map(({ code: finding, severity, field, value }) => ({
        code: finding,
        severity,
        field,
        value,
        message: validationRules[finding].message,
        remedy: validationRules[finding].remedy,
      })),
      putOff: prepare.putOff,
    },
    prepared: preparedOf(to),
    match:
      plan && prepared.prepared.status === 'ready' ? matchOf(prepared.prepared.ready.method, plan) : null,
    guards: guardsOf(plan, result),
    merge: plan && mergeOf(plan, profile),
    combined: result.combined.map(({ zoneId: _zoneId, ...bib }) => bib),
    inventory: result.inventory,
    result: resultOf(plan, result),
    outcome,
    code,
    sentence: code && codeSentences[code],
    remedy: code && codeRemedies[code],
    matched: result.matched,
    duplicateInFile: result.duplicateInFile,
    failed: trace?.failed ? failedAt(profile, trace.failed) : null,
    trace,
  }
}

function decodeOf({ format, prepared, prepare }: ToExplain): Explanation['decode'] {
  const { repairs, prepared: out } = prepared
  const { encoding, incoming } = prepare
  const isRejected = out.status === 'out' && incoming === null
  return {
    format,
    encoding,
    repairs,
    record: incoming,
    rejected: isRejected ? { code: out.code, message: out.problems?.[0] ?? codeSentences[out.code] } : null,
  }
}

const changed = (diff: readonly FieldDiff[]) => diff.filter(({ change }) => change !== 'same')

function stepOf({ step, before, after, rules }: StepDetail, profile: RunProfile): ExplainedStep {
  const code = step.do === 'rule' ? step.rule : null
  const line = (number: number) => lineOf(profile, 'normalize', code ?? '', number)
  return {
    step: step.do,
    rule: code === null ? null : ruleOf(profile, 'normalize', code),
    rules: rules.map((rule) => ({
      place: line(rule.line),
      isMet: rule.isMet,
      lines: rule.actions.map((action) => ({
        place: line(action.line),
        diff: action.before === action.after ? [] : changed(diffRecords(action.before, action.after)),
      })),
    })),
    diff: before === after ? [] : changed(diffRecords(before, after)),
  }
}

const textOf = ({ rules = [] }: RunProfile, kind: RuleKind, code: string): RuleText | undefined =>
  rules.find((rule) => rule.kind === kind && rule.code === code)

function ruleOf(profile: RunProfile, kind: RuleKind, code: string): ExplainedStep['rule'] {
  const rule = textOf(profile, kind, code)
  return rule ? { code, zone: rule.zone, version: rule.version } : null
}

function lineOf(profile: RunProfile, kind: RuleKind, code: string, line: number): RuleLine {
  const { zone = '', version = 0, text = '' } = textOf(profile, kind, code) ?? {}
  return { kind, rule: code, zone, version, line, text: text.split(/\r\n?|\n/)[line - 1]?.trim() ?? '' }
}

/** A failure names a rule by its code alone. */
function failedAt(
  profile: RunProfile,
  { rule, line, why }: NonNullable<Trace['failed']>,
): Explanation['failed'] {
  const text = profile.rules?.find(({ code }) => code === rule)
  return { rule, line: text && line !== null ? lineOf(profile, text.kind, rule, line) : null, why }
}

function preparedOf({ prepared: { prepared }, prepare, profile }: ToExplain): ExplainedPrepared | null {
  const { record, briefLevel } = prepare
  if (prepared.status === 'out' || record === null || briefLevel === null) return null
  const { ready } = prepared
  const { level, rule, line } = briefLevel
  return {
    title: ready.derived.title,
    keys: ready.derived.keys,
    carrier: ready.carrier,
    isSerial: isSerial(record),
    isDelete: ready.isDelete,
    briefLevel: {
      level,
      rule,
      line: line === null ? null : lineOf(profile, 'brief-level', profile.briefRule ?? '', line),
    },
    originatingNumber: ready.originatingNumber,
    version005: ready.version005,
  }
}

const matchOf = (method: string, { matching }: PlanDetail): ExplainedMatch => ({
  method,
  name: matchMethod(method).name,
  steps: matching.map(({ name, lookups, candidates, settled, matches, isCapped }) => ({
    name,
    looked: [...new Set(lookups.map(({ kind, value }) => tracedKey(kind, value)))],
    candidates: candidates.map(({ bib, ...candidate }) => ({
      ...candidate,
      title: displayTitle(unpack(bib.record)),
      version: bib.version,
      carrier: bib.carrier,
      suppressed: bib.suppressed,
      publishToOclc: bib.publishToOclc,
    })),
    settled,
    matches,
    isCapped,
  })),
})

/** Those that were asked of the match, then those that its result was held against. */
function guardsOf(plan: PlanDetail | null, { outcome, trace }: BatchResult): ExplainedGuard[] {
  const asked: ExplainedGuard[] = [...(plan?.guards ?? [])]
  const { guard, warned = [] } = trace ?? {}
  if (guard && !asked.some(({ said }) => said === 'refused'))
    asked.push({ guard: guard.guard, said: outcome === 'unresolved' ? 'review' : 'refused', traced: guard })
  return [...asked, ...warned.map((traced) => ({ guard: traced.guard, said: 'warned' as const, traced }))]
}

/** Field by field what a merge or an overlay does, and the lines that decide; nothing where there was none. */
export function mergeOf({ merge }: PlanDetail, profile: RunProfile): ExplainedMerge | null {
  if (!merge) return null
  const { receiving, incoming, action, code, rule, protect } = merge
  const file = textOf(profile, 'merge', code)
  return {
    action: action === 'merged' ? 'merge' : 'overlay',
    rule: { code, name: rule.name, zone: file?.zone ?? null, version: file?.version ?? null },
    fields: mergeSteps(receiving, incoming, rule, protect).map((step) => ({
      ...step,
      sentence: mergeWhys[step.why],
    })),
  }
}

function resultOf(
  plan: PlanDetail | null,
  { mmsId, versionBefore, versionAfter }: BatchResult,
): Explanation['result'] {
  const change = plan?.plan?.changes[0]
  const before = change?.before ? bibOf(change.before) : null
  const after = change?.after ? bibOf(change.after) : null
  return {
    mmsId,
    versionBefore,
    versionAfter,
    before,
    after,
    // Of a new bib all of its fields.
    diff: after
      ? diffRecords(before?.record ?? { leader: after.record.leader, fields: [] }, after.record)
      : [],
  }
}

const bibOf = (bib: BibState): ExplainedBib => ({
  record: unpack(bib.record),
  briefLevel: bib.briefLevel,
  suppressed: bib.suppressed,
  publishToOclc: bib.publishToOclc,
  originatingSystem: bib.originatingSystem,
})
