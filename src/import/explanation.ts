import type { Encoding, Format, Rejection, Repair } from '../marc/frame.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { PublishToOclc } from '../rules/bib-state.ts'
import type { BriefLevel } from '../rules/brief-level.ts'
import type { MultiSetting } from '../rules/detail.ts'
import type { FieldDiff } from '../rules/diff.ts'
import type { NormalizeStep } from '../rules/import-profile.ts'
import type { RuleKind, RuleText } from '../rules/language/rule.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { Carrier } from '../rules/match/carrier.ts'
import type { MatchKey } from '../rules/match/match-key.ts'
import type { MergeStep } from '../rules/merge/merge-explain.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { Trace, TracedCandidate, TracedGuard } from '../rules/trace.ts'
import type { ProblemCode, Severity } from '../rules/validation/validation-rules.ts'
import type { BatchResult } from './batch.ts'

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
  /** What becomes of the inventory that the record asks for. */
  readonly inventory: readonly InventoryStep[]
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
  readonly suppressed: boolean
  readonly publishToOclc: PublishToOclc
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
