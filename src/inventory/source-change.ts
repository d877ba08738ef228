import { upstreamOf } from '../catalog/upstream.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'

/** What an activated portfolio has of its source. */
type OfSource = {
  readonly url: string | null
  readonly coverage: string | null
  readonly availability: 'available' | 'unavailable'
}

/** An activated portfolio that a title list has changed. */
export type ChangedPortfolio = OfSource & {
  readonly portfolioId: string
  readonly version: number
  readonly mmsId: string
  readonly title: string
  readonly collectionId: string | null
  readonly collectionName: string | null
  readonly isWithdrawn: boolean
  readonly changedAt: string
  /** As it was before that change. */
  readonly was: OfSource | null
  /** When somebody said that they have seen it; nothing where nobody has since. */
  readonly seenAt: string | null
  readonly seenBy: string | null
}

/** Whether the last change that a title list made of an activated portfolio `alias` has still to be seen. */
export const isUnseen = (alias: string): string =>
  `(${alias}.source_changed_at is not null and (${alias}.source_seen_at is null or ${alias}.source_seen_at < ${alias}.source_changed_at))`

export type ChangesAsked = {
  /** Those alone that nobody has seen yet. */
  readonly isUnseenOnly: boolean
  /** Of one collection. */
  readonly collectionId: string | null
  readonly limit: number
}

/** What title lists have changed of the portfolios that a zone has activated, the last first. */
export async function listSourceChanges(
  db: Queryable,
  zone: Zone,
  { isUnseenOnly, collectionId, limit }: ChangesAsked,
): Promise<ChangedPortfolio[]> {
  return db.query<ChangedPortfolio>(
    `select p.portfolio_id as "portfolioId", p.version, p.mms_id as "mmsId", coalesce(nullif(s.title, ''), t.title, '') as title,
       p.collection_id as "collectionId", c.name as "collectionName", p.url, p.coverage, p.availability,
       p.withdrawn_at is not null as "isWithdrawn", p.source_changed_at as "changedAt",
       case when v.content is not null then json_build_object(
         'url', v.content->>'url', 'coverage', v.content->>'coverage', 'availability', v.content->>'availability') end as was,
       case when ${isUnseen('p')} then null else p.source_seen_at end as "seenAt",
       case when ${isUnseen('p')} then null else p.source_seen_by end as "seenBy"
     from portfolio p
     join bib b on b.zone_id = p.zone_id and b.mms_id = p.mms_id
     left join bib_search s on s.zone_id = p.zone_id and s.mms_id = p.mms_id
     left join bib_search t on t.zone_id = any($4::smallint[]) and t.mms_id = b.linked_mms_id
     left join electronic_collection c on c.collection_id = p.collection_id
     left join lateral (
       select content from inventory_version
       where zone_id = p.zone_id and inventory_id = p.portfolio_id and changed_at < p.source_changed_at
       order by version desc limit 1) v on true
     where p.zone_id = $1 and p.source_changed_at is not null and ($2::text is null or p.collection_id = $2)
       ${isUnseenOnly ? `and ${isUnseen('p')}` : ''}
     order by p.source_changed_at desc, p.portfolio_id limit $3`,
    [zone.zoneId, collectionId, limit, await upstreamOf(db, zone)],
  )
}

/** A change as somebody has seen it: what has changed once more since then stays to be seen. */
export type SeenChange = { readonly portfolioId: string; readonly version: number }

/** Notes that somebody has seen what title lists changed of portfolios. @returns how many had to be seen, and are now */
export async function acknowledgeChanges(
  tx: Tx,
  { zoneId }: Zone,
  seen: readonly SeenChange[],
  by: string | null,
): Promise<number> {
  const rows = await tx.query(
    `update portfolio p set source_seen_at = p.source_changed_at, source_seen_by = $2
     from unnest($3::text[], $4::int[]) as n (id, version)
     where p.zone_id = $1 and p.portfolio_id = n.id and p.version = n.version and ${isUnseen('p')}
     returning p.portfolio_id`,
    [zoneId, by, seen.map(({ portfolioId }) => portfolioId), seen.map(({ version }) => version)],
  )
  return rows.length
}
