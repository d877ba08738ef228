import type { Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { matchMethods } from '../rules/match/match-methods.ts'
import type { Expected } from '../rules/plan.ts'
import { getProfile } from './profile-versions.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'

/** What a person has decided about one bib that is shared, held to the preview that was looked at. */
export type ShareDecision = {
  readonly as: ShareAs
  /** The bib of the network; nothing where ours is contributed as new. */
  readonly into: string | null
  readonly expected: Expected
}

/**
 * What becomes of the network's bib: ours is contributed as new, or theirs stays as it is, or ours is merged
 * into it or put in its place. In each case ours is linked to it then.
 */
export type ShareAs = 'create' | 'theirs' | 'merge' | 'overlay'

/** What a job of kind `link` runs by beside its profile; it is kept with the job. */
export type LinkSettings = {
  /** Bibs that nothing in the network matches are contributed as new. */
  readonly contribute: boolean
  /** Of a job over one bib that a person shares. */
  readonly decided: ShareDecision | null
}

export type LinkMethods = { readonly method?: string; readonly serial?: string }

/** The profile of a network by which bibs are shared, where the zone does not name one. */
const usualProfile = 'repository'

/**
 * The network's profile by which an institution's bibs are matched, validated and merged there: the one that
 * the setting `shareProfile` of the network zone names, else `repository`; with other match methods where
 * they are named. What it says of files and of deletions plays no part, a person has chosen the bibs.
 *
 * @throws {ImportRefusal} where there is no such profile, rule or match method
 */
export async function shareProfile(
  db: Queryable,
  network: Zone,
  { method, serial }: LinkMethods,
  contribute: boolean,
): Promise<RunProfile> {
  for (const code of [method, serial])
    if (code !== undefined && !matchMethods.some((known) => known.code === code)) throw noMethod(code)
  const { profile } = await getProfile(db, network, shareProfileCode(network))
  const { redirect: _redirect, ...kept } = profile
  const { serial: ownSerial, ...match } = profile.match
  const forSerials = serial ?? (method === undefined ? ownSerial : undefined)
  return resolveProfile(db, network, {
    ...kept,
    filter: null,
    deletes: 'not-allowed',
    onNoMatch: contribute ? 'import' : 'do-not-import',
    onMatch: { ...profile.onMatch, action: 'merge', keepOriginatingSystem: true },
    match: {
      ...match,
      method: method ?? match.method,
      ...(forSerials === undefined ? {} : { serial: forSerials }),
      handling: 'automatic',
      multi: { ...match.multi, skipUnresolved: false, combine: null },
    },
  })
}

/** Code of the profile by which a network's institutions share bibs with it. */
export const shareProfileCode = ({ settings }: Zone): string => settings.shareProfile ?? usualProfile

/** Sets that profile. @throws {ImportRefusal} where the zone has no such profile, or is no network */
export async function setShareProfile(db: Database, zone: Zone, code: string): Promise<void> {
  if (zone.kind !== 'network')
    throw new ImportRefusal(
      'conflict',
      'NOT_A_NETWORK',
      `${zone.name} (${zone.code}) is no network, and bibs are shared with networks alone.`,
      'Name a network zone.',
    )
  await getProfile(db, zone, code)
  await db.execute(
    `update zone set settings = settings || jsonb_build_object('shareProfile', $2::text) where zone_id = $1`,
    [zone.zoneId, code],
  )
}

const noMethod = (code: string) =>
  new ImportRefusal(
    'invalid',
    'NO_SUCH_METHOD',
    `There is no match method ${code}.`,
    `The match methods are ${matchMethods.map((method) => method.code).join(', ')}.`,
  )
