import type { Queryable, Tx } from '../db/database.ts'
import { keepVersions, removePieces } from '../inventory/revision.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { Plan } from '../rules/plan.ts'
import type { PortfolioOn } from '../rules/withdraw.ts'
import type { BatchRun } from './batch.ts'

/** The portfolios of bibs of a zone, whose rows stay locked where they may be taken away. */
export async function findPortfoliosOn(
  tx: Queryable,
  zoneId: number,
  mmsIds: readonly string[],
  { forUpdate }: { readonly forUpdate: boolean },
): Promise<Map<string, PortfolioOn[]>> {
  const rows = await tx.query<PortfolioOn & { readonly mmsId: string }>(
    `select mms_id as "mmsId", portfolio_id as "portfolioId", url, library, collection_id as "collectionId",
       availability = 'available' as "isAvailable", title_key is not null or exists (select from portfolio a where a.source_id = portfolio.portfolio_id) as "isListed"
     from portfolio where zone_id = $1 and mms_id = any($2::text[])
     order by portfolio_id${forUpdate ? ' for update' : ''}`,
    [zoneId, mmsIds],
  )
  const on = new Map<string, PortfolioOn[]>(mmsIds.map((mmsId) => [mmsId, []]))
  for (const { mmsId, ...portfolio } of rows) on.get(mmsId)?.push(portfolio)
  return on
}

/** Takes away or closes what records that ask for a deletion withdraw; a preview says the same and writes nothing. */
export async function withdrawPortfolios(
  tx: Tx,
  { mode, bibZone: { zoneId }, by, job }: BatchRun,
  plans: readonly Plan[],
): Promise<ReadonlyMap<number, readonly InventoryStep[]>> {
  const steps = new Map<number, readonly InventoryStep[]>()
  for (const { position, withdrawn = [] } of plans) {
    if (withdrawn.length === 0) continue
    steps.set(
      position,
      withdrawn.map(({ portfolioId, mmsId, url, library, becomes }) => ({
        kind: 'portfolio',
        result: becomes === 'removed' ? 'removed' : 'changed',
        code: null,
        why: becomes === 'removed' ? null : 'It is not available any more.',
        id: portfolioId,
        library,
        location: null,
        barcode: null,
        url,
        mmsId,
      })),
    )
    if (mode === 'preview') continue
    const from = { by, jobId: job?.jobId ?? null, fileNo: job?.fileNo ?? null, position }
    const idsOf = (wanted: 'removed' | 'unavailable') =>
      withdrawn.flatMap(({ portfolioId, becomes }) => (becomes === wanted ? [portfolioId] : []))
    await removePieces(tx, 'portfolio', zoneId, idsOf('removed'), from)
    const closed = idsOf('unavailable')
    await keepVersions(tx, 'portfolio', zoneId, closed)
    await tx.execute(
      `update portfolio set version = version + 1, availability = 'unavailable', action = 'changed', changed_at = now(),
         changed_by = $3, job_id = $4, file_no = $5, position = $6
       where zone_id = $1 and portfolio_id = any($2::text[])`,
      [zoneId, closed, from.by, from.jobId, from.fileNo, from.position],
    )
  }
  return steps
}
