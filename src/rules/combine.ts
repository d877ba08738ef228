import type { BibState } from './bib-state.ts'
import { byAge } from './by-age.ts'
import type { Other } from './combine-records.ts'
import { countHanging, hangingOn } from './hanging.ts'
import type { Combine, Redirect } from './import-profile.ts'
import type { Judged } from './match/judge.ts'
import type { PlanContext } from './plan.ts'
import type { ReadyRecord } from './prepare.ts'
import type { Superseded } from './redirect.ts'
import type { TracedGuard } from './trace.ts'

/** Bibs that are to become one by a record. */
export type Combining = {
  readonly handling: 'manual' | 'automatic'
  /** The bib that stays; nothing where the record is to be a new one. */
  readonly into: BibState | null
  /** In the order in which they are merged into it. */
  readonly others: readonly Other[]
}

/**
 * Which bibs a record makes one, if any: several matches that are left over, where the profile combines
 * them, and those whose numbers the record names as superseded, where the profile redirects them. What a
 * person has decided goes before both.
 */
export function combiningOf(
  incoming: ReadyRecord,
  judged: Judged,
  superseded: Superseded,
  context: PlanContext,
): Combining | null {
  if (context.decided) return decidedCombining(judged, context)
  const { match, onMatch, redirect } = context.profile
  if ((!redirect && !match.multi.combine) || judged.verdict === 'unsure') return null
  if (incoming.isDelete || match.handling === 'manual' || judged.trace.capped === true) return null
  if (onMatch.action === 'do-not-import' || onMatch.action === 'import')
    return judged.verdict === 'none' || (judged.verdict === 'one' && onMatch.action === 'import')
      ? redirected(null, superseded, redirect, context)
      : null
  const current = judged.matches.filter((bib) => !superseded.has(bib))
  // Where all that it matches are superseded, one of them is what it takes the place of.
  const [only] = current.length === 0 ? inPreference(judged.matches, 'most-inventory', context) : current
  if (current.length < 2) return redirected(only ?? null, superseded, redirect, context)
  const { combine } = match.multi
  if (!combine) return null
  const [into = null, ...rest] = inPreference(current, combine.preferred, context)
  const redirecting = redirected(into, superseded, redirect, context)
  return {
    handling: redirecting?.handling === 'manual' ? 'manual' : combine.handling,
    into,
    others: [...rest.map((bib) => otherOf(bib, combine)), ...(redirecting?.others ?? [])],
  }
}

const otherOf = (bib: BibState, { others, mergeRule }: Pick<Combine, 'others' | 'mergeRule'>): Other => ({
  bib,
  becomes: others,
  mergeRule,
})

function redirected(
  into: BibState | null,
  superseded: Superseded,
  redirect: Redirect | null | undefined,
  context: PlanContext,
): Combining | null {
  const others = [...superseded.keys()].filter((bib) => bib !== into)
  if (!redirect || others.length === 0) return null
  return {
    handling: redirect.handling,
    into,
    others: inPreference(others, 'most-inventory', context).map((bib) => otherOf(bib, redirect)),
  }
}

/** What the profile does not say of bibs that a person combines: nothing is taken from the others, and they go. */
const unsaid: Pick<Combine, 'others' | 'mergeRule'> = { others: 'delete', mergeRule: 'keep-existing' }

function decidedCombining(judged: Judged, { decided, index, profile }: PlanContext): Combining | null {
  const [into] = judged.matches
  if (decided?.as !== 'combine' || !into) return null
  const settings = profile.match.multi.combine ?? profile.redirect ?? unsaid
  const named = decided.others ?? []
  const bibs = named.flatMap((mmsId) => index.bibs.get(mmsId) ?? [])
  if (bibs.length < named.length) return null
  return { handling: 'automatic', into, others: bibs.map((bib) => otherOf(bib, settings)) }
}

/** Bibs with the preferred one first; where the setting leaves two equal, the fuller, and then the older one. */
function inPreference(
  bibs: readonly BibState[],
  preferred: Combine['preferred'],
  { hanging }: Pick<PlanContext, 'hanging'>,
): BibState[] {
  const fullest = (one: BibState, other: BibState) =>
    other.briefLevel - one.briefLevel || fieldCount(other) - fieldCount(one)
  const age = (one: BibState, other: BibState) => byAge(one.mmsId, other.mmsId)
  const orders: Record<Combine['preferred'], (one: BibState, other: BibState) => number> = {
    'most-inventory': (one, other) =>
      countHanging(hangingOn(hanging, other)) - countHanging(hangingOn(hanging, one)) || fullest(one, other),
    fullest,
    oldest: age,
    newest: (one, other) => age(other, one),
  }
  const order = orders[preferred]
  return bibs.toSorted((one, other) => order(one, other) || age(one, other))
}

function fieldCount({ record }: BibState): number {
  let count = 0
  for (let at = record.indexOf('\x1e'); at !== -1; at = record.indexOf('\x1e', at + 1)) count++
  return count
}

/** Why bibs may not become one: the first of them that is not free to change, or what hangs on it is not. */
export function blockOf({ into, others }: Combining, context: PlanContext): TracedGuard | null {
  const moved = others.flatMap(({ bib }) => hangingOn(context.hanging, bib).linked)
  const zones = new Set(moved.map(({ zoneId }) => zoneId))
  // The bib that stays is touched in those zones only that have a linked bib for it and for another.
  const met = into ? hangingOn(context.hanging, into).linked.filter(({ zoneId }) => zones.has(zoneId)) : []
  for (const bib of [...(into ? [into] : []), ...others.map((other) => other.bib)]) {
    if (bib.linkedMmsId !== null)
      return blocked(
        bib,
        `it is linked to ${bib.linkedToCommunity ? 'community' : 'network'} bib ${bib.linkedMmsId}`,
      )
    if (bib.lock) return blocked(bib, openWords(bib.lock))
  }
  for (const { bib, zone } of [...moved, ...met])
    if (bib.lock)
      return blocked(bib, `it is linked to one of them in zone ${zone}, and ${openWords(bib.lock)}`)
  return null
}

const blocked = ({ mmsId }: BibState, why: string): TracedGuard => ({ guard: 'combine', mmsId, why })

const openWords = ({ holder, zone, since }: NonNullable<BibState['lock']>) =>
  `${holder}${zone === null ? '' : ` of ${zone}`} has had it open since ${since}`
