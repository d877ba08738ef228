import type { Zone } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { textArray } from '../db/text-array.ts'
import type { Chosen } from './plan-activation.ts'
import { byPerson, removePieces } from './revision.ts'

/** What a deactivation came to. */
export type Deactivated = {
  /** The portfolio of the community zone. */
  readonly sourceId: string
  readonly portfolioId: string
  readonly mmsId: string
  /** The bib that it was on has no inventory any more. */
  readonly isBibEmpty: boolean
}

/**
 * Takes activated portfolios away from a zone, named by the numbers of their sources or by the collection; of a
 * collection at most `limit`. What the zone does not have is passed over.
 */
export async function deactivatePortfolios(
  tx: Tx,
  { zoneId }: Zone,
  { portfolioIds, collectionId }: Chosen,
  { by, limit }: { readonly by: string | null; readonly limit: number },
): Promise<Deactivated[]> {
  const found = await tx.query<{ portfolioId: string; sourceId: string; mmsId: string }>(
    `select portfolio_id as "portfolioId", source_id as "sourceId", mms_id as "mmsId"
     from portfolio p
     where zone_id = $1 and source_id is not null and (source_id = any($2::text[]) or collection_id = $3)
     order by portfolio_id limit $4 for update`,
    [zoneId, textArray(portfolioIds ?? []), collectionId ?? null, limit],
  )
  const ids = found.map(({ portfolioId }) => portfolioId)
  await removePieces(tx, 'portfolio', zoneId, ids, byPerson(by))
  const left = await tx.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from portfolio where zone_id = $1 and mms_id = any($2::text[])
     union
     select mms_id from holdings where zone_id = $1 and mms_id = any($2::text[])`,
    [zoneId, textArray(found.map(({ mmsId }) => mmsId))],
  )
  const kept = new Set(left.map(({ mmsId }) => mmsId))
  return found.map((each) => ({ ...each, isBibEmpty: !kept.has(each.mmsId) }))
}
