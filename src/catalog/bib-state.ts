import type { Queryable } from '../db/database.ts'
import type { BibState } from '../rules/bib-state.ts'

/** How long a lock outlives the last sign of life of its holder (D22). */
export const lockLife = `interval '60 minutes'`

/** Columns of `BibState` of a bib `b`; for queries that join nothing more than they must. */
export const bibStateColumns = `
  b.mms_id as "mmsId", b.version, b.record, b.brief_level as "briefLevel", b.carrier, b.suppressed,
  b.publish_to_oclc as "publishToOclc", b.originating_system as "originatingSystem",
  b.originating_number as "originatingNumber", b.originating_version as "originatingVersion",
  b.linked_mms_id as "linkedMmsId", b.source_hash as "sourceHash", b.passed, b.job_id::text as "jobId",
  coalesce((select z.kind = 'community' from zone z where z.suffix = right(b.linked_mms_id, 4)), false) as "linkedToCommunity",
  (select json_build_object('holder', l.holder, 'zone', hz.code, 'since', l.since)
   from bib_lock l left join zone hz on hz.zone_id = l.holder_zone_id
   where l.zone_id = b.zone_id and l.mms_id = b.mms_id and l.seen_at > now() - ${lockLife}) as lock,
  array_remove(array[
    case when exists (select from bib i where i.linked_mms_id = b.mms_id) then 'linked bibs' end,
    case when exists (select from holdings h where h.zone_id = b.zone_id and h.mms_id = b.mms_id) then 'holdings' end,
    case when exists (select from portfolio p where p.zone_id = b.zone_id and p.mms_id = b.mms_id) then 'portfolios' end
  ], null) as hangs`

/** Locks bibs of a zone in the order of their numbers until the transaction ends. */
export const lockBibs = (tx: Queryable, zoneId: number, mmsIds: readonly string[]): Promise<object[]> =>
  tx.query(
    `select from bib b where b.zone_id = $1 and b.mms_id = any($2::text[]) order by b.mms_id for update of b`,
    [zoneId, mmsIds],
  )

/**
 * The bibs of a zone by number, locked, and then read: what a statement that waited for a lock reads beside
 * the rows themselves, who has a bib open and what is linked to it, is from before its wait.
 */
export async function findBibsForUpdate(
  tx: Queryable,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<BibState[]> {
  await lockBibs(tx, zoneId, mmsIds)
  return tx.query<BibState>(
    `select ${bibStateColumns} from bib b where b.zone_id = $1 and b.mms_id = any($2::text[]) order by b.mms_id`,
    [zoneId, mmsIds],
  )
}
