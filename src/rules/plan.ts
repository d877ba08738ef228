import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState } from './bib-state.ts'
import { briefLevel } from './brief-level.ts'
import { carrierOf } from './match/carrier.ts'
import { derive } from './derive.ts'

import { hash64 } from './hash.ts'
import type { ImportProfile } from './import-profile.ts'
import { type Judged, judge } from './match/judge.ts'
import { type MatchIndex, addToIndex, removeFromIndex } from './match/match-index.ts'
import { mergeRule } from './merge/merge-rule.ts'
import { merge, overlay } from './merge/merge.ts'
import type { Code, Outcome } from './outcome.ts'
import { type ReadyRecord, bodyOf, storedBody, storedRecord } from './prepare.ts'
import type { ProtectSettings } from './merge/protect.ts'
import { refusalOf } from './refusal.ts'
import type { Trace } from './trace.ts'

/** What a batch is planned against; `index` and the states in it change as the fold goes on. */
export type PlanContext = {
  readonly profile: ImportProfile
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
    trace: traceOf(incoming, judged),
    change: null,
    ...more,
  })
  const candidates = judged.matches.map((bib) => bib.mmsId)
  if (judged.verdict === 'many') {
    return profile.match.multi.skipUnresolved && !context.decided
      ? plan('not_imported', 'MULTI_MATCH', { candidates })
      : plan('unresolved', 'MULTI_MATCH', { candidates })
  }
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
    const trace = { ...traceOf(incoming, judged), guard: refused.traced }
    return plan('not_imported', refused.code, {
      mmsId: existing.mmsId,
      candidates,
      versionBefore: existing.version,
      versionAfter: existing.version,
      trace,
    })
  }
  return planChange(position, existing, incoming, context, plan, judged)
}

/** Records of one file that a bib remembers to have been led through. */
const mostPassed = 500

/** A record as the bib remembers it: its content, and the file that it came in. */
const sourceOf = (incoming: ReadyRecord, { file }: PlanContext): string => file + incoming.sourceHash

type Fill = (outcome: Outcome, code: Code | null, more?: Partial<Plan>) => Plan

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

function planDelete(
  position: number,
  existing: BibState | undefined,
  { profile, decided }: PlanContext,
  plan: Fill,
): Plan {
  if (profile.deletes === 'not-allowed')
    return plan(
      'not_imported',
      'DELETE_NOT_ALLOWED',
      existing ? { mmsId: existing.mmsId, candidates: [existing.mmsId] } : {},
    )
  if (!existing) return plan('not_imported', 'DELETE_NO_MATCH')
  if (profile.match.handling === 'manual' && !decided)
    return plan('unresolved', 'MANUAL_MATCH', { candidates: [existing.mmsId] })
  const found = { mmsId: existing.mmsId, versionBefore: existing.version, candidates: [existing.mmsId] }
  if (existing.lock) {
    const guard = { guard: 'locked', ...existing.lock } as const
    return plan('not_imported', 'NOT_ADDED_LOCKED', {
      ...found,
      versionAfter: existing.version,
      trace: { guard },
    })
  }
  const derivedBefore = derive(unpack(existing.record), existing.originatingNumber)
  if (profile.deletes === 'suppress') {
    if (existing.suppressed) return plan('unchanged', null, { ...found, versionAfter: existing.version })
    const after = { ...existing, suppressed: true, version: existing.version + 1 }
    const change: BibChange = {
      mmsId: existing.mmsId,
      action: 'tagged',
      before: existing,
      after,
      derivedBefore,
      derivedAfter: derivedBefore,
      position,
    }
    return plan('deleted', null, { ...found, versionAfter: after.version, change })
  }
  const hangs =
    existing.linkedMmsId === null
      ? existing.hangs
      : [`its link to ${existing.linkedMmsId}`, ...existing.hangs]
  if (hangs.length > 0) {
    return plan('unresolved', 'DELETE_BLOCKED', {
      ...found,
      versionAfter: existing.version,
      trace: { guard: { guard: 'delete', hangs } },
    })
  }
  const change: BibChange = {
    mmsId: existing.mmsId,
    action: 'deleted',
    before: existing,
    after: null,
    derivedBefore,
    derivedAfter: null,
    position,
  }
  return plan('deleted', null, { ...found, versionAfter: existing.version + 1, change })
}

function planChange(
  position: number,
  existing: BibState,
  incoming: ReadyRecord,
  context: PlanContext,
  plan: Fill,
  judged: Judged,
): Plan {
  const { profile, protect } = context
  const existingRecord = unpack(existing.record)
  const incomingRecord = unpack(incoming.leader + incoming.body)
  const action =
    context.decided?.as === 'overlay' ||
    (context.decided?.as !== 'merge' && profile.onMatch.action === 'overlay')
      ? 'overlaid'
      : 'merged'
  const result =
    action === 'overlaid'
      ? overlay(existingRecord, incomingRecord, protect)
      : merge(existingRecord, incomingRecord, mergeRule(profile.onMatch.mergeRule), protect).record
  const bodyBefore = storedBody(existing.record)
  const body = result.fields === existingRecord.fields ? bodyBefore : bodyOf(result)
  const tags = tagsAfter(existing, profile)
  const found = { mmsId: existing.mmsId, versionBefore: existing.version, candidates: [existing.mmsId] }
  const trace = {
    ...traceOf(incoming, judged),
    rule: action === 'overlaid' ? 'overlay' : profile.onMatch.mergeRule,
  }
  const sameBody = body === bodyBefore && sameLeader(result.leader, existingRecord.leader)
  if (sameBody && tags.suppressed === existing.suppressed && tags.publishToOclc === existing.publishToOclc) {
    return plan('unchanged', null, { ...found, versionAfter: existing.version, trace })
  }
  const keepSource = profile.onMatch.keepOriginatingSystem
  const after: BibState = {
    ...existing,
    ...tags,
    version: existing.version + 1,
    record: storedRecord(result.leader, existing.mmsId, context.stamp, body),
    briefLevel: sameBody ? existing.briefLevel : briefLevel(result),
    carrier: carrierOf(result),
    originatingSystem: keepSource ? existing.originatingSystem : profile.originatingSystem,
    originatingNumber: keepSource
      ? existing.originatingNumber
      : (incoming.originatingNumber ?? existing.originatingNumber),
    originatingVersion: keepSource ? existing.originatingVersion : incoming.version005,
    jobId: context.jobId,
    sourceHash: sourceOf(incoming, context),
    passed:
      existing.sourceHash !== null && existing.jobId !== null && existing.jobId === context.jobId
        ? [...(existing.passed ?? []), existing.sourceHash].slice(-mostPassed)
        : null,
  }
  const derivedAfter = derive(result, after.originatingNumber)
  const change: BibChange = {
    mmsId: existing.mmsId,
    action,
    before: existing,
    after,
    derivedBefore: context.index.derivedOf(existing, existingRecord),
    derivedAfter,
    position,
  }
  return plan(action, null, {
    ...found,
    versionAfter: after.version,
    headings: derivedAfter.headings.length,
    trace,
    change,
  })
}

/** D18: tags persist unless the profile sets them on existing bibs too. */
function tagsAfter(existing: BibState, { tags }: ImportProfile) {
  const suppressed = tags.suppress?.when === 'always' ? tags.suppress.set : existing.suppressed
  const publishToOclc =
    tags.publishToOclc?.when === 'always' ? tags.publishToOclc.set : existing.publishToOclc
  return { suppressed, publishToOclc }
}

/** Leader without the lengths, which mean nothing here. */
const sameLeader = (a: string, b: string) => a.slice(5, 12) === b.slice(5, 12) && a.slice(17) === b.slice(17)

function traceOf(incoming: ReadyRecord, judged: Judged): Trace {
  return {
    method: incoming.method,
    ...judged.trace,
    ...(incoming.normalized.length > 0 ? { normalized: incoming.normalized } : {}),
    ...(incoming.problems.length > 0 ? { problems: incoming.problems } : {}),
  }
}

/** The commit of a preview does what was reviewed, or nothing. */
function holdToPreview(planned: Plan, context: PlanContext): Plan {
  const expected = context.expected?.get(planned.position)
  if (!expected) return planned
  const target = planned.outcome === 'created' ? null : planned.mmsId
  const sameTarget =
    expected.mmsId === null
      ? target === null || planned.change?.before?.jobId === context.jobId || planned.duplicateInFile
      : target === expected.mmsId
  const same =
    planned.outcome === expected.outcome &&
    planned.code === expected.code &&
    planned.versionBefore === expected.versionBefore &&
    sameTarget &&
    contentHash(planned) === expected.content
  if (same) return planned
  return {
    ...planned,
    outcome: 'unresolved',
    code: 'PREVIEW_DRIFTED',
    mmsId: null,
    versionBefore: null,
    versionAfter: null,
    headings: 0,
    candidates: planned.mmsId && planned.outcome !== 'created' ? [planned.mmsId] : planned.candidates,
    change: null,
    trace: {
      ...planned.trace,
      reviewed: { outcome: expected.outcome, code: expected.code, mmsId: expected.mmsId },
    },
  }
}

/** What a preview is held to: the body and tags of the result, without number and time. */
export function contentHash(planned: Plan): string | null {
  const after = planned.change?.after
  return after ? stateHash(after) : null
}

function stateHash({ record, suppressed, publishToOclc }: BibState): string {
  const body = record.slice(record.indexOf('\x1e', record.indexOf('\x1e005') + 1))
  return hash64(`${record.slice(5, 12)}${record.slice(17, 24)}${body}${suppressed}${publishToOclc}`)
}

function follow(change: BibChange, index: MatchIndex) {
  if (change.before && change.derivedBefore) removeFromIndex(index, change.before, change.derivedBefore)
  if (change.after && change.derivedAfter) addToIndex(index, change.after, change.derivedAfter)
}
