import type { Code } from '../../rules/outcome.ts'
import type { Unreadable } from './reading.ts'
import type { Secret } from './secret.ts'

/** One record that a client sent, with the credentials that hold for it. */
export type GatewayRequest = {
  /** The client's address, in the form of `net.Socket.remoteAddress`, without the IPv4-mapped prefix. */
  readonly address: string
  /** Field U, the OCLC authorisation: provenance, never a credential. Empty where none was sent. */
  readonly user: string
  /** Field A, or U where A is empty; empty where neither was sent. `parseLogon` takes it apart. */
  readonly logon: string
  readonly password: Secret
  /** The header of this record as it was sent, the password masked; empty where the earlier logon of the connection holds. */
  readonly header: string
  /** One ISO 2709 record, whole: its length and its terminator agree. */
  readonly record: Uint8Array
  /** When its last byte had come. */
  readonly receivedAt: Date
}

/**
 * Imports one record and resolves after the commit, for a success is told to the cataloguer at once.
 * Failures are values. The signal aborts when nobody waits for the answer any more, because the
 * client's time is up or the server stops; a client that merely went away does not abort it.
 */
export type ImportRecord = (request: GatewayRequest, signal: AbortSignal) => Promise<GatewayAnswer>

/** What became of one record: the reply, the gateway page and the log are three renderings of it. */
export type GatewayAnswer = Imported | GatewayFailure

export type AnswerZone = { readonly code: string; readonly name: string }

/** A bib as a cataloguer has to find it. */
export type AnswerBib = { readonly mmsId: string; readonly title: string }

/** How the outcome came about, in the words of the trace. Parts that played no role are null or empty. */
export type Decision = {
  /** Code of the match method. */
  readonly method: string | null
  /** Name of the step of the match method that found something. */
  readonly step: string | null
  /** The keys that were looked up, as `tracedKey` writes them. */
  readonly keys: readonly string[]
  /** Code of the merge rule. */
  readonly rule: string | null
}

export type Imported = {
  readonly kind: 'imported'
  readonly outcome: 'created' | 'merged' | 'overlaid' | 'unchanged'
  /** The zone of the bib: the network's where the profile uses the network zone. */
  readonly zone: AnswerZone
  readonly mmsId: string
  /** The institution's linked bib, where the profile uses the network zone. */
  readonly linked: { readonly zone: AnswerZone; readonly mmsId: string } | null
  readonly title: string
  /** The number alone, without prefix or leading zeros. */
  readonly oclcNumber: string | null
  readonly decision: Decision
  /** Management tags that hide the bib and persisted through the import (D18). */
  readonly marks: readonly ('suppressed' | 'not-published')[]
  /** The answer of an earlier sending of the same record, given again (D23). */
  readonly replayed: boolean
}

/** Refusals that say nothing about the catalogue: those who may not ask learn nothing from them. */
type Refused =
  | { readonly code: 'LOGON_FAILED' }
  /** Told to the client in the words of a failed logon, and after the same time. */
  | { readonly code: 'ADDRESS_NOT_ALLOWED' }
  | { readonly code: 'TOO_MANY_FAILURES'; readonly waitSeconds: number }
  | { readonly code: 'NO_INTEGRATION_PROFILE'; readonly zone: AnswerZone }

/** What the socket alone can tell. */
type Unreceived =
  | Unreadable
  | { readonly code: 'TOO_MANY_CONNECTIONS' }
  | { readonly code: 'TIMED_OUT'; readonly during: 'sending' | 'importing'; readonly seconds: number }

type Troubled =
  | { readonly code: 'DATABASE_AWAY' }
  /** A fault of ours; `reference` finds it in the log. */
  | { readonly code: 'UNEXPECTED'; readonly reference: string }

/** What is known of a record that was read and not imported. */
export type NotImported = {
  readonly zone: AnswerZone
  /** Of the incoming record; empty where it has none. */
  readonly title: string
  readonly oclcNumber: string | null
  /** The issue that keeps the record, so that it need not be exported again. */
  readonly issue: number | null
  readonly decision: Decision
}

export type LockHolder = {
  readonly holder: string
  /** The zone that the holder works for. */
  readonly zone: AnswerZone | null
  readonly since: Date
  /** When the lock ends by itself, if its holder gives no further sign of life. */
  readonly until: Date
  /** The sender's own lock (D22). */
  readonly own: boolean
}

type Guarded = NotImported &
  (
    | {
        readonly code: 'MULTI_MATCH'
        readonly matches: readonly (AnswerBib & { readonly keys: readonly string[] })[]
        /** More bibs carry the keys than are listed. */
        readonly capped: boolean
      }
    | {
        readonly code: 'NOT_ADDED_BRIEF'
        readonly existing: AnswerBib
        readonly existingLevel: number
        readonly incomingLevel: number
      }
    | { readonly code: 'NOT_ADDED_LOCKED'; readonly existing: AnswerBib; readonly lock: LockHolder }
    | {
        readonly code: 'NOT_ADDED_OLD'
        readonly existing: AnswerBib
        /** 005 of the version that was imported last, and of the incoming record, as they stand there. */
        readonly existing005: string
        readonly incoming005: string
      }
    | { readonly code: 'NOT_ADDED_CZ'; readonly existing: AnswerBib }
    | { readonly code: 'NOT_ADDED_LINKED'; readonly existing: AnswerBib; readonly linkedTo: string }
  )

/** Every other code of `rules/outcome.ts`. */
type OtherCode = NotImported & {
  readonly code: Exclude<Code, Guarded['code'] | Unreceived['code']>
  readonly existing: AnswerBib | null
  /** Particulars, a line each: rules that were broken, what a deletion is blocked by. */
  readonly details: readonly string[]
}

export type GatewayFailure = { readonly kind: 'failed' } & (
  | Refused
  | Unreceived
  | Troubled
  | Guarded
  | OtherCode
)

export type FailureCode = GatewayFailure['code']
