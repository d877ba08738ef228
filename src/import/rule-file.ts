import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import type { RuleKind } from '../rules/language/rule.ts'

/** A rule file of a zone, without its text; every save is a version, and none ever goes. */
export type ListedRule = {
  readonly zone: string
  readonly kind: RuleKind
  readonly code: string
  readonly version: number
  readonly name: string
  /** Whether profiles may use it; one with an error never is. */
  readonly active: boolean
  /** Whether other zones of the same network may use it. */
  readonly shared: boolean
  readonly changedAt: string
  readonly changedBy: string | null
}

export type StoredRule = ListedRule & { readonly text: string }

const listed = `z.code as zone, f.kind, f.code, f.version, f.name, f.active, f.shared,
  f.changed_at as "changedAt", f.changed_by as "changedBy"`

/** The zones that a zone's profiles find rules in: $1 is the zone, $2 its network, or itself where it has none. */
const isVisible = `(f.zone_id = $1 or (f.shared and coalesce(z.network_zone_id, z.zone_id) = $2))`

/** Its own rules go before those of the network, and these before those of other members, by their codes. */
const precedence = `case f.zone_id when $1 then 0 when $2 then 1 else 2 end, z.code`

const visibleFrom = ({ zoneId, networkZoneId }: Zone): readonly [number, number] => [
  zoneId,
  networkZoneId ?? zoneId,
]

/** Held by whoever saves a rule file, or a profile that may name one: what one of them has looked at stands until it commits. */
export const lockRules = async (tx: Tx): Promise<void> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('accession rules'))`)
}

/** The current rule files of all zones. */
export const listRules = (db: Queryable, kind?: RuleKind): Promise<ListedRule[]> =>
  db.query<ListedRule>(
    `select ${listed} from rule_file f join zone z using (zone_id)
     where f.is_current and ($1::text is null or f.kind = $1)
     order by f.kind, f.code, f.zone_id`,
    [kind ?? null],
  )

/** The current rule files that a zone has, and those of others that its profiles may use. */
export const listVisibleRules = (db: Queryable, zone: Zone, kind?: RuleKind): Promise<ListedRule[]> =>
  db.query<ListedRule>(
    `select ${listed} from rule_file f join zone z using (zone_id)
     where f.is_current and ${isVisible} and (f.zone_id = $1 or f.active) and ($3::text is null or f.kind = $3)
     order by f.kind, f.code, ${precedence}`,
    [...visibleFrom(zone), kind ?? null],
  )

/** A rule file of the zone's own, as it is or as it was in a version; nothing where there is none. */
export async function findRule(
  db: Queryable,
  zone: Zone,
  kind: RuleKind,
  code: string,
  version?: number,
): Promise<StoredRule | undefined> {
  const [rule] = await db.query<StoredRule>(
    `select ${listed}, f.text from rule_file f join zone z using (zone_id)
     where f.zone_id = $1 and f.kind = $2 and f.code = $3 and case when $4::int is null then f.is_current else f.version = $4 end`,
    [zone.zoneId, kind, code, version ?? null],
  )
  return rule
}

/** All versions of a rule file, the newest first. */
export const listRuleVersions = (
  db: Queryable,
  zone: Zone,
  kind: RuleKind,
  code: string,
): Promise<ListedRule[]> =>
  db.query<ListedRule>(
    `select ${listed} from rule_file f join zone z using (zone_id)
     where f.zone_id = $1 and f.kind = $2 and f.code = $3 order by f.version desc`,
    [zone.zoneId, kind, code],
  )

/**
 * The rule files of these kinds and codes that a zone's profiles may find, the one to be used first: active
 * ones before those that are not, then the zone's own, the network's, and those of other members by the
 * codes of their zones.
 */
export const findVisibleRules = (
  db: Queryable,
  zone: Zone,
  named: readonly { readonly kind: RuleKind; readonly code: string }[],
): Promise<StoredRule[]> =>
  db.query<StoredRule>(
    `select ${listed}, f.text from rule_file f join zone z using (zone_id)
     where f.is_current and ${isVisible}
       and (f.kind, f.code) in (select * from unnest($3::text[], $4::text[]))
     order by f.kind, f.code, not f.active, ${precedence}`,
    [...visibleFrom(zone), named.map(({ kind }) => kind), named.map(({ code }) => code)],
  )

/** Codes of the rules of a kind that a zone's profiles may use, for telling what may have been meant. */
export async function listVisibleCodes(db: Queryable, zone: Zone, kind: RuleKind): Promise<string[]> {
  const rows = await db.query<{ code: string }>(
    `select distinct f.code from rule_file f join zone z using (zone_id)
     where f.is_current and f.active and f.kind = $3 and ${isVisible} order by f.code`,
    [...visibleFrom(zone), kind],
  )
  return rows.map(({ code }) => code)
}
