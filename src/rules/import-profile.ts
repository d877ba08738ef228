import type { InventorySettings } from './inventory/inventory-settings.ts'
import type { RuleText } from './language/rule.ts'

/*
 * An import profile as data: what a job runs by. It is versioned, snapshotted at submission, and
 * written, read and compared as JSON (`accession profile apply FILE`).
 */
export type ImportProfile = {
  readonly code: string
  readonly name: string
  readonly description?: string
  readonly type: 'repository' | 'new-order' | 'update-inventory'
  readonly active: boolean
  readonly useNetworkZone: boolean
  /** What the records came from; kept on the bib and compared by the older-version guard. */
  readonly originatingSystem: string
  readonly reading: 'strict' | 'repair' | 'lossy'
  readonly filter: Filter | null
  readonly normalize: readonly NormalizeStep[]
  /** Code of an exceptions file (shipped: `import`), and severities by message that go before it. */
  readonly exceptions?: string
  readonly validate: Readonly<Record<string, 'error' | 'warning' | 'off'>>
  readonly match: MatchSettings
  readonly onMatch: OnMatch
  /** The incoming record names bibs that it supersedes; nothing: such numbers are keys like others. */
  readonly redirect?: Redirect | null
  readonly onNoMatch: 'import' | 'do-not-import'
  readonly deletes: 'not-allowed' | 'delete' | 'suppress'
  readonly tags: ManagementTags
  /** Additional protected fields of this profile; the zone's list (D16) always holds. */
  readonly protect: readonly string[]
  /** What is made of a record besides its bib; nothing: nothing is. */
  readonly inventory?: InventorySettings | null
}

/**
 * A profile as a job runs by it: with the texts of the rule files that it names, its zone's rule for brief
 * levels among them. `resolveProfile` adds them at submission, and nobody writes them by hand.
 */
export type RunProfile = ImportProfile & {
  readonly rules?: readonly RuleText[]
  /** Code of the brief-level rule among `rules`; nothing: the shipped one. */
  readonly briefRule?: string | null
}

/** A condition over a record, as data; a record that meets it is `filtered`. */
export type Filter =
  /** Code of an indication rule: true leaves the record out. */
  | { readonly rule: string }
  | { readonly any: readonly Filter[] }
  | { readonly all: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly field: string; readonly subfield?: string; readonly matches?: string }
  | { readonly leader: number; readonly is: string }

/** One step of correction, applied in order to a record before its keys are derived (D1). */
export type NormalizeStep =
  | { readonly do: 'oclc-001-to-035' }
  | { readonly do: 'copy-019-to-035z' }
  | { readonly do: 'strip-oclc-export-fields' }
  | { readonly do: 'oclc-035-canonical' }
  | { readonly do: 'remove-fields'; readonly tags: readonly string[] }
  | { readonly do: 'add-field'; readonly field: string }
  | { readonly do: 'remove-empty-subfields' }
  /** A rule file of normalisation, by its code. */
  | { readonly do: 'rule'; readonly rule: string }

export type MatchSettings = {
  /** Codes of match methods; `serial` is used where leader/07 of the incoming is b, i or s (D12), if given. */
  readonly method: string
  readonly serial?: string
  readonly handling: 'automatic' | 'manual'
  readonly multi: {
    readonly disregardCommunity: boolean
    readonly disregardCancelled: boolean
    readonly preferSameCarrier: boolean
    /** Else a multi-match is `unresolved`. */
    readonly skipUnresolved: boolean
    /** Several matches become one bib; nothing: they do not. */
    readonly combine?: Combine | null
  }
  /** Of the method `multi-step`: tried in order, the first that finds anything decides. */
  readonly steps?: readonly MultiStep[]
  /** Of the method `weighted`; what is not given is as shipped. */
  readonly weighted?: WeightedSettings
}

/** One row of a multi-step method: a shipped method, for which records, and of 035 which prefix alone. */
export type MultiStep = {
  readonly method: string
  readonly for: 'serial' | 'non-serial' | 'all'
  /** As in `(DLC)`, without the parentheses; only keys of 035 with it count. */
  readonly prefix?: string
}

/** The weighted method: the weights of what agrees (positive) and disagrees (negative) are summed. */
export type WeightedSettings = {
  /** By feature, what it adds where it agrees, and takes away (below 0) where it differs. */
  readonly weights?: Readonly<Record<string, { readonly agree?: number; readonly disagree?: number }>>
  /** A full difference in one of these is no match, whatever else agrees. */
  readonly vetoes?: readonly string[]
  /** A full difference in one of these leaves it to a person, however much agrees. */
  readonly doubts?: readonly string[]
  /** From `match` on it is a match, from `review` on a person decides, below it is none. */
  readonly thresholds?: { readonly match: number; readonly review: number }
}

/** Several matches are merged into the preferred one, and what hangs on them moves to it. */
export type Combine = {
  /** `manual`: a person settles it in the issue, with this as the proposal. */
  readonly handling: 'manual' | 'automatic'
  readonly preferred: 'most-inventory' | 'fullest' | 'oldest' | 'newest'
  /** What becomes of the others. */
  readonly others: 'delete' | 'suppress' | 'keep'
  /** The others' records are merged into the preferred one by this rule; `keep-existing` takes nothing but their local fields and numbers. */
  readonly mergeRule: string
}

/** Numbers in this field are those of bibs that the incoming record supersedes: they are combined into its match. */
export type Redirect = {
  readonly field: string
  readonly subfield: string
  readonly handling: 'manual' | 'automatic'
  readonly others: 'delete' | 'suppress' | 'keep'
  readonly mergeRule: string
}

/** What a guard of OCLC numbers does with a record: nothing, a word in the trace, an issue, or no change. */
export type OclcGuard = 'off' | 'warn' | 'review' | 'refuse'

export type OnMatch = {
  readonly action: 'merge' | 'overlay' | 'do-not-import' | 'import'
  /** Code of a merge rule, shipped or a rule file. An overlay keeps protected fields alone. */
  readonly mergeRule: string
  readonly briefGuard: boolean
  readonly olderVersion: 'disabled' | 'consider-originating-system' | 'ignore-originating-system'
  readonly keepOriginatingSystem: boolean
  /** Nothing: all `warn`. */
  readonly oclc?: {
    /** The bib would have two current OCLC numbers. */
    readonly twoCurrent: OclcGuard
    /** The bib would have another OCLC number than before. */
    readonly numberChange: OclcGuard
    /** The incoming number is one that another bib lists as cancelled. */
    readonly cancelledElsewhere: OclcGuard
  }
}

export type ManagementTags = {
  readonly suppress: TagSetting
  readonly publishToOclc: {
    readonly set: 'publish' | 'holdings-only' | 'do-not-publish'
    readonly when: 'always' | 'new'
  } | null
}

export type TagSetting = { readonly set: boolean; readonly when: 'always' | 'new' } | null
