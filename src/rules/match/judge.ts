import type { BibState } from '../bib-state.ts'
import type { PlanContext } from '../plan.ts'
import { byAge } from '../by-age.ts'
import type { MatchDetail, MultiSetting, PlanDetail } from '../detail.ts'
import type { MatchSettings } from '../import-profile.ts'
import { formerNumber } from '../old-numbers.ts'
import type { ReadyRecord } from '../prepare.ts'
import { type Trace, type TracedCandidate, tracedKey } from '../trace.ts'
import type { Carrier } from './carrier.ts'
import { disagreement } from './comparison.ts'
import { counts, lookupKey } from './lookup.ts'
import { indexKey } from './match-index.ts'
import type { ReadyStep } from './ready-steps.ts'
import { titleTag } from './title-key.ts'
import { weigh } from './weigh.ts'
import { weighing } from './weighing.ts'

/** Candidates looked at for one record; one OCLC number can sit on a hundred bibs of a map series. */
const candidateCap = 25

/** Of a step that compares more than keys, most of whose candidates do not stay. */
const comparedCap = 100

/** Candidates that were set aside, in the trace of one record. */
const tracedCap = 10

/** A weighed candidate that scores so much less than the likest one is set aside, whatever it scores. */
const clearLead = 30

/** Which bibs a record matches, and how that was found. `unsure`: alike, and a person has to say. */
export type Judged = {
  readonly verdict: 'none' | 'one' | 'many' | 'unsure'
  readonly matches: readonly BibState[]
  readonly trace: Pick<Trace, 'step' | 'looked' | 'candidates' | 'capped'>
}

/** What of the plan's context matching looks at. */
type JudgeContext = Pick<PlanContext, 'profile' | 'zone' | 'index' | 'decided' | 'against'>

type Candidate = {
  readonly bib: BibState
  readonly by: string[]
  onlyCancelled: boolean
  score?: number
  isDoubted?: boolean
  /** It was made by this very record, or has taken it in before. */
  isAgain?: boolean
  evidence?: readonly string[]
  dropped?: NonNullable<TracedCandidate['dropped']>
}

/**
 * Runs the steps of the match method; the first step that finds a bib decides. Then the profile's
 * handling of several matches is applied in its documented order, and what was set aside is named. `detail`
 * takes what each step looked at, where it is asked for.
 */
export function judge(incoming: ReadyRecord, context: JudgeContext, detail?: PlanDetail): Judged {
  if (context.decided?.as === 'create') return { verdict: 'none', matches: [], trace: {} }
  const named = context.decided?.into ?? context.against
  if (named !== undefined) {
    const into = context.index.bibs.get(named)
    return into ? { verdict: 'one', matches: [into], trace: {} } : { verdict: 'none', matches: [], trace: {} }
  }
  const looked = new Set<string>()
  const traced: TracedCandidate[] = []
  let aside: string | null = null
  for (const ready of incoming.steps) {
    if (ready.lookups.length === 0) continue
    for (const { kind, value } of ready.lookups) looked.add(tracedKey(kind, value))
    const candidates = find(ready, context)
    if (candidates.length === 0 && !detail) continue
    compare(candidates, ready, incoming, context)
    const settled: Settled[] = []
    const { verdict, left } = decide(candidates, ready, incoming, context, settled)
    detail?.matching.push({
      name: ready.name,
      lookups: ready.lookups,
      candidates: candidates.map((candidate) => ({ ...tracedCandidate(candidate), bib: candidate.bib })),
      settled,
      matches: left.map(({ mmsId }) => mmsId),
      isCapped: isCapped(ready, context),
    })
    if (candidates.length === 0) continue
    traced.push(...tracedOf(candidates, tracedCap - traced.length))
    if (left.length === 0) {
      // D11: a mismatch is no match, and so does not keep a later step from finding one.
      aside ??= ready.name
      continue
    }
    const capped = isCapped(ready, context)
    return {
      verdict: verdict === 'one' && capped && !ready.step.weighs && !ready.step.newest ? 'many' : verdict,
      matches: left,
      trace: { step: ready.name, looked: [...looked], candidates: traced, ...(capped ? { capped } : {}) },
    }
  }
  if (looked.size === 0) return { verdict: 'none', matches: [], trace: {} }
  const trace = aside === null ? {} : { step: aside, candidates: traced }
  return { verdict: 'none', matches: [], trace: { ...trace, looked: [...looked] } }
}

/** The bibs that carry a key of the step, each once. */
function find({ lookups, step }: ReadyStep, { index, zone }: JudgeContext): Candidate[] {
  const found = new Map<string, Candidate>()
  const cap = step.agree || step.weighs ? comparedCap : candidateCap
  const note = (mmsId: string, key: string, cancelled: boolean) => {
    const bib = index.bibs.get(mmsId)
    if (!bib) return
    const known = found.get(mmsId)
    if (!known) {
      if (found.size < cap) found.set(mmsId, { bib, by: [key], onlyCancelled: cancelled })
      return
    }
    if (!known.by.includes(key)) known.by.push(key)
    known.onlyCancelled &&= cancelled
  }
  for (const lookup of lookups) {
    if (lookup.kind === 'mms') {
      note(lookup.value, tracedKey('mms', lookup.value), false)
      // A bib that was combined into another has left its number there.
      for (const hit of index.hits.get(indexKey('system', formerNumber(zone, lookup.value))) ?? [])
        note(hit.mmsId, tracedKey('mms', lookup.value, 'z'), true)
      continue
    }
    for (const hit of index.hits.get(indexKey(lookup.kind, lookup.value)) ?? []) {
      if (!counts(lookup, hit.origin)) continue
      const origin = lookup.kind === 'title' ? titleTag(hit.origin) : hit.origin
      note(
        hit.mmsId,
        tracedKey(lookup.kind, lookup.value, origin),
        isCancelled(lookup.origin) || isCancelled(hit.origin),
      )
    }
  }
  return [...found.values()]
}

const isCancelled = (origin: string) => origin === 'z' || origin === '019'

const isCapped = ({ lookups }: ReadyStep, { index }: JudgeContext): boolean =>
  lookups.some((lookup) => lookup.kind !== 'mms' && index.capped.has(lookupKey(lookup)))

/** Sets aside what has the key and is something else all the same. */
function compare(
  candidates: readonly Candidate[],
  { step, sameCarrier }: ReadyStep,
  incoming: ReadyRecord,
  { index, profile }: JudgeContext,
): void {
  const { features } = incoming
  for (const candidate of candidates) {
    const { bib } = candidate
    if (sameCarrier && isOtherCarrier(bib.carrier, incoming.carrier)) candidate.dropped = 'other-carrier'
    else if (step.agree && features) {
      const dropped = disagreement(step.agree, features, index.featuresOf(bib))
      if (dropped) candidate.dropped = dropped
    } else if (step.weighs && features) {
      const settings = weighing(profile.match)
      const { score, evidence, isVetoed, isDoubted } = weigh(features, index.featuresOf(bib), settings)
      candidate.score = score
      candidate.evidence = evidence
      candidate.isDoubted = isDoubted
      candidate.isAgain = isAgain(bib, incoming)
      if (candidate.isAgain) candidate.evidence = ['the same record again']
      else if (isVetoed) candidate.dropped = 'veto'
      else if (score < settings.review) candidate.dropped = 'low-score'
    }
  }
}

/** A file that comes again changes nothing, however little its records have to be weighed by. */
const isAgain = ({ sourceHash, passed }: BibState, incoming: ReadyRecord): boolean =>
  [sourceHash, ...(passed ?? [])].some((hash) => hash?.endsWith(incoming.sourceHash) === true)

/** D11: a record of both carriers, or of none that is known, is as good as either. */
const isOtherCarrier = (a: Carrier, b: Carrier): boolean => a !== b && a !== 'other' && b !== 'other'

type Decision = { readonly verdict: Judged['verdict']; readonly left: readonly BibState[] }

function decide(
  candidates: readonly Candidate[],
  { step }: ReadyStep,
  incoming: ReadyRecord,
  { profile }: JudgeContext,
  settled: Settled[],
): Decision {
  if (step.weighs) {
    const { match } = weighing(profile.match)
    const weighed = leftOf(candidates)
    const best = Math.max(...weighed.map(scoreOf))
    const again = weighed.some((candidate) => candidate.isAgain)
    for (const candidate of weighed)
      if (again ? !candidate.isAgain : scoreOf(candidate) < best - clearLead) candidate.dropped = 'low-score'
    const alike = leftOf(candidates).toSorted((a, b) => scoreOf(b) - scoreOf(a))
    const isSure = (candidate: Candidate) =>
      candidate.isAgain === true || (candidate.isDoubted !== true && scoreOf(candidate) >= match)
    if (!alike.some(isSure)) return { verdict: alike.length > 0 ? 'unsure' : 'none', left: bibsOf(alike) }
    for (const candidate of alike) if (!isSure(candidate)) candidate.dropped = 'low-score'
  }
  settle(candidates, incoming, profile.match.multi, settled)
  if (step.newest) keepNewest(candidates, settled)
  const left = bibsOf(leftOf(candidates))
  return { verdict: left.length === 0 ? 'none' : left.length === 1 ? 'one' : 'many', left }
}

const leftOf = (candidates: readonly Candidate[]) => candidates.filter(({ dropped }) => dropped === undefined)
const bibsOf = (candidates: readonly Candidate[]) => candidates.map(({ bib }) => bib)
const scoreOf = ({ score = 0 }: Candidate): number => score

/** The profile's handling of several matches, each setting only while several are left. */
function settle(
  candidates: readonly Candidate[],
  incoming: ReadyRecord,
  multi: MatchSettings['multi'],
  settled: Settled[],
): void {
  const settleBy = (
    setting: Exclude<MultiSetting, 'newest'>,
    why: NonNullable<Candidate['dropped']>,
    isDropped: (candidate: Candidate) => boolean,
  ) => {
    if (multi[setting]) drop(candidates, setting, why, isDropped, settled)
  }
  settleBy('disregardCommunity', 'community', ({ bib }) => bib.linkedToCommunity)
  settleBy('disregardCancelled', 'cancelled-number', ({ onlyCancelled }) => onlyCancelled)
  settleBy('preferSameCarrier', 'other-carrier', ({ bib }) => bib.carrier !== incoming.carrier)
}

type Settled = MatchDetail['settled'][number]

/** Sets candidates aside where several are left, unless that would leave none. */
function drop(
  candidates: readonly Candidate[],
  setting: MultiSetting,
  why: NonNullable<Candidate['dropped']>,
  isDropped: (candidate: Candidate) => boolean,
  settled: Settled[],
): void {
  const left = leftOf(candidates)
  if (left.length < 2) return
  const alike = left.filter(isDropped)
  const dropped = alike.length < left.length ? alike : []
  for (const candidate of dropped) candidate.dropped = why
  settled.push({ setting, dropped: dropped.map(({ bib }) => bib.mmsId) })
}

function keepNewest(candidates: readonly Candidate[], settled: Settled[]): void {
  const newest = leftOf(candidates)
    .toSorted((a, b) => byAge(a.bib.mmsId, b.bib.mmsId))
    .at(-1)
  drop(candidates, 'newest', 'added-earlier', (candidate) => candidate !== newest, settled)
}

/** In the order in which they were found: what is left, and of what was set aside as many as there is room for, the likest first. */
function tracedOf(candidates: readonly Candidate[], room: number): TracedCandidate[] {
  const aside = candidates.filter(({ dropped }) => dropped !== undefined)
  const shown = new Set(aside.toSorted((a, b) => scoreOf(b) - scoreOf(a)).slice(0, Math.max(0, room)))
  return candidates.flatMap((candidate) =>
    candidate.dropped !== undefined && !shown.has(candidate) ? [] : tracedCandidate(candidate),
  )
}

const tracedCandidate = ({ bib, by, score, evidence, dropped }: Candidate): TracedCandidate => ({
  mmsId: bib.mmsId,
  by,
  ...(score === undefined ? {} : { score }),
  ...(evidence === undefined ? {} : { evidence }),
  ...(dropped === undefined ? {} : { dropped }),
})
