import type { Code } from './outcome.ts'
import type { KeyKind, KeyOrigin } from './match/match-key.ts'

/**
 * How a record's outcome came about, kept with its ledger row and shown by the report, the gateway,
 * issues and `accession explain` alike. Short names, since a million of them may be stored; a part
 * that played no role is absent.
 */
export type Trace = {
  /** Code of the match method and the name of the step that found something, if any did. */
  readonly method?: string
  readonly step?: string
  /** The keys that were looked up, in the order of the steps that were tried. */
  readonly looked?: readonly string[]
  readonly candidates?: readonly TracedCandidate[]
  /** More bibs carried a key than are looked at. */
  readonly capped?: boolean
  readonly guard?: TracedGuard
  /** Code of the merge rule, where one was applied. */
  readonly rule?: string
  /** What normalisation changed, as `step: field`. */
  readonly normalized?: readonly string[]
  /** Codes of validation messages, with their fields. */
  readonly problems?: readonly string[]
  /** What the preview had planned, where the commit would differ. */
  readonly reviewed?: { readonly outcome: string; readonly code: Code | null; readonly mmsId: string | null }
  /** The database's own words, where it refused the record. */
  readonly refused?: string
}

export type TracedCandidate = {
  readonly mmsId: string
  /** The keys that hit, as `kind:value/origin`. */
  readonly by: readonly string[]
  /** Why it was set aside. */
  readonly dropped?: 'community' | 'cancelled-number' | 'other-carrier'
}

export type TracedGuard =
  | { readonly guard: 'linked'; readonly linkedTo: string }
  | {
      readonly guard: 'locked'
      readonly holder: string
      readonly zone: string | null
      readonly since: string
    }
  | { readonly guard: 'brief'; readonly existing: number; readonly incoming: number }
  | {
      readonly guard: 'older'
      readonly existing: string | null
      readonly incoming: string | null
      readonly why: string
    }
  | { readonly guard: 'delete'; readonly hangs: readonly string[] }

/** A key as a trace writes it. */
export const tracedKey = (kind: KeyKind | 'mms', value: string, origin?: KeyOrigin): string =>
  origin === undefined ? `${kind}:${value}` : `${kind}:${value}/${origin}`
