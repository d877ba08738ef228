import type { Code } from './outcome.ts'
import type { KeyKind, KeyOrigin } from './match/match-key.ts'

/**
 * How a record's outcome came about, kept with its ledger row and shown by the report, the gateway,
 * issues and `accession explain` alike. Short names, since a million of them may be stored; a part
 * that played no role is absent.
 */
export type Trace = {
  /** Of a bib of an institution that was to be linked: its number, and the version that was looked at. */
  readonly ours?: { readonly mmsId: string; readonly version: number }
  /** Code of the match method and the name of the step that found something, if any did. */
  readonly method?: string
  readonly step?: string
  /** The keys that were looked up, in the order of the steps that were tried. */
  readonly looked?: readonly string[]
  readonly candidates?: readonly TracedCandidate[]
  /** More bibs carried a key than are looked at. */
  readonly capped?: boolean
  /** Bibs that the record names as superseded, with the numbers by which it does, as `kind:value/origin`. */
  readonly superseded?: readonly { readonly mmsId: string; readonly by: readonly string[] }[]
  readonly guard?: TracedGuard
  /** Guards that were passed with a word of warning. */
  readonly warned?: readonly TracedGuard[]
  /** Code of the merge rule, where one was applied; of a rule file with its version, as `code@version`. */
  readonly rule?: string
  /** What the lines of the rule did: `line verb tag×times`, as in `14 add 650×3`; the whole is derived anew when it is asked for. */
  readonly merge?: readonly string[]
  /** Other bibs that were combined into the match, each with what became of it. */
  readonly combined?: readonly {
    readonly mmsId: string
    readonly became: 'deleted' | 'suppressed' | 'kept'
  }[]
  /** What a person's change of the bib was. */
  readonly edited?: 'edited' | 'tagged' | 'restored'
  /** What normalisation changed, as `step: field`, of a rule file as `code:line: field`. */
  readonly normalized?: readonly string[]
  /** Codes of validation messages, with their fields. */
  readonly problems?: readonly string[]
  /**
   * What the preview had planned, where the commit would differ; with the inventory that was shown, where it is that
   * which would come out otherwise.
   */
  readonly reviewed?: {
    readonly outcome: string
    readonly code: Code | null
    readonly mmsId: string | null
    readonly inventory?: readonly string[]
  }
  /** The line of an indication rule that left the record out. */
  readonly filtered?: { readonly rule: string; readonly line: number }
  /** The rule file that could not be carried out, with line and cause. */
  readonly failed?: { readonly rule: string; readonly line: number | null; readonly why: string }
  /** The database's own words, where it refused the record. */
  readonly refused?: string
}

export type TracedCandidate = {
  readonly mmsId: string
  /** The keys that hit, as `kind:value/origin`. */
  readonly by: readonly string[]
  /** Of a method that weighs: the sum, and what agreed or not, as `feature +30`. */
  readonly score?: number
  readonly evidence?: readonly string[]
  /** Why it was set aside. */
  readonly dropped?:
    | 'community'
    | 'cancelled-number'
    | 'other-carrier'
    | 'other-year'
    | 'other-type'
    | 'other-author'
    | 'low-score'
    | 'added-earlier'
    | 'veto'
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
  | {
      readonly guard: 'oclc'
      readonly code: 'OCLC_TWO_CURRENT' | 'OCLC_NUMBER_CHANGE' | 'OCLC_CANCELLED_ELSEWHERE'
      readonly numbers: readonly string[]
      /** The bib that has the number as cancelled. */
      readonly mmsId?: string
      /** The record itself lists the former number as cancelled: OCLC has merged its records. */
      readonly superseded?: boolean
    }
  | { readonly guard: 'combine'; readonly mmsId: string; readonly why: string }

/** A key as a trace writes it. */
export const tracedKey = (kind: KeyKind | 'mms', value: string, origin?: KeyOrigin): string =>
  origin === undefined ? `${kind}:${value}` : `${kind}:${value}/${origin}`
