import type { KeyKind, KeyOrigin } from './match/match-key.ts'

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
  readonly validate: Readonly<Record<string, 'error' | 'warning' | 'off'>>
  readonly match: MatchSettings
  readonly onMatch: OnMatch
  readonly onNoMatch: 'import' | 'do-not-import'
  readonly deletes: 'not-allowed' | 'delete' | 'suppress'
  readonly tags: ManagementTags
  /** Additional protected fields of this profile; the zone's list (D16) always holds. */
  readonly protect: readonly string[]
}

/** A condition over a record, as data; a record that meets it is `filtered`. */
export type Filter =
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
  }
}

export type OnMatch = {
  readonly action: 'merge' | 'overlay' | 'do-not-import' | 'import'
  /** Code of a merge rule. An overlay keeps protected fields alone. */
  readonly mergeRule: string
  readonly briefGuard: boolean
  readonly olderVersion: 'disabled' | 'consider-originating-system' | 'ignore-originating-system'
  readonly keepOriginatingSystem: boolean
}

export type ManagementTags = {
  readonly suppress: TagSetting
  readonly publishToOclc: {
    readonly set: 'publish' | 'holdings-only' | 'do-not-publish'
    readonly when: 'always' | 'new'
  } | null
}

export type TagSetting = { readonly set: boolean; readonly when: 'always' | 'new' } | null

/**
 * How a record is matched: steps in order, the first that finds anything decides.
 * A step looks up the incoming keys of a kind (of those origins) among existing keys (of those origins).
 */
export type MatchMethod = {
  readonly code: string
  readonly name: string
  readonly steps: readonly MatchStep[]
  /** A match of the other inventory type (print or electronic, D11) is no match. */
  readonly sameCarrier: boolean
}

export type MatchStep = {
  readonly name: string
  readonly lookups: readonly MatchLookup[]
}

export type MatchLookup =
  | {
      readonly kind: KeyKind
      readonly incoming: readonly KeyOrigin[] | 'any'
      readonly existing: readonly KeyOrigin[] | 'any'
      /** Incoming and existing must have the same origin (`$a`↔`$a`, `$z`↔`$z`). */
      readonly sameOrigin?: boolean
    }
  /** The incoming 001 is the existing MMS ID. */
  | { readonly kind: 'mms' }
