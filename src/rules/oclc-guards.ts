import type { Derived } from './bib-state.ts'
import type { OclcGuard, OnMatch } from './import-profile.ts'
import type { KeyLookup } from './match/lookup.ts'
import { indexKey } from './match/match-index.ts'
import type { Plan, PlanContext } from './plan.ts'
import type { ReadyRecord } from './prepare.ts'
import type { TracedGuard } from './trace.ts'

type OclcSettings = NonNullable<OnMatch['oclc']>
type Traced = Extract<TracedGuard, { guard: 'oclc' }>
type Finding = { readonly traced: Traced; readonly guard: OclcGuard }

const allWarn: OclcSettings = { twoCurrent: 'warn', numberChange: 'warn', cancelledElsewhere: 'warn' }

const settingsOf = ({ oclc = allWarn }: OnMatch): OclcSettings => oclc

/** Bibs that have a number as cancelled are named up to this many: the first few tell what is wrong. */
const mostNamed = 5

/** Where a bib has a number that it once had, or that OCLC has merged into its own. */
const cancelledOrigins = ['z', '019']

/** The current OCLC numbers of a record, to be looked up among those that other bibs have as cancelled. */
export const guardLookups = ({ derived }: ReadyRecord, onMatch: OnMatch): KeyLookup[] =>
  settingsOf(onMatch).cancelledElsewhere === 'off'
    ? []
    : derived.keys.flatMap(({ kind, value, origin }) =>
        kind === 'oclc' && origin === 'a'
          ? [{ kind, value, origin, existing: cancelledOrigins, sameOrigin: false }]
          : [],
      )

/**
 * The guards of OCLC numbers, held against what a record would make of its bib. A word of warning goes into the
 * trace; a guard that the profile is stricter with leaves the record to a person, or changes nothing. What a
 * person has decided is warned of, and done.
 */
export function guardOclc(planned: Plan, incoming: ReadyRecord, context: PlanContext): Plan {
  const settings = settingsOf(context.profile.onMatch)
  const [main] = planned.changes
  if (!main?.derivedAfter) return planned
  const before = main.derivedBefore ? currentNumbers(main.derivedBefore) : none
  const after = currentNumbers(main.derivedAfter)
  const findings: Finding[] = []
  const find = (guard: OclcGuard, traced: Traced) => {
    if (guard !== 'off') findings.push({ guard: context.decided ? 'warn' : guard, traced })
  }
  if (after.length > 1 && before.length < 2)
    find(settings.twoCurrent, { guard: 'oclc', code: 'OCLC_TWO_CURRENT', numbers: after })
  const lost = before.filter((number) => !after.includes(number))
  if (lost.length > 0) {
    // OCLC has merged its records, and says so in the one that is left: that is no other title.
    const superseded = lost.every((number) => isCancelledBy(number, incoming.derived))
    const guard = superseded && settings.numberChange !== 'off' ? 'warn' : settings.numberChange
    const numbers = [...lost, ...after.filter((number) => !before.includes(number))]
    find(guard, {
      guard: 'oclc',
      code: 'OCLC_NUMBER_CHANGE',
      numbers,
      ...(superseded ? { superseded } : {}),
    })
  }
  if (settings.cancelledElsewhere !== 'off')
    for (const traced of cancelledElsewhere(planned, incoming, context))
      find(settings.cancelledElsewhere, traced)
  return findings.length === 0 ? planned : held(planned, findings)
}

const none: readonly string[] = []

function currentNumbers({ keys }: Derived): readonly string[] {
  let numbers: string[] | undefined
  for (const { kind, value, origin } of keys)
    if (kind === 'oclc' && origin === 'a' && !numbers?.includes(value)) (numbers ??= []).push(value)
  return numbers ?? none
}

const isCancelledBy = (number: string, { keys }: Derived): boolean =>
  keys.some(
    ({ kind, value, origin }) => kind === 'oclc' && value === number && cancelledOrigins.includes(origin),
  )

function cancelledElsewhere(
  { mmsId, combined }: Plan,
  incoming: ReadyRecord,
  { index }: PlanContext,
): Traced[] {
  const found = new Map<string, Traced>()
  for (const number of currentNumbers(incoming.derived)) {
    for (const hit of index.hits.get(indexKey('oclc', number)) ?? []) {
      if (!cancelledOrigins.includes(hit.origin) || hit.mmsId === mmsId || found.has(hit.mmsId)) continue
      if (found.size === mostNamed || combined.some(({ before }) => before.mmsId === hit.mmsId)) continue
      found.set(hit.mmsId, {
        guard: 'oclc',
        code: 'OCLC_CANCELLED_ELSEWHERE',
        numbers: [number],
        mmsId: hit.mmsId,
      })
    }
  }
  return [...found.values()]
}

const strictest: readonly OclcGuard[] = ['refuse', 'review']

/** The plan with what the guards found: the first of the strictest decides, the others are words of warning. */
function held(planned: Plan, findings: readonly Finding[]): Plan {
  const decisive = strictest
    .flatMap((guard) => findings.find((finding) => finding.guard === guard) ?? [])
    .at(0)
  const warned = findings.flatMap((finding) => (finding === decisive ? [] : [finding.traced]))
  const warning = warned.length > 0 ? { warned } : {}
  if (!decisive) return { ...planned, trace: { ...planned.trace, ...warning } }
  const { combined: _, ...trace } = planned.trace ?? {}
  const { guard, traced } = decisive
  const existing = planned.versionBefore === null ? null : planned.mmsId
  const others = findings.flatMap((finding) => finding.traced.mmsId ?? [])
  return {
    ...planned,
    outcome: guard === 'refuse' ? 'not_imported' : 'unresolved',
    code: traced.code,
    mmsId: guard === 'refuse' ? existing : null,
    versionBefore: guard === 'refuse' ? planned.versionBefore : null,
    versionAfter: guard === 'refuse' ? planned.versionBefore : null,
    headings: 0,
    candidates: [...(existing === null ? [] : [existing]), ...others],
    trace: { ...trace, ...warning, guard: traced },
    changes: [],
    combined: [],
    hanging: new Map(),
  }
}
