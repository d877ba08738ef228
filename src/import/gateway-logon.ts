import { BlockList, isIP, isIPv6 } from 'node:net'
import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { parseLogon } from '../protocols/gateway/logon.ts'
import type { Secret } from '../protocols/gateway/secret.ts'
import type { ImportProfile, RunProfile } from '../rules/import-profile.ts'
import { isSecret } from './gateway-secret.ts'
import { resolveProfile } from './resolve-profile.ts'

/** Who sent a record, and by what rules it is to be imported. */
export type LoggedOn = {
  readonly ok: true
  readonly zone: Zone
  readonly profile: RunProfile
  /** Named behind the logon. */
  readonly person: string | null
}

export type NotLoggedOn =
  | { readonly ok: false; readonly code: 'LOGON_FAILED' | 'ADDRESS_NOT_ALLOWED' }
  | {
      readonly ok: false
      readonly code: 'NO_INTEGRATION_PROFILE'
      readonly zone: Zone
      /** The secret was right: the zone has a profile, which is not active. */
      readonly isKnown: boolean
      readonly person: string | null
    }

type Credentials = { readonly logon: string; readonly password: Secret; readonly address: string }

type Row = { readonly zoneId: number; readonly secretHash: string | null }
type Rules = { readonly addresses: readonly string[]; readonly profile: ImportProfile }

/**
 * Whose logon it is, and whether the secret is the right one. A logon that there is none of takes the same
 * way as a wrong secret: one look at the database for a hash, and one hash. Of a zone without an integration
 * profile that is said whatever the secret (D24): there is none that could be wrong.
 */
export async function logOn(
  db: Queryable,
  { logon, password, address }: Credentials,
): Promise<LoggedOn | NotLoggedOn> {
  const { zone: code, person } = parseLogon(logon)
  const [row] = await db.query<Row>(
    `select z.zone_id as "zoneId", p.secret_hash as "secretHash"
     from zone z left join integration_profile p using (zone_id)
     where p.logon = $1 or (z.code = $1 and p.zone_id is null)
     order by p.zone_id`,
    [code],
  )
  const isRight = await isSecret(password.reveal(), row?.secretHash ?? null)
  if (!row || (row.secretHash !== null && !isRight)) return { ok: false, code: 'LOGON_FAILED' }
  const zone = await getZoneById(db, row.zoneId)
  const none = { ok: false, code: 'NO_INTEGRATION_PROFILE', zone, person } as const
  // Nothing has been proven then, and nothing that was saved meanwhile may be read.
  if (row.secretHash === null) return { ...none, isKnown: false }
  const [rules] = await db.query<Rules>(
    `select addresses, profile from integration_profile where zone_id = $1`,
    [row.zoneId],
  )
  if (!rules || !isAllowed(address, rules.addresses)) return { ok: false, code: 'ADDRESS_NOT_ALLOWED' }
  return rules.profile.active
    ? { ok: true, zone, profile: await resolveProfile(db, zone, rules.profile), person }
    : { ...none, isKnown: true }
}

/** Whether an address is one of those named, or in one of the networks named; where none is, all are. */
export function isAllowed(address: string, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true
  const list = new BlockList()
  for (const each of allowed) {
    const [network = '', prefix] = each.split('/')
    const family = isIPv6(network) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(network, family)
    else list.addSubnet(network, Number(prefix), family)
  }
  // Of an address of the link, what follows the sign names our own interface.
  const [bare = ''] = address.split('%', 1)
  return isIP(bare) !== 0 && list.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4')
}
