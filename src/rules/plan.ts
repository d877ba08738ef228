import type { BibChange } from './bib-state.ts'
import type { CombinedBib } from './combine-changes.ts'
import { type PlanDetail, planDetail } from './detail.ts'
import type { Edit } from './edit.ts'
import { type Hanging, type HangingIndex, hangsOf } from './hanging.ts'
import { holdToPreview } from './held-to-preview.ts'
import type { RunProfile } from './import-profile.ts'
import type { InventoryStep } from './inventory/plan-inventory.ts'
import type { KeyLookup } from './match/lookup.ts'
import { type MatchIndex, addToIndex, removeFromIndex } from './match/match-index.ts'
import type { MergeRule } from './merge/merge-rule.ts'
import type { ProtectSettings } from './merge/protect.ts'
import { attempt, RuleFailure } from './normalize/budget.ts'
import type { Code, Outcome } from './outcome.ts'
import { planFailed, planRecord } from './plan-record.ts'
import type { ReadyRecord } from './prepare.ts'
import { planShare, type Sharing } from './share.ts'
import type { Trace } from './trace.ts'
import { followWithdrawn, type Withdrawn } from './withdraw.ts'

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
  /** Positions whose inventory would come out otherwise than the preview showed. */
  readonly drifted?: ReadonlySet<number>
  /** The bib that is taken as the match, in place of what matching would find. */
  readonly against?: string
  /** By position, where it is asked for: what each record goes through. */
  readonly details?: Map<number, PlanDetail>
  /** A person's decision on this one record (an issue, an upload): overrides matching. */
  readonly decided?: Decided
  /** The records are bibs of an institution that are to be linked to what they come to (D27). */
  readonly sharing?: Sharing
  /** What a person does with one bib: stands in place of matching and merging. */
  readonly edit?: Edit
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
  /** What would become of its inventory, in order; nothing where that was not asked about. */
  readonly inventory?: readonly InventoryStep[]
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
  /** Portfolios that a record which asks for a deletion takes away or closes. */
  readonly withdrawn?: readonly Withdrawn[]
  /** What hangs on which bib then, where that changes. */
  readonly hanging: ReadonlyMap<string, Hanging>
}

/** A plan of one record with what is common to all its outcomes filled in. */
export type Fill = (outcome: Outcome, code: Code | null, more?: Partial<Plan>) => Plan

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
    const { sharing } = context
    const planned = holdToPreview(sharing ? planShare(plan, sharing, context) : plan, context)
    if (detail) {
      detail.plan = planned
      context.details?.set(position, detail)
    }
    follow(planned, context)
    return planned
  })
}

/** The index as the record leaves the bibs of the zone. */
function follow({ changes, hanging, withdrawn = [] }: Plan, context: PlanContext) {
  const { index, hanging: hangs, sharing } = context
  for (const { zoneId, before, after, derivedBefore, derivedAfter } of changes) {
    if (zoneId !== undefined) {
      if (after?.linkedMmsId != null) sharing?.linked.set(after.linkedMmsId, after.mmsId)
      continue
    }
    if (before && derivedBefore) removeFromIndex(index, before, derivedBefore)
    if (after && derivedAfter) addToIndex(index, after, derivedAfter)
  }
  for (const [mmsId, what] of hanging) {
    hangs.known.set(mmsId, what)
    const bib = index.bibs.get(mmsId)
    if (bib) index.bibs.set(mmsId, { ...bib, hangs: hangsOf(what) })
  }
  followWithdrawn(withdrawn, context)
}
