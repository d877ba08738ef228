import type { FailureCode, GatewayAnswer, Imported } from './answer.ts'

/** A connection as the gateway page shows it. */
export type LiveConnection = {
  readonly id: number
  readonly address: string
  /** Over TLS. */
  readonly secure: boolean
  readonly since: Date
  readonly state: 'idle' | 'receiving' | 'importing' | 'closing'
  /** Of the last record; empty before it. */
  readonly user: string
  readonly logon: string
  /** Records that were answered. */
  readonly answered: number
  readonly last: FailureCode | Imported['outcome'] | null
}

/** What happens at the gateway. Nothing in it holds a password or bytes of a header that could. */
export type GatewayEvent =
  | { readonly kind: 'opened' | 'changed' | 'closed'; readonly connection: LiveConnection }
  /** A connection above the limits: answered and closed at once. */
  | { readonly kind: 'turned-away'; readonly address: string }
  | {
      readonly kind: 'answered'
      readonly connection: LiveConnection
      /** Nothing where what came was no record. */
      readonly request: {
        readonly user: string
        readonly logon: string
        readonly header: string
        readonly bytes: number
      } | null
      readonly answer: GatewayAnswer
      /** From the record's last byte to the answer. */
      readonly ms: number
    }
  /** An error that nobody expected; the client was given the reference. */
  | { readonly kind: 'fault'; readonly reference: string; readonly error: unknown }
