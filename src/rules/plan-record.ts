import { blockOf, combiningOf } from './combine.ts'
import { combineRecords } from './combine-records.ts'
import type { PlanDetail } from './detail.ts'
import { planEdit } from './edit.ts'
import type { Hanging } from './hanging.ts'
import { type Judged, judge } from './match/judge.ts'
import type { RuleFailure } from './normalize/budget.ts'
import { guardOclc } from './oclc-guards.ts'
import { planChange, sourceOf } from './plan-change.ts'
import { planDelete } from './plan-delete.ts'
import { planNew } from './plan-new.ts'
import { levelOf, recordOf } from './plan-rules.ts'
import type { Fill, Plan, PlanContext } from './plan.ts'
import type { ReadyRecord } from './prepare.ts'
import { noneSuperseded, type Superseded, supersededBy } from './redirect.ts'
import { refusalOf } from './refusal.ts'
import type { Trace } from './trace.ts'

/**
 * The decision on one record, against the bibs as the records before it leave them.
 *
 * @throws {RuleFailure} where a rule file cannot be carried out
 */
export function planRecord(
  position: number,
  incoming: ReadyRecord,
  context: PlanContext,
  detail: PlanDetail | undefined,
): Plan {
  const { profile, decided } = context
  const judged = judge(incoming, context, detail)
  const superseded =
    profile.redirect && !decided
      ? supersededBy(context.redirects.get(position) ?? [], context.index)
      : noneSuperseded
  const matched = traceOf(incoming, judged, superseded)
  const plan = filling(position, judged, matched, context)
  if (context.edit) return planEdit(position, incoming, context.edit, judged, matched, context, plan)
  const skipped = profile.match.multi.skipUnresolved && !decided ? 'not_imported' : 'unresolved'
  if (judged.verdict === 'unsure')
    return plan(skipped, 'MATCH_UNSURE', { candidates: judged.matches.map((bib) => bib.mmsId) })
  const combining = combiningOf(incoming, judged, superseded, context)
  if (judged.verdict === 'many' && !combining)
    return plan(skipped, 'MULTI_MATCH', { candidates: judged.matches.map((bib) => bib.mmsId) })
  const existing = combining ? combining.into : judged.verdict === 'one' ? judged.matches[0] : undefined
  if (decided && decided.as !== 'create' && (!existing || (decided.as === 'combine' && !combining))) {
    // A bib that a person has chosen is not there: that is theirs to know, and no reason to make another.
    return plan('unresolved', null)
  }
  if (incoming.isDelete) return planDelete(position, existing ?? undefined, incoming, context, plan)
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
  if (!decided && context.sharing?.keepsMatch === true)
    return plan('unchanged', null, {
      mmsId: existing.mmsId,
      candidates,
      versionBefore: existing.version,
      versionAfter: existing.version,
    })
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
export function planFailed(
  position: number,
  incoming: ReadyRecord,
  context: PlanContext,
  { rule, line, why }: RuleFailure,
): Plan {
  const judged = judge(incoming, context)
  const trace = { ...traceOf(incoming, judged, noneSuperseded), failed: { rule: rule ?? '', line, why } }
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

/** How the record was matched and prepared: the beginning of its trace. */
function traceOf(incoming: ReadyRecord, judged: Judged, superseded: Superseded): Trace {
  return {
    method: incoming.method,
    ...judged.trace,
    ...(superseded.size > 0 ? { superseded: [...superseded].map(([{ mmsId }, by]) => ({ mmsId, by })) } : {}),
    ...(incoming.normalized.length > 0 ? { normalized: incoming.normalized } : {}),
    ...(incoming.problems.length > 0 ? { problems: incoming.problems } : {}),
  }
}
