import type { Tx } from '../db/database.ts'
import { keepVersions } from './revision.ts'

/** Sources are of the community zone: said so, they are found by their key. */
const isOfCommunity = `s.zone_id = any(array(select zone_id from zone where kind = 'community'))`

/** What an activated portfolio `l` has otherwise than its source `s`, where it follows it. */
const differs = `(
  (l.follows_url and l.url is distinct from s.url)
  or (l.follows_coverage and l.coverage is distinct from s.coverage)
  or (l.withdrawn_at is null) <> (s.withdrawn_at is null))`

/**
 * Brings what has changed of sources to the portfolios that were activated from them, in whatever zone, and notes
 * there that it did. Runs beyond the scope of a request: institutions are reached that nobody asks for.
 */
export async function followSources(tx: Tx, sourceIds: readonly string[], by: string | null): Promise<void> {
  const behind = await tx.query<{ zoneId: number; id: string }>(
    `select l.zone_id as "zoneId", l.portfolio_id as id
     from portfolio l join portfolio s on s.portfolio_id = l.source_id and ${isOfCommunity}
     where l.source_id = any($1::text[]) and ${differs}
     order by l.zone_id, l.portfolio_id for update of l`,
    [sourceIds],
  )
  for (const [zoneId, rows] of Map.groupBy(behind, (row) => row.zoneId)) {
    const ids = rows.map(({ id }) => id)
    await keepVersions(tx, 'portfolio', zoneId, ids)
    await tx.execute(
      `update portfolio l set version = l.version + 1,
         url = case when l.follows_url then s.url else l.url end,
         coverage = case when l.follows_coverage then s.coverage else l.coverage end,
         availability = case
           when s.withdrawn_at is not null then 'unavailable'
           when l.withdrawn_at is not null then 'available'
           else l.availability end,
         withdrawn_at = s.withdrawn_at, source_changed_at = now(), action = 'changed', changed_at = now(),
         changed_by = $3, job_id = null, file_no = null, position = null
       from portfolio s
       where l.zone_id = $1 and l.portfolio_id = any($2::text[]) and s.portfolio_id = l.source_id and ${isOfCommunity}`,
      [zoneId, ids, by],
    )
  }
}
