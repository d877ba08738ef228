import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { ImportProfile } from '../rules/import-profile.ts'
import type { RuleKind } from '../rules/language/rule.ts'
import { rulesNamedBy } from '../rules/named-rules.ts'
import { findVisibleRules } from './rule-file.ts'

/** Who runs by a rule file: an import profile, the integration profile of a zone, or the zone itself for its brief levels. */
export type RuleUse = {
  readonly zone: string
  readonly by: 'profile' | 'integration-profile' | 'zone'
  /** Of a profile. */
  readonly code: string | null
  readonly active: boolean
}

type NamingRow = {
  readonly zoneId: number
  readonly zone: string
  readonly by: RuleUse['by']
  readonly profile: ImportProfile | null
  readonly briefRule: string | null
}

/**
 * Who uses the rule file of this code that a zone keeps, in any zone: those to whom another of the code goes
 * before it do not. Whoever keeps a rule that is shared has to know who runs by it, in zones of others too.
 */
export const findRuleUses = (db: Queryable, zone: Zone, kind: RuleKind, code: string): Promise<RuleUse[]> =>
  beyondScope(() => findUses(db, zone, kind, code))

async function findUses(db: Queryable, zone: Zone, kind: RuleKind, code: string): Promise<RuleUse[]> {
  const rows = await db.query<NamingRow>(
    `with near as (
       select zone_id, code, settings from zone
       where zone_id = $1 or coalesce(network_zone_id, zone_id) = $2)
     select zone_id as "zoneId", z.code as zone, 'profile' as by, profile, null as "briefRule"
     from import_profile p join near z using (zone_id) where is_current
     union all
     select zone_id, z.code, 'integration-profile', profile, null from integration_profile p join near z using (zone_id)
     union all
     select zone_id, code, 'zone', null, settings ->> 'briefRule' from near where settings ? 'briefRule'
     order by 2, 3`,
    [zone.zoneId, zone.networkZoneId ?? zone.zoneId],
  )
  const isNamed = ({ profile, briefRule }: NamingRow) =>
    profile === null
      ? kind === 'brief-level' && briefRule === code
      : rulesNamedBy(profile).some((named) => named.kind === kind && named.code === code)
  const naming = rows.filter(isNamed)
  const using = new Set<number>()
  for (const zoneId of new Set(naming.map((row) => row.zoneId))) {
    const [first] = await findVisibleRules(db, await getZoneById(db, zoneId), [{ kind, code }])
    if (first?.zone === zone.code) using.add(zoneId)
  }
  return naming
    .filter(({ zoneId }) => using.has(zoneId))
    .map(({ zone: of, by, profile }) => ({
      zone: of,
      by,
      code: profile?.code ?? null,
      active: profile?.active ?? true,
    }))
}
