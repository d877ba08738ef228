import { pack } from '../marc/packed.ts'
import { type MarcRecord, controlValue } from '../marc/record.ts'
import type { Derived } from './bib-state.ts'
import { type Carrier, carrierOf } from './match/carrier.ts'
import { compiledProfile } from './compiled-profile.ts'
import { derive } from './derive.ts'
import type { PrepareDetail } from './detail.ts'
import type { ImportProfile, RunProfile } from './import-profile.ts'
import { readWanted, type WantedInventory, withoutInventory } from './inventory/wanted.ts'
import { hash64 } from './hash.ts'
import { isSerial } from './match/is-serial.ts'
import { type MatchFeatures, matchFeatures } from './match/match-features.ts'
import { type ReadyStep, asksFeatures, methodFor, readySteps } from './match/ready-steps.ts'
import { attempt, type Budget, recordBudget, RuleFailure } from './normalize/budget.ts'
import { normalize } from './normalize/normalize.ts'
import { tracedChanges } from './normalize/traced-changes.ts'
import type { Code } from './outcome.ts'
import { isDelete, recordKind } from './record-kind.ts'
import { applyExceptions } from './validation/exceptions.ts'
import { exceptionLinesOf } from './validation/profile-exceptions.ts'
import { tracedProblems } from './validation/traced-problems.ts'
import { validate } from './validation/validate.ts'
import { displayTitle } from './display-title.ts'
import type { Trace } from './trace.ts'

/** What became of a decoded record before the catalogue was asked (D1): ready to be planned, or out already. */
export type Prepared =
  | { readonly status: 'ready'; readonly ready: ReadyRecord }
  | {
      readonly status: 'out'
      readonly outcome: 'filtered' | 'unresolved' | 'rejected' | 'not_imported'
      readonly code: Code
      readonly title: string
      readonly problems?: readonly string[]
      /** The line of a rule file that left the record out. */
      readonly filtered?: NonNullable<Trace['filtered']>
      /** The rule file that could not be carried out on it. */
      readonly failed?: NonNullable<Trace['failed']>
    }

/** A prepared record in the shape that crosses from the decoding thread to the writer: text and flat lists. */
export type ReadyRecord = {
  readonly leader: string
  /** Packed fields without 001, 003 and 005, each after its U+001E. */
  readonly body: string
  /** The incoming 001, and `(003)001` as the source's number for the bib, the originating system where there is no 003; nothing without 001. */
  readonly controlNumber: string | null
  readonly originatingNumber: string | null
  readonly version005: string | null
  readonly derived: Derived
  /** For each step of the match method: what to look up. */
  readonly steps: readonly ReadyStep[]
  readonly method: string
  /** What the method compares besides keys; nothing where it compares nothing else. */
  readonly features: MatchFeatures | null
  readonly briefLevel: number
  readonly carrier: Carrier
  readonly isDelete: boolean
  /** `hash64` of the content and of what the profile does with a match: the same again changes nothing. */
  readonly sourceHash: string
  readonly normalized: readonly string[]
  readonly problems: readonly string[]
  /** Besides the bib, where the profile makes any. */
  readonly inventory: WantedInventory | null
}

/** Milliseconds that the rules of one record may take; steps end them before that on all but the slowest machines. */
const patience = 2000

export type PrepareOptions = {
  /** Milliseconds; the clock is looked at when rules have taken many steps, which most never come to. */
  readonly wait?: number
  /** Takes what each step did. */
  readonly detail?: PrepareDetail
}

/**
 * Step 2 of the path of a record: filter, normalise, validate, derive. Pure, but for the clock that ends rules
 * which take too long.
 */
export function prepare(
  incoming: MarcRecord,
  profile: RunProfile,
  { wait = patience, detail }: PrepareOptions = {},
): Prepared {
  const now = () => performance.now()
  const budget = recordBudget({ clock: { now, until: now() + wait } })
  const prepared = attempt(() => prepareWithin(incoming, profile, budget, detail))
  if (!(prepared instanceof RuleFailure)) return prepared
  const { rule, line, why } = prepared
  return { ...out('unresolved', 'RULE_FAILED', incoming), failed: { rule: rule ?? '', line, why } }
}

/** @throws {RuleFailure} */
function prepareWithin(
  incoming: MarcRecord,
  profile: RunProfile,
  budget: Budget,
  detail?: PrepareDetail,
): Prepared {
  if (recordKind(incoming) !== 'bib') return out('rejected', 'NOT_A_BIB', incoming)
  const compiled = compiledProfile(profile)
  const filtered = compiled.filter?.(incoming, budget)
  if (detail) detail.filter = filtered ?? null
  if (filtered?.isMet === true)
    return {
      ...out('filtered', 'FILTERED', incoming),
      ...(filtered.by ? { filtered: filtered.by } : {}),
    }
  // The source's own number is kept even where normalisation moves the 001 (D10).
  const controlNumber = controlValue(incoming, '001')?.trim() || null
  const controlSource = controlValue(incoming, '003')?.trim()
  const { record: normalized, changes } = normalize(
    incoming,
    profile.normalize,
    compiled.normalizeRules,
    budget,
    detail?.steps,
  )
  const { inventory: settings } = profile
  const record = settings ? withoutInventory(normalized, settings) : normalized
  const found = validate(record)
  const problems = applyExceptions(found, exceptionLinesOf(profile), profile.validate)
  if (detail) {
    detail.record = record
    detail.problems = problems
    detail.putOff = found.length - problems.length
  }
  if (problems.some((problem) => problem.severity === 'error')) {
    return {
      ...out('unresolved', 'INVALID', record),
      problems: tracedProblems(problems),
    }
  }
  const originatingNumber = controlNumber && `(${controlSource || profile.originatingSystem})${controlNumber}`
  const derived = derive(record, originatingNumber)
  const method = methodFor(profile.match, isSerial(record))
  const features = asksFeatures(method, profile.match) ? matchFeatures(record, originatingNumber) : null
  const body = bodyOf(record)
  const carrier = carrierOf(record)
  const level = compiled.briefLevels(record, budget)
  if (detail) detail.briefLevel = level
  return {
    status: 'ready',
    ready: {
      leader: record.leader,
      body,
      controlNumber,
      originatingNumber,
      version005: controlValue(record, '005')?.trim() || null,
      derived,
      steps: stepsOf(profile, { leader: record.leader, controlNumber, derived, features }),
      method: method.code,
      features,
      briefLevel: level.level,
      carrier,
      isDelete: isDelete(record),
      sourceHash: hash64(
        `${compiled.onMatch} ${record.leader.slice(5, 12)}${record.leader.slice(17)}${body}`,
      ),
      normalized: tracedChanges(changes),
      problems: tracedProblems(problems),
      inventory: settings ? readWanted(normalized, carrier, settings) : null,
    },
  }
}

/** For each step of the profile's match method: what to look up for a record. */
export function stepsOf(
  { match, originatingSystem }: ImportProfile,
  {
    leader,
    controlNumber,
    derived: { keys },
    features,
  }: Pick<ReadyRecord, 'leader' | 'controlNumber' | 'features'> & { readonly derived: Pick<Derived, 'keys'> },
): readonly ReadyStep[] {
  const serial = isSerial({ leader })
  const record = { keys, controlNumber, originatingSystem, features, isSerial: serial }
  return readySteps(methodFor(match, serial), match, record)
}

const out = (outcome: 'filtered' | 'unresolved' | 'rejected', code: Code, record: MarcRecord) =>
  ({ status: 'out', outcome, code, title: displayTitle(record) }) as const

const identity = new Set(['001', '003', '005'])

/** Packed fields but 001, 003 and 005: the part of a record that is content. */
export function bodyOf(record: MarcRecord): string {
  return pack({ leader: '', fields: record.fields.filter((field) => !identity.has(field.tag)) })
}

/** A stored record: our MMS ID in 001 and the time of our own save in 005, then the body. */
export const storedRecord = (leader: string, mmsId: string, stamp: string, body: string): string =>
  `${leader}\x1e001${mmsId}\x1e005${stamp}${body}`

/** The body of a stored record, cut out of its text: what `bodyOf` gives for it. */
export function storedBody(record: string): string {
  let at = record.indexOf('\x1e')
  while (at !== -1 && identity.has(record.slice(at + 1, at + 4))) at = record.indexOf('\x1e', at + 1)
  return at === -1 ? '' : record.slice(at)
}
