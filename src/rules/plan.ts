import type { BibChange } from './bib-state.ts'
import { blockOf, combiningOf } from './combine.ts'
import type { CombinedBib } from './combine-changes.ts'
import { combineRecords } from './combine-records.ts'
import { type Hanging, type HangingIndex, hangsOf } from './hanging.ts'
import { type PlanDetail, planDetail } from './detail.ts'
import { holdToPreview } from './held-to-preview.ts'
import type { RunProfile } from './import-profile.ts'
import { type Judged, judge } from './match/judge.ts'
import { type MatchIndex, addToIndex, removeFromIndex } from './match/match-index.ts'
import type { KeyLookup } from './match/lookup.ts'
import type { MergeRule } from './merge/merge-rule.ts'
import type { ProtectSettings } from './merge/protect.ts'
import { guardOclc } from './oclc-guards.ts'
import { attempt, RuleFailure } from './normalize/budget.ts'
import type { Code, Outcome } from './outcome.ts'
import { planChange, sourceOf } from './plan-change.ts'
import { planDelete } from './plan-delete.ts'
import { planNew } from './plan-new.ts'
import { levelOf, recordOf } from './plan-rules.ts'
import type { ReadyRecord } from './prepare.ts'
import { refusalOf } from './refusal.ts'
import type { Trace } from './trace.ts'

/** What a batch is planned against; `index` and the states in it change as the fold goes on. */
export type PlanContext = {
  readonly profile: RunProfile
  /** Code of the zone of the bibs. */
  readonly zone: string
  readonly protect: ProtectSettings
  /** The merge rule of a code that the profile names. */
  readonly mergeRuleOf: (code: string) => MergeRule
  readonly index: MatchIndex
  readonly hanging: HangingIndex
  /** By position: the numbers that a record names as superseded, where the profile redirects them. */
  readonly redirects: ReadonlyMap<number, readonly KeyLookup[]>
  /** The number of the next new bib; called once for each bib that will be made. */
  readonly newMmsId: (position: number) => string
  /** The 005 of everything written in this batch: `yyyymmddhhmmss.0`. */
  readonly stamp: string
  readonly jobId: string | null
  /** What tells the file of the records from others; the same file again changes nothing. */
  readonly file: string
  /** By position: what a preview planned, where this is the commit of one. */
  readonly expected?: ReadonlyMap<number, Expected>
  /** By position, where it is asked for: what each record goes through. */
  readonly details?: Map<number, PlanDetail>
  /** A person's decision on this one record (an issue, an upload): overrides matching. */
  readonly decided?: Decided
}

/** `others` are the bibs that are combined into the one that the record goes to. */
export type Decided = {
  readonly as: 'merge' | 'overlay' | 'create' | 'combine'
  readonly into?: string
  readonly others?: readonly string[]
}

/** What a preview planned for a record; a commit differs from it in nothing or leaves the record to a person. */
export type Expected = {
  readonly outcome: Outcome
  readonly code: Code | null
  /** Nothing for a bib that was still to be made. */
  readonly mmsId: string | null
  readonly versionBefore: number | null
  /** `contentHash` of the result; nothing where the bib does not change. */
  readonly content: string | null
  /** What would become of other bibs by it, in order; bibs that were still to be made as `new:file:position`. */
  readonly combined: readonly (Pick<CombinedBib, 'became'> & {
    readonly mmsId: string
    readonly versionBefore: number
  })[]
}

/** The decision on one record, and what it changes. */
export type Plan = {
  readonly position: number
  readonly outcome: Outcome
  readonly code: Code | null
  readonly mmsId: string | null
  readonly versionBefore: number | null
  readonly versionAfter: number | null
  readonly matched: number
  readonly duplicateInFile: boolean
  readonly headings: number
  readonly candidates: readonly string[]
  readonly trace: Trace | null
  /** The change of its bib if there is one, and then those of others that are combined into it. */
  readonly changes: readonly BibChange[]
  readonly combined: readonly CombinedBib[]
  /** What hangs on which bib then, where that changes. */
  readonly hanging: ReadonlyMap<string, Hanging>
}

/**
 * Step 4 of the path of a record: a fold in file order. Each record is decided against the bibs as
 * the records before it will leave them, so that a title that comes twice is added once and then
 * merged (D7). Pure but for `context.index`, which it owns.
 */
export function planBatch(
  records: readonly { readonly position: number; readonly ready: ReadyRecord }[],
  context: PlanContext,
): Plan[] {
  return records.map(({ position, ready }) => {
    const detail = context.details && planDetail()
    const decided = attempt(() => planRecord(position, ready, context, detail))
    const plan = decided instanceof RuleFailure ? planFailed(position, ready, context, decided) : decided
    const planned = holdToPreview(plan, context)
    if (detail) {
      detail.plan = planned
      context.details?.set(position, detail)
    }
    follow(planned, context)
    return planned
  })
}

/** @throws {RuleFailure} where a rule file cannot be carried out */
function planRecord(
  position: number,
  incoming: ReadyRecord,
  context: PlanContext,
  detail: PlanDetail | undefined,
): Plan {
  const { profile, decided } = context
  const judged = judge(incoming, context, detail)
  const matched = traceOf(incoming, judged)
  const plan = filling(position, judged, matched, context)
  const skipped = profile.match.multi.skipUnresolved && !decided ? 'not_imported' : 'unresolved'
  if (judged.verdict === 'unsure')
    return plan(skipped, 'MATCH_UNSURE', { candidates: judged.matches.map((bib) => bib.mmsId) })
  const combining = combiningOf(position, incoming, judged, context)
  if (judged.verdict === 'many' && !combining)
    return plan(skipped, 'MULTI_MATCH', { candidates: judged.matches.map((bib) => bib.mmsId) })
  const existing = combining ? combining.into : judged.verdict === 'one' ? judged.matches[0] : undefined
  if (decided && decided.as !== 'create' && (!existing || (decided.as === 'combine' && !combining))) {
    // A bib that a person has chosen is not there: that is theirs to know, and no reason to make another.
    return plan('unresolved', null)
  }
  if (incoming.isDelete) return planDelete(position, existing ?? undefined, context, plan)
  if (!existing && profile.onNoMatch === 'do-not-import' && !decided)
    return plan('not_imported', 'NO_MATCH_DO_NOT_IMPORT')
  if (combining) {
    const bibs = [...(combining.into ? [combining.into] : []), ...combining.others.map(({ bib }) => bib)]
    const candidates = bibs.map(({ mmsId }) => mmsId)
    if (combining.handling === 'manual') return plan('unresolved', 'COMBINE_MANUAL', { candidates })
    const guard = blockOf(combining, context)
    if (guard) return plan(skipped, 'COMBINE_BLOCKED', { candidates, trace: { ...matched, guard } })
  }
  const others = combining?.others ?? []
  if (!existing) return guardOclc(planNew(position, incoming, others, context, plan), incoming, context)
  const candidates = judged.matches.map((bib) => bib.mmsId)
  if (!decided) {
    if (profile.match.handling === 'manual') return plan('unresolved', 'MANUAL_MATCH', { candidates })
    if (profile.onMatch.action === 'do-not-import')
      return plan('not_imported', 'MATCHED_DO_NOT_IMPORT', { mmsId: existing.mmsId, candidates })
    if (profile.onMatch.action === 'import')
      return guardOclc(planNew(position, incoming, others, context, plan), incoming, context)
  }
  // The file has been here: what it made of the bib by this record it went on from by a later one (D7).
  if (
    !decided &&
    others.length === 0 &&
    existing.jobId !== context.jobId &&
    existing.passed?.includes(sourceOf(incoming, context)) === true
  ) {
    return plan('unchanged', null, {
      mmsId: existing.mmsId,
      candidates,
      versionBefore: existing.version,
      versionAfter: existing.version,
      duplicateInFile: true,
    })
  }
  const base =
    others.length === 0
      ? null
      : combineRecords(recordOf(existing), others, context.protect, context.mergeRuleOf)
  // By the rule of now, whatever the bib was saved by. What others have brought counts: a record is not to
  // make the bib briefer than they leave it.
  const isLevelled = profile.onMatch.briefGuard && !decided
  const met = isLevelled
    ? { ...existing, briefLevel: levelOf(base ?? recordOf(existing), profile) }
    : existing
  const refused = refusalOf(met, incoming, profile, decided !== undefined, detail?.guards)
  if (refused) {
    return plan('not_imported', refused.code, {
      mmsId: existing.mmsId,
      candidates,
      versionBefore: existing.version,
      versionAfter: existing.version,
      trace: { ...matched, guard: refused.traced },
    })
  }
  const planned = planChange(position, existing, incoming, { base, others }, context, plan, matched, detail)
  return guardOclc(planned, incoming, context)
}

/** What a rule file breaks on is left to a person, with the rule, its line and the cause. */
function planFailed(
  position: number,
  incoming: ReadyRecord,
  context: PlanContext,
  { rule, line, why }: RuleFailure,
): Plan {
  const judged = judge(incoming, context)
  const trace = { ...traceOf(incoming, judged), failed: { rule: rule ?? '', line, why } }
  const candidates = judged.matches.map((bib) => bib.mmsId)
  return filling(position, judged, trace, context)('unresolved', 'RULE_FAILED', { candidates })
}

const asBefore: ReadonlyMap<string, Hanging> = new Map()

const filling =
  (position: number, judged: Judged, trace: Trace, { jobId }: PlanContext): Fill =>
  (outcome, code, more = {}) => ({
    position,
    outcome,
    code,
    mmsId: null,
    versionBefore: null,
    versionAfter: null,
    matched: judged.matches.length,
    duplicateInFile: judged.matches.some((bib) => bib.jobId !== null && bib.jobId === jobId),
    headings: 0,
    candidates: [],
    trace,
    changes: [],
    combined: [],
    hanging: asBefore,
    ...more,
  })

/** A plan of one record with what is common to all its outcomes filled in. */
export type Fill = (outcome: Outcome, code: Code | null, more?: Partial<Plan>) => Plan

/** How the record was matched and prepared: the beginning of its trace. */
function traceOf(incoming: ReadyRecord, judged: Judged): Trace {
  return {
    method: incoming.method,
    ...judged.trace,
    ...(incoming.normalized.length > 0 ? { normalized: incoming.normalized } : {}),
    ...(incoming.problems.length > 0 ? { problems: incoming.problems } : {}),
  }
}

/** The index as the record leaves the bibs of the zone. */
function follow({ changes, hanging }: Plan, { index, hanging: hangs }: PlanContext) {
  for (const { zoneId, before, after, derivedBefore, derivedAfter } of changes) {
    if (zoneId !== undefined) continue
    if (before && derivedBefore) removeFromIndex(index, before, derivedBefore)
    if (after && derivedAfter) addToIndex(index, after, derivedAfter)
  }
  for (const [mmsId, what] of hanging) {
    hangs.known.set(mmsId, what)
    const bib = index.bibs.get(mmsId)
    if (bib) index.bibs.set(mmsId, { ...bib, hangs: hangsOf(what) })
  }
}
