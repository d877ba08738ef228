import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState } from './bib-state.ts'
import { changesOfOthers, tracedOthers } from './combine-changes.ts'
import { combineRecords, goneOf, type Other } from './combine-records.ts'
import { derive } from './derive.ts'
import { hangsOf, nothingHangs } from './hanging.ts'
import { carrierOf } from './match/carrier.ts'
import { withOldNumbers } from './old-numbers.ts'
import { sourceOf } from './plan-change.ts'
import type { Fill, Plan, PlanContext } from './plan.ts'
import { levelOf } from './plan-rules.ts'
import { type ReadyRecord, bodyOf, storedRecord } from './prepare.ts'

/** What a bib has from its record alone. */
type Content = Pick<ReadyRecord, 'leader' | 'body' | 'briefLevel' | 'carrier' | 'derived'>

/** A bib of the record itself, and the bibs that it supersedes combined into it. */
export function planNew(
  position: number,
  incoming: ReadyRecord,
  others: readonly Other[],
  context: PlanContext,
  plan: Fill,
): Plan {
  const { profile } = context
  const mmsId = context.newMmsId(position)
  const content = others.length === 0 ? incoming : withOthers(incoming, others, context)
  const after: BibState = {
    mmsId,
    version: 1,
    record: storedRecord(content.leader, mmsId, context.stamp, content.body),
    briefLevel: content.briefLevel,
    carrier: content.carrier,
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
    derivedAfter: content.derived,
    position,
  }
  const created = plan('created', null, {
    mmsId,
    versionAfter: 1,
    headings: content.derived.headings.length,
    changes: [change],
  })
  if (others.length === 0) return created
  const { bibs, changes, hanging } = changesOfOthers(position, after, null, others, context)
  const trace = { ...created.trace, combined: tracedOthers(bibs) }
  const hung = { ...after, hangs: hangsOf(hanging.get(mmsId) ?? nothingHangs) }
  return {
    ...created,
    trace,
    changes: [{ ...change, after: hung }, ...changes],
    combined: bibs,
    hanging,
  }
}

function withOthers(
  { leader, body, originatingNumber }: ReadyRecord,
  others: readonly Other[],
  { profile, protect, mergeRuleOf, zone }: PlanContext,
): Content {
  const combined = combineRecords(unpack(leader + body), others, protect, mergeRuleOf)
  const record = withOldNumbers(combined, null, goneOf(others), zone)
  return {
    leader: record.leader,
    body: bodyOf(record),
    briefLevel: levelOf(record, profile),
    carrier: carrierOf(record),
    derived: derive(record, originatingNumber),
  }
}
