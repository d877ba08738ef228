import type { Encoding, Format, Rejection, Repair } from '../marc/frame.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState, PublishToOclc } from '../rules/bib-state.ts'
import type { BriefLevel } from '../rules/brief-level.ts'
import type { MultiSetting, PlanDetail, PrepareDetail, StepDetail } from '../rules/detail.ts'
import { diffRecords, type FieldDiff } from '../rules/diff.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { NormalizeStep, RunProfile } from '../rules/import-profile.ts'
import type { RuleKind, RuleText } from '../rules/language/rule.ts'
import type { Carrier } from '../rules/match/carrier.ts'
import { isSerial } from '../rules/match/is-serial.ts'
import type { MatchKey } from '../rules/match/match-key.ts'
import { matchMethod } from '../rules/match/match-methods.ts'
import { type MergeStep, mergeSteps, mergeWhys } from '../rules/merge/merge-explain.ts'
import { type Code, codeRemedies, codeSentences, type Outcome } from '../rules/outcome.ts'
import { type Trace, type TracedCandidate, type TracedGuard, tracedKey } from '../rules/trace.ts'
import { type ProblemCode, type Severity, validationRules } from '../rules/validation/validation-rules.ts'
import type { BatchResult, PreparedRecord } from './batch.ts'

/*
 * One value with all that was decided about a record, step by step. It is put together from what the steps
 * themselves have noted (rules/detail.ts) and from what they came to; nothing is decided here.
 */

/** A line of a rule file: `text` is what stands in it. */
export type RuleLine = {
  readonly kind: RuleKind
  readonly rule: string
  readonly zone: string
  readonly version: number
  readonly line: number
  readonly text: string
}

export type Explanation = {
  /** Where the record stood: the file of an archive, and bytes of the decompressed file. */
  readonly place: {
    readonly entry: string | null
    readonly position: number
    readonly offset: number
    readonly length: number
  }
  readonly decode: {
    readonly format: Format
    readonly encoding: Encoding | null
    readonly repairs: readonly Repair[]
    readonly record: MarcRecord | null
    readonly rejected: Rejection | { readonly code: Code; readonly message: string } | null
  }
  /** Nothing where the profile has none, or the record did not come so far; so it is with all that follows. */
  readonly filter: { readonly isMet: boolean; readonly by: RuleLine | null } | null
  readonly normalize: readonly ExplainedStep[]
  readonly validate: {
    readonly problems: readonly ExplainedProblem[]
    /** Findings that exceptions put off. */
    readonly putOff: number
  } | null
  readonly prepared: ExplainedPrepared | null
  readonly match: ExplainedMatch | null
  /** In the order in which they were asked. */
  readonly guards: readonly ExplainedGuard[]
  readonly merge: ExplainedMerge | null
  /** Other bibs, and what becomes of them by the record. */
  readonly combined: readonly Omit<BatchResult['combined'][number], 'zoneId'>[]
  /** What would be written. */
  readonly result: {
    readonly mmsId: string | null
    readonly versionBefore: number | null
    readonly versionAfter: number | null
    readonly before: ExplainedBib | null
    readonly after: ExplainedBib | null
    readonly diff: readonly FieldDiff[]
  }
  readonly outcome: Outcome
  readonly code: Code | null
  readonly sentence: string | null
  readonly remedy: string | null
  readonly matched: number
  readonly duplicateInFile: boolean
  /** The rule file that could not be carried out. */
  readonly failed: { readonly rule: string; readonly line: RuleLine | null; readonly why: string } | null
  /** The same in short, as the ledger keeps it. */
  readonly trace: Trace | null
}

/** A step of normalisation with what it changed; of a rule file, of each of its lines. */
export type ExplainedStep = {
  readonly step: NormalizeStep['do']
  readonly rule: Pick<RuleText, 'code' | 'zone' | 'version'> | null
  readonly rules: readonly {
    readonly place: RuleLine
    readonly isMet: boolean
    readonly lines: readonly { readonly place: RuleLine; readonly diff: readonly FieldDiff[] }[]
  }[]
  readonly diff: readonly FieldDiff[]
}

export type ExplainedProblem = {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly field: string | null
  readonly value: string | null
  readonly message: string
  readonly remedy: string
}

export type ExplainedPrepared = {
  readonly title: string
  readonly keys: readonly MatchKey[]
  readonly carrier: Carrier
  readonly isSerial: boolean
  readonly isDelete: boolean
  readonly briefLevel: Omit<BriefLevel, 'line'> & { readonly line: RuleLine | null }
  readonly originatingNumber: string | null
  readonly version005: string | null
}

export type ExplainedMatch = {
  readonly method: string
  readonly name: string
  readonly steps: readonly {
    readonly name: string
    readonly looked: readonly string[]
    readonly candidates: readonly ExplainedCandidate[]
    readonly settled: readonly { readonly setting: MultiSetting; readonly dropped: readonly string[] }[]
    readonly matches: readonly string[]
    readonly isCapped: boolean
  }[]
}

export type ExplainedCandidate = TracedCandidate & {
  readonly title: string
  readonly version: number
  readonly carrier: Carrier
}

/** `review` leaves the record to a person. */
export type ExplainedGuard = {
  readonly guard: TracedGuard['guard']
  readonly said: 'passed' | 'warned' | 'review' | 'refused' | 'off'
  readonly traced: TracedGuard | null
}

export type ExplainedMerge = {
  readonly action: 'merge' | 'overlay'
  readonly rule: {
    readonly code: string
    readonly name: string
    readonly zone: string | null
    readonly version: number | null
  }
  readonly fields: readonly (MergeStep & { readonly sentence: string })[]
}

export type ExplainedBib = {
  readonly record: MarcRecord
  readonly briefLevel: number
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
  readonly originatingSystem: string
}

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
    combined: result.combined.map(({ zoneId: _, ...bib }) => bib),
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

function mergeOf({ merge }: PlanDetail, profile: RunProfile): ExplainedMerge | null {
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
