import { isIP } from 'node:net'
import type { Zone } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import { parseProfile } from '../rules/parse-profile.ts'
import { shippedConnexionProfile } from '../rules/profiles.ts'
import { isObject, listOf, objectOf, type ShapeProblem, text } from '../rules/shape.ts'
import { hashSecret, makeSecret } from './gateway-secret.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'
import { lockRules } from './rule-file.ts'

/** What a person says of the gateway into a zone. */
export type IntegrationSettings = {
  /** The Logon ID of the zone, one of all zones. */
  readonly logon: string
  /** IP addresses and networks (`192.0.2.0/24`) that may export; none named are all. */
  readonly addresses: readonly string[]
  /** The rules, as files have them; `active` in it opens and closes the gateway into the zone. */
  readonly profile: ImportProfile
}

/** The integration profile of a zone as it is now. A zone has one at most (D24). */
export type IntegrationProfile = IntegrationSettings & {
  readonly zone: string
  readonly version: number
  readonly secretMadeAt: string
  readonly changedAt: string
  readonly changedBy: string | null
}

/** What a zone without an integration profile would begin with. */
export const shippedIntegration = (zone: Zone): IntegrationSettings => ({
  logon: zone.code,
  addresses: [],
  profile: structuredClone(shippedConnexionProfile),
})

const columns = `z.code as zone, p.logon, p.addresses, p.profile, p.version, p.secret_made_at as "secretMadeAt",
  p.changed_at as "changedAt", p.changed_by as "changedBy"`

export const listIntegrationProfiles = (db: Queryable): Promise<IntegrationProfile[]> =>
  db.query<IntegrationProfile>(
    `select ${columns} from integration_profile p join zone z using (zone_id) order by z.code`,
  )

export async function findIntegrationProfile(
  db: Queryable,
  zone: Zone,
): Promise<IntegrationProfile | undefined> {
  const [profile] = await db.query<IntegrationProfile>(
    `select ${columns} from integration_profile p join zone z using (zone_id) where p.zone_id = $1`,
    [zone.zoneId],
  )
  return profile
}

/** @throws {ImportRefusal} where the zone has none */
export async function getIntegrationProfile(db: Queryable, zone: Zone): Promise<IntegrationProfile> {
  return (await findIntegrationProfile(db, zone)) ?? missing(zone)
}

const missing = (zone: Zone): never => {
  throw new ImportRefusal(
    'missing',
    'NO_INTEGRATION_PROFILE',
    `${zone.name} (${zone.code}) has no integration profile, so that nothing can be exported to it.`,
    'Save one: accession integration-profile apply, or the page of the gateway.',
  )
}

const settingsShape = objectOf({
  logon: text((value) =>
    /^[^/\p{Cc}]{1,60}$/u.test(value)
      ? null
      : 'must be 1 to 60 characters without a slash, after which a person may be named',
  ),
  addresses: listOf(text((value) => (isNetwork(value) ? null : `${value} is no IP address or network`))),
  profile: () => undefined,
})

/** An address, or a network as `192.0.2.0/24`. */
function isNetwork(value: string): boolean {
  const [address = '', prefix, ...more] = value.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

/** Reads the settings from JSON; every fault is named with its path. */
export function parseIntegration(
  json: unknown,
):
  | { readonly ok: true; readonly settings: IntegrationSettings }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = []
  settingsShape(json, '', problems)
  if (!isObject(json)) return { ok: false, problems }
  const parsed = parseProfile(json['profile'])
  if (!parsed.ok) {
    problems.push(
      ...parsed.problems.map(({ path, message }) => ({
        path: path === '' ? 'profile' : `profile.${path}`,
        message,
      })),
    )
  } else if (parsed.profile.type !== 'repository') {
    problems.push({ path: 'profile.type', message: 'must be repository: the gateway makes no orders' })
  } else if (parsed.profile.deletes !== 'not-allowed') {
    problems.push({ path: 'profile.deletes', message: 'must be not-allowed: an export adds or changes' })
  }
  return problems.length === 0 && isSettings(json) ? { ok: true, settings: json } : { ok: false, problems }
}

/** Holds for what the shapes above found nothing wrong with. */
const isSettings = (json: unknown): json is IntegrationSettings => isObject(json)

/**
 * Saves the integration profile of a zone. The first save makes its secret and answers it, this once; a
 * save that changes nothing makes no version.
 *
 * @throws {ImportRefusal} where the zone has another one, the logon is another zone's, or the rules do not fit the zone or cannot be used
 */
export async function saveIntegrationProfile(
  db: Database,
  zone: Zone,
  { logon, addresses, profile }: IntegrationSettings,
  by: string | null,
): Promise<{ readonly secret: string | null }> {
  if (zone.kind === 'community')
    throw new ImportRefusal(
      'conflict',
      'COMMUNITY_ZONE',
      `Nobody exports into the community zone ${zone.code}.`,
      'Choose the network zone or an institution zone.',
    )
  if (profile.useNetworkZone && zone.networkZoneId === null)
    throw new ImportRefusal(
      'conflict',
      'NO_NETWORK_ZONE',
      `The profile ${profile.code} uses the network zone, and ${zone.code} belongs to none.`,
      'Set useNetworkZone to false.',
    )
  const secret = makeSecret()
  const secretHash = await hashSecret(secret)
  return db.transaction(async (tx) => {
    await lockRules(tx)
    if (profile.active) await resolveProfile(tx, zone, profile)
    await tx.query('select from zone where zone_id = $1 for no key update', [zone.zoneId])
    const current = await findIntegrationProfile(tx, zone)
    if (current && current.profile.code !== profile.code) throw second(zone, current)
    await refuseOthersLogon(tx, zone, logon)
    await tx.execute(
      `insert into integration_profile as p (zone_id, logon, secret_hash, addresses, profile, version, changed_by)
       values ($1, $2, $3, $4, $5::jsonb, 1, $6)
       on conflict (zone_id) do update
       set logon = excluded.logon, addresses = excluded.addresses, profile = excluded.profile, version = p.version + 1,
           changed_at = now(), changed_by = excluded.changed_by
       where (p.logon, p.addresses, p.profile) is distinct from (excluded.logon, excluded.addresses, excluded.profile)`,
      [zone.zoneId, logon, secretHash, addresses, JSON.stringify(profile), by],
    )
    return { secret: current ? null : secret }
  })
}

const second = (zone: Zone, { profile }: IntegrationProfile) =>
  new ImportRefusal(
    'conflict',
    'SECOND_INTEGRATION_PROFILE',
    `${zone.code} has the integration profile ${profile.code} already, and can have one only.`,
    `Change that one: save under its code, ${profile.code}.`,
  )

/**
 * A zone's code is its own logon, whether it has a profile or not: exports would go elsewhere otherwise. The
 * logons are those of all zones.
 */
async function refuseOthersLogon(tx: Queryable, zone: Zone, logon: string): Promise<void> {
  const [other] = await beyondScope(() =>
    tx.query<{ code: string }>(
      `select z.code from zone z left join integration_profile p using (zone_id)
       where z.zone_id <> $1 and (p.logon = $2 or z.code = $2)`,
      [zone.zoneId, logon],
    ),
  )
  if (other)
    throw new ImportRefusal(
      'conflict',
      'LOGON_TAKEN',
      `The logon ${logon} is that of zone ${other.code}.`,
      `Use the zone's own code, ${zone.code}.`,
    )
}

/** Makes the zone a new secret, which is answered this once; the old one is refused from now on. */
export async function renewSecret(
  db: Database,
  zone: Zone,
  by: string | null,
): Promise<{ readonly secret: string }> {
  const secret = makeSecret()
  const renewed = await db.execute(
    `update integration_profile set secret_hash = $2, secret_made_at = now(), changed_at = now(), changed_by = $3
     where zone_id = $1`,
    [zone.zoneId, await hashSecret(secret), by],
  )
  return renewed === 0 ? missing(zone) : { secret }
}
