import type { Encoding } from '../marc/frame.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { BibState } from './bib-state.ts'
import type { BriefLevel } from './brief-level.ts'
import type { NormalizeStep } from './import-profile.ts'
import type { Lookup } from './match/lookup.ts'
import type { MergeRule } from './merge/merge-rule.ts'
import type { ProtectSettings } from './merge/protect.ts'
import type { Plan } from './plan.ts'
import type { FilteredBy } from './profile-filter.ts'
import type { TracedCandidate, TracedGuard } from './trace.ts'
import type { Problem } from './validation/problem.ts'

/*
 * What a record went through on its way, for whoever asks why: filled in by the steps themselves, as they
 * are carried out. No decision looks at it, and where nobody asks there is none.
 */

/** Steps 1 and 2: decode and prepare. What was not come to is nothing. */
export type PrepareDetail = {
  encoding: Encoding | null
  /** The record as it was decoded, and as it is after normalisation. */
  incoming: MarcRecord | null
  record: MarcRecord | null
  filter: { readonly isMet: boolean; readonly by: FilteredBy | null } | null
  readonly steps: StepDetail[]
  /** Findings of validation with the severities that exceptions give them, and how many these put off. */
  problems: readonly Problem[] | null
  putOff: number
  briefLevel: BriefLevel | null
}

export const prepareDetail = (): PrepareDetail => ({
  encoding: null,
  incoming: null,
  record: null,
  filter: null,
  steps: [],
  problems: null,
  putOff: 0,
  briefLevel: null,
})

/** A step of normalisation; of a rule file with its rules, in the order in which they ran. */
export type StepDetail = {
  readonly step: NormalizeStep
  readonly before: MarcRecord
  readonly after: MarcRecord
  readonly rules: readonly RuleDetail[]
}

/** A rule of a file, by the line that it begins in, and what each of its actions did. */
export type RuleDetail = {
  readonly line: number
  readonly isMet: boolean
  readonly actions: {
    readonly line: number
    readonly before: MarcRecord
    readonly after: MarcRecord
  }[]
}

/** Step 4: plan. */
export type PlanDetail = {
  readonly matching: MatchDetail[]
  readonly guards: GuardDetail[]
  merge: MergeDetail | null
  plan: Plan | null
}

export const planDetail = (): PlanDetail => ({ matching: [], guards: [], merge: null, plan: null })

/** A step of the match method that was tried. */
export type MatchDetail = {
  readonly name: string
  readonly lookups: readonly Lookup[]
  readonly candidates: readonly (TracedCandidate & { readonly bib: BibState })[]
  /** Of several matches: the settings that were tried, in their order, and the bibs that each set aside. */
  readonly settled: readonly {
    readonly setting: MultiSetting
    readonly dropped: readonly string[]
  }[]
  /** What is left. */
  readonly matches: readonly string[]
  readonly isCapped: boolean
}

/** `newest` is the method's own, the others are the profile's. */
export type MultiSetting = 'disregardCommunity' | 'disregardCancelled' | 'preferSameCarrier' | 'newest'

/** A guard of the match that was asked, and what it said. The first that refuses is the last that is asked. */
export type GuardDetail = {
  readonly guard: 'linked' | 'locked' | 'brief' | 'older'
  readonly said: 'passed' | 'refused' | 'off'
  /** What it compared; nothing where there was nothing to compare. */
  readonly traced: TracedGuard | null
}

/** A merge or an overlay: what received, what came, and by which rule. */
export type MergeDetail = {
  /** With the records of other bibs in it already, where bibs become one. */
  readonly receiving: MarcRecord
  readonly incoming: MarcRecord
  readonly action: 'merged' | 'overlaid'
  readonly code: string
  readonly rule: MergeRule
  readonly protect: ProtectSettings
}
