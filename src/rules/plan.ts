import type { BibChange, BibState } from './bib-state.ts'
import { holdToPreview } from './held-to-preview.ts'
import type { RunProfile } from './import-profile.ts'
import { type Judged, judge } from './match/judge.ts'
import { type MatchIndex, addToIndex, removeFromIndex } from './match/match-index.ts'
import type { Code, Outcome } from './outcome.ts'
import { planChange, sourceOf } from './plan-change.ts'
import { planDelete } from './plan-delete.ts'
import { type ReadyRecord, storedRecord } from './prepare.ts'
import type { ProtectSettings } from './merge/protect.ts'
import { refusalOf } from './refusal.ts'
import type { Trace } from './trace.ts'

/** What a batch is planned against; `index` and the states in it change as the fold goes on. */
export type PlanContext = {
  readonly profile: RunProfile
  readonly protect: ProtectSettings
  readonly index: MatchIndex
  /** The number of the next new bib; called once for each bib that will be made. */
  readonly newMmsId: (position: number) => string
  /** The 005 of everything written in this batch: `yyyymmddhhmmss.0`. */
  readonly stamp: string
  readonly jobId: string | null
  /** What tells the file of the records from others; the same file again changes nothing. */
  readonly file: string
  /** By position: what a preview planned, where this is the commit of one. */
  readonly expected?: ReadonlyMap<number, Expected>
  /** A person's decision on this one record (an issue, an upload): overrides matching. */
  readonly decided?: { readonly as: 'merge' | 'overlay' | 'create'; readonly into?: string }
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
}

/** The decision on one record, and the change of its bib if there is one. */
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
  readonly change: BibChange | null
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
    const planned = holdToPreview(planRecord(position, ready, context), context)
    if (planned.change) follow(planned.change, context.index)
    return planned
  })
}

function planRecord(position: number, incoming: ReadyRecord, context: PlanContext): Plan {
  const { profile } = context
  const judged = judge(incoming, context)
  const matched = traceOf(incoming, judged)
  const plan = (outcome: Outcome, code: Code | null, more: Partial<Plan> = {}): Plan => ({
    position,
    outcome,
    code,
    mmsId: null,
    versionBefore: null,
    versionAfter: null,
    matched: judged.matches.length,
    duplicateInFile: judged.matches.some((bib) => bib.jobId !== null && bib.jobId === context.jobId),
    headings: 0,
    candidates: [],
    trace: matched,
    change: null,
    ...more,
  })
  const candidates = judged.matches.map((bib) => bib.mmsId)
  if (judged.verdict === 'many') {
    return profile.match.multi.skipUnresolved && !context.decided
      ? plan('not_imported', 'MULTI_MATCH', { candidates })
      : plan('unresolved', 'MULTI_MATCH', { candidates })
  }
  if (judged.verdict === 'unsure') return plan('unresolved', 'MATCH_UNSURE', { candidates })
  const existing = judged.verdict === 'one' ? judged.matches[0] : undefined
  if (!existing && context.decided && context.decided.as !== 'create') {
    // The bib that a person has chosen is not there: that is theirs to know, and no reason to make another.
    return plan('unresolved', null)
  }
  if (incoming.isDelete) return planDelete(position, existing, context, plan)
  if (!existing) {
    if (profile.onNoMatch === 'do-not-import' && !context.decided)
      return plan('not_imported', 'NO_MATCH_DO_NOT_IMPORT')
    return planNew(position, incoming, context, plan)
  }
  if (!context.decided) {
    if (profile.match.handling === 'manual') return plan('unresolved', 'MANUAL_MATCH', { candidates })
    if (profile.onMatch.action === 'do-not-import')
      return plan('not_imported', 'MATCHED_DO_NOT_IMPORT', { mmsId: existing.mmsId, candidates })
    if (profile.onMatch.action === 'import') return planNew(position, incoming, context, plan)
  }
  // The file has been here: what it made of the bib by this record it went on from by a later one (D7).
  if (
    !context.decided &&
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
  const refused = refusalOf(existing, incoming, profile, context.decided !== undefined)
  if (refused) {
    const trace = { ...matched, guard: refused.traced }
    return plan('not_imported', refused.code, {
      mmsId: existing.mmsId,
      candidates,
      versionBefore: existing.version,
      versionAfter: existing.version,
      trace,
    })
  }
  return planChange(position, existing, incoming, context, plan, matched)
}

/** A plan of one record with what is common to all its outcomes filled in. */
export type Fill = (outcome: Outcome, code: Code | null, more?: Partial<Plan>) => Plan

function planNew(position: number, incoming: ReadyRecord, context: PlanContext, plan: Fill): Plan {
  const { profile } = context
  const mmsId = context.newMmsId(position)
  const after: BibState = {
    mmsId,
    version: 1,
    record: storedRecord(incoming.leader, mmsId, context.stamp, incoming.body),
    briefLevel: incoming.briefLevel,
    carrier: incoming.carrier,
    suppressed: profile.tags.suppress?.set ?? false,
    publishToOclc: profile.tags.publishToOclc?.set ?? 'publish',
    originatingSystem: profile.originatingSystem,
    originatingNumber: incoming.originatingNumber,
    originatingVersion: incoming.version005,
    linkedMmsId: null,
    linkedToCommunity: false,
    lock: null,
    sourceHash: sourceOf(incoming, context),
    passed: null,
    jobId: context.jobId,
    hangs: [],
  }
  const change: BibChange = {
    mmsId,
    action: 'created',
    before: null,
    after,
    derivedBefore: null,
    derivedAfter: incoming.derived,
    position,
  }
  return plan('created', null, { mmsId, versionAfter: 1, headings: incoming.derived.headings.length, change })
}

/** How the record was matched and prepared: the beginning of its trace. */
function traceOf(incoming: ReadyRecord, judged: Judged): Trace {
  return {
    method: incoming.method,
    ...judged.trace,
    ...(incoming.normalized.length > 0 ? { normalized: incoming.normalized } : {}),
    ...(incoming.problems.length > 0 ? { problems: incoming.problems } : {}),
  }
}

function follow(change: BibChange, index: MatchIndex) {
  if (change.before && change.derivedBefore) removeFromIndex(index, change.before, change.derivedBefore)
  if (change.after && change.derivedAfter) addToIndex(index, change.after, change.derivedAfter)
}
