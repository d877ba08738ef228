import type { BibState } from '../bib-state.ts'
import { indexKey } from './match-index.ts'
import type { PlanContext } from '../plan.ts'
import type { ReadyRecord } from '../prepare.ts'
import { type Trace, type TracedCandidate, tracedKey } from '../trace.ts'

/** Candidates looked at for one record; one OCLC number can sit on a hundred bibs of a map series. */
const candidateCap = 25

/** Which bibs a record matches, and how that was found. */
export type Judged = {
  readonly verdict: 'none' | 'one' | 'many'
  readonly matches: readonly BibState[]
  readonly trace: Pick<Trace, 'step' | 'looked' | 'candidates' | 'capped'>
}

type Weighed = {
  readonly bib: BibState
  readonly by: string[]
  onlyCancelled: boolean
  dropped?: TracedCandidate['dropped']
}

/**
 * Runs the steps of the match method; the first step that finds a bib decides. Then the profile's
 * handling of several matches is applied in its documented order, and what was set aside is named.
 */
export function judge(incoming: ReadyRecord, context: PlanContext): Judged {
  if (context.decided?.as === 'create') return { verdict: 'none', matches: [], trace: {} }
  if (context.decided?.into !== undefined) {
    const into = context.index.bibs.get(context.decided.into)
    return into ? { verdict: 'one', matches: [into], trace: {} } : { verdict: 'none', matches: [], trace: {} }
  }
  const looked: string[] = []
  const candidates: TracedCandidate[] = []
  let aside: string | null = null
  for (const step of incoming.steps) {
    if (step.lookups.length === 0) continue
    for (const { kind, value } of step.lookups) looked.push(tracedKey(kind, value))
    const weighed = weigh(step.lookups, incoming, context)
    const capped = step.lookups.some(
      (lookup) => lookup.kind !== 'mms' && context.index.capped.has(indexKey(lookup.kind, lookup.value)),
    )
    if (weighed.length === 0) continue
    const left = settle(weighed, incoming, context)
    for (const { bib, by, dropped } of weighed)
      candidates.push({ mmsId: bib.mmsId, by, ...(dropped ? { dropped } : {}) })
    if (left.length === 0) {
      // D11: a mismatch is no match, and so does not keep a later step from finding one.
      aside ??= step.name
      continue
    }
    const trace = { step: step.name, looked, candidates, ...(capped ? { capped } : {}) }
    return { verdict: left.length === 1 && !capped ? 'one' : 'many', matches: left, trace }
  }
  const trace = aside === null ? { looked } : { step: aside, looked, candidates }
  return { verdict: 'none', matches: [], trace: looked.length > 0 ? trace : {} }
}

function weigh(
  lookups: ReadyRecord['steps'][number]['lookups'],
  incoming: ReadyRecord,
  { index }: PlanContext,
): Weighed[] {
  const found = new Map<string, Weighed>()
  const note = (mmsId: string, key: string, cancelled: boolean) => {
    const bib = index.bibs.get(mmsId)
    if (!bib) return
    const known = found.get(mmsId)
    if (known) {
      known.by.push(key)
      known.onlyCancelled &&= cancelled
    } else if (found.size < candidateCap) {
      const otherCarrier =
        incoming.sameCarrier &&
        bib.carrier !== incoming.carrier &&
        bib.carrier !== 'other' &&
        incoming.carrier !== 'other'
      found.set(mmsId, {
        bib,
        by: [key],
        onlyCancelled: cancelled,
        ...(otherCarrier ? { dropped: 'other-carrier' as const } : {}),
      })
    }
  }
  for (const lookup of lookups) {
    if (lookup.kind === 'mms') {
      note(lookup.value, tracedKey('mms', lookup.value), false)
      continue
    }
    for (const hit of index.hits.get(indexKey(lookup.kind, lookup.value)) ?? []) {
      if (lookup.existing !== 'any' && !lookup.existing.includes(hit.origin)) continue
      if (lookup.sameOrigin && hit.origin !== lookup.origin) continue
      note(
        hit.mmsId,
        tracedKey(lookup.kind, lookup.value, hit.origin),
        isCancelled(lookup.origin) || isCancelled(hit.origin),
      )
    }
  }
  return [...found.values()]
}

const isCancelled = (origin: string) => origin === 'z' || origin === '019'

/** The profile's handling of several matches, each setting only while several are left. */
function settle(weighed: Weighed[], incoming: ReadyRecord, { profile }: PlanContext): BibState[] {
  const { multi } = profile.match
  const left = () => weighed.filter(({ dropped }) => dropped === undefined)
  if (multi.disregardCommunity && left().length > 1)
    drop(left(), 'community', ({ bib }) => bib.linkedToCommunity)
  if (multi.disregardCancelled && left().length > 1)
    drop(left(), 'cancelled-number', ({ onlyCancelled }) => onlyCancelled)
  if (multi.preferSameCarrier && left().length > 1)
    drop(left(), 'other-carrier', ({ bib }) => bib.carrier !== incoming.carrier)
  return left().map(({ bib }) => bib)
}

/** Sets candidates aside, unless that would leave none. */
function drop(
  left: Weighed[],
  why: NonNullable<Weighed['dropped']>,
  isDropped: (weighed: Weighed) => boolean,
) {
  const dropped = left.filter(isDropped)
  if (dropped.length < left.length) for (const weighed of dropped) weighed.dropped = why
}
