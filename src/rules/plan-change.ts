import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibChange, BibState } from './bib-state.ts'
import { changesOfOthers, type Combined, tracedOthers } from './combine-changes.ts'
import { goneOf, type Other } from './combine-records.ts'
import { compiledProfile } from './compiled-profile.ts'
import { sameLeader } from './content.ts'
import { derive } from './derive.ts'
import type { PlanDetail } from './detail.ts'
import { hangsOf, nothingHangs } from './hanging.ts'
import type { ImportProfile } from './import-profile.ts'
import { carrierOf } from './match/carrier.ts'
import { mergeTrace } from './merge/merge-explain.ts'
import { merge, overlayRule } from './merge/merge.ts'
import { withOldNumbers } from './old-numbers.ts'
import type { Fill, Plan, PlanContext } from './plan.ts'
import { levelOf, planBudget, recordOf } from './plan-rules.ts'
import { type ReadyRecord, bodyOf, storedBody, storedRecord } from './prepare.ts'
import type { Trace } from './trace.ts'

/** Records of one file that a bib remembers to have been led through. */
const mostPassed = 500

/** A record as the bib remembers it: its content, and the file that it came in. */
export const sourceOf = (incoming: ReadyRecord, { file }: PlanContext): string => file + incoming.sourceHash

/** Bibs that are combined into the match first, and its record when that has been done; nothing where there are none. */
export type Joined = { readonly base: MarcRecord | null; readonly others: readonly Other[] }

/** The match merged with the incoming record or overlaid by it, or unchanged where that makes no difference. */
export function planChange(
  position: number,
  existing: BibState,
  incoming: ReadyRecord,
  { base, others }: Joined,
  context: PlanContext,
  plan: Fill,
  matched: Trace,
  detail?: PlanDetail,
): Plan {
  const { profile, protect } = context
  const existingRecord = recordOf(existing)
  const receiving = base ?? existingRecord
  const incomingRecord = unpack(incoming.leader + incoming.body)
  const action =
    context.decided?.as === 'overlay' ||
    (context.decided?.as !== 'merge' && profile.onMatch.action === 'overlay')
      ? 'overlaid'
      : 'merged'
  const code = action === 'overlaid' ? overlayRule : profile.onMatch.mergeRule
  const rule = context.mergeRuleOf(code)
  const { record: merged, decisions } = merge(receiving, incomingRecord, rule, protect, {
    budget: planBudget(),
  })
  if (detail) detail.merge = { receiving, incoming: incomingRecord, action, code, rule, protect }
  const result = others.length === 0 ? merged : withOldNumbers(merged, existing, goneOf(others), context.zone)
  const joined = others.length === 0 ? null : joinOthers(position, existing, result, others, context)
  const bodyBefore = storedBody(existing.record)
  const body = result.fields === existingRecord.fields ? bodyBefore : bodyOf(result)
  const tags = tagsAfter(existing, profile)
  const found = { mmsId: existing.mmsId, versionBefore: existing.version, candidates: [existing.mmsId] }
  const trace = {
    ...matched,
    rule: action === 'overlaid' ? 'overlay' : compiledProfile(profile).tracedRule(code),
    ...(action === 'overlaid' ? {} : mergedLines(mergeTrace(decisions, rule, receiving, incomingRecord))),
    ...(joined ? { combined: tracedOthers(joined.bibs) } : {}),
  }
  const sameBody = body === bodyBefore && sameLeader(result.leader, existingRecord.leader)
  const sameTags = tags.suppressed === existing.suppressed && tags.publishToOclc === existing.publishToOclc
  // A bib that another is combined into has a version for it, so that its history says so.
  if (sameBody && sameTags && (joined?.changes ?? []).length === 0) {
    const kept = joined ? { combined: joined.bibs, hanging: joined.hanging } : {}
    return plan('unchanged', null, { ...found, versionAfter: existing.version, trace, ...kept })
  }
  const keepSource = profile.onMatch.keepOriginatingSystem
  const after: BibState = {
    ...existing,
    ...tags,
    version: existing.version + 1,
    record: storedRecord(result.leader, existing.mmsId, context.stamp, body),
    briefLevel: sameBody ? existing.briefLevel : levelOf(result, profile),
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
    hangs: joined ? hangsOf(joined.hanging.get(existing.mmsId) ?? nothingHangs) : existing.hangs,
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
    changes: [change, ...(joined?.changes ?? [])],
    ...(joined ? { combined: joined.bibs, hanging: joined.hanging } : {}),
  })
}

/** Lines of a merge that a trace keeps: no sound record comes to so many. */
const mostLines = 40

const mergedLines = (lines: readonly string[]): Pick<Trace, 'merge'> =>
  lines.length === 0
    ? {}
    : {
        merge:
          lines.length <= mostLines
            ? lines
            : [...lines.slice(0, mostLines - 1), `and ${lines.length - mostLines + 1} more`],
      }

function joinOthers(
  position: number,
  existing: BibState,
  result: MarcRecord,
  others: readonly Other[],
  context: PlanContext,
): Combined {
  const level = levelOf(result, context.profile)
  const stays = { mmsId: existing.mmsId, briefLevel: level, carrier: carrierOf(result) }
  return changesOfOthers(position, stays, existing, others, context)
}

/** D18: tags persist unless the profile sets them on existing bibs too. */
function tagsAfter(existing: BibState, { tags }: ImportProfile) {
  const suppressed = tags.suppress?.when === 'always' ? tags.suppress.set : existing.suppressed
  const publishToOclc =
    tags.publishToOclc?.when === 'always' ? tags.publishToOclc.set : existing.publishToOclc
  return { suppressed, publishToOclc }
}
