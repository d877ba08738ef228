import { randomUUID } from 'node:crypto'
import type { GatewayAnswer, GatewayRequest, ImportRecord } from './answer.ts'
import { type BackOff, sourceOf } from './back-off.ts'
import type { Clock } from './clock.ts'
import type { GatewayLimits } from './limits.ts'
import type { GatewayEvent } from './live.ts'
import { parseLogon } from './logon.ts'
import { takeTurns } from './turns.ts'

export type Desk = {
  /** Never rejects. Nothing where the server stopped waiting: there is no answer to give then. */
  answer(request: GatewayRequest): Promise<GatewayAnswer | null>
  /** Gives up what is in hand. */
  giveUp(): void
}

export type DeskOptions = {
  readonly importRecord: ImportRecord
  readonly limits: GatewayLimits
  readonly clock: Clock
  readonly backOff: BackOff
  readonly emit: (event: GatewayEvent) => void
}

/** Between sockets and import: who has to wait, who is next, and how long an import may take. */
export function openDesk({ importRecord, limits, clock, backOff, emit }: DeskOptions): Desk {
  const inHand = new Set<() => void>()
  const bySource = takeTurns(limits.importsPerSource)
  // One attempt at a time until a client has proven itself, so that a hundred guesses at once are not a hundred tries.
  const unproven = takeTurns(1)

  async function attempt(request: GatewayRequest, signal: AbortSignal): Promise<GatewayAnswer> {
    const source = sourceOf(request.address)
    const { zone } = parseLogon(request.logon)
    const releases: (() => void)[] = []
    try {
      if (!backOff.isProven(source, zone)) releases.push(await unproven.take(`${source} ${zone}`))
      const wait = backOff.wait(source, zone)
      if (wait > 0) return { kind: 'failed', code: 'TOO_MANY_FAILURES', waitSeconds: Math.ceil(wait / 1000) }
      releases.push(await bySource.take(source))
      if (signal.aborted) return timedOut(limits)
      const answer = await importRecord(request, signal)
      const proof = logonProof(answer)
      if (proof === 'good') backOff.succeeded(source, zone)
      if (proof === 'bad') backOff.failed(source, zone)
      return answer
    } catch (error) {
      const reference = randomUUID().slice(0, 8)
      emit({ kind: 'fault', reference, error })
      return { kind: 'failed', code: 'UNEXPECTED', reference }
    } finally {
      for (const release of releases) release()
    }
  }

  return {
    async answer(request) {
      const abort = new AbortController()
      const { promise, resolve } = Promise.withResolvers<GatewayAnswer | null>()
      const giveUp = () => {
        abort.abort()
        resolve(null)
      }
      inHand.add(giveUp)
      const callOff = clock.after(limits.importMs, () => {
        abort.abort()
        resolve(timedOut(limits))
      })
      void attempt(request, abort.signal).then(resolve)
      const answer = await promise
      callOff()
      inHand.delete(giveUp)
      return answer
    },
    giveUp() {
      for (const giveUp of inHand) giveUp()
    },
  }
}

const timedOut = ({ importMs }: GatewayLimits): GatewayAnswer => ({
  kind: 'failed',
  code: 'TIMED_OUT',
  during: 'importing',
  seconds: Math.round(importMs / 1000),
})

/** What an answer says about the logon; nothing where it was not looked at. */
function logonProof(answer: GatewayAnswer): 'good' | 'bad' | 'none' {
  if (answer.kind === 'imported') return 'good'
  switch (answer.code) {
    case 'LOGON_FAILED':
    case 'ADDRESS_NOT_ALLOWED':
      return 'bad'
    case 'TOO_MANY_FAILURES':
    case 'TOO_MANY_CONNECTIONS':
    case 'DATABASE_AWAY':
    case 'UNEXPECTED':
    case 'TIMED_OUT':
    case 'BAD_REQUEST':
    case 'LENGTH_MISMATCH':
    case 'TOO_LARGE':
      return 'none'
    default:
      return 'good'
  }
}
