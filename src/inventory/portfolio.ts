import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { noSuchPiece } from './revision.ts'

/** What a portfolio says of itself; texts are null where nothing is said. */
export type PortfolioContent = {
  /** http, https or ftp. */
  readonly url: string | null
  readonly availability: 'available' | 'unavailable'
  /** Whose it is, where one library of the institution has paid for it. */
  readonly library: string | null
  readonly coverage: string | null
  readonly publicNote: string | null
  readonly internalNote: string | null
  readonly authenticationNote: string | null
  /** Reached by way of the institution's proxy. */
  readonly proxy: boolean
  readonly materialType: string | null
}

/** Access to an electronic resource. */
export type Portfolio = PortfolioContent & {
  readonly portfolioId: string
  readonly mmsId: string
  readonly version: number
  /** The electronic collection and service that it is part of; a portfolio without stands alone. */
  readonly collectionId: string | null
  readonly serviceId: string | null
  /** The portfolio of the community zone that it was activated from. */
  readonly sourceId: string | null
  /** Address and coverage are those of the source, and change with it. */
  readonly followsUrl: boolean
  readonly followsCoverage: boolean
  /** Since when the title list of the collection has it no more. */
  readonly withdrawnAt: string | null
  readonly createdAt: string
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
}

export const emptyPortfolio: PortfolioContent = {
  url: null,
  availability: 'available',
  library: null,
  coverage: null,
  publicNote: null,
  internalNote: null,
  authenticationNote: null,
  proxy: false,
  materialType: null,
}

const portfolioQuery = `
  select portfolio_id as "portfolioId", mms_id as "mmsId", version, collection_id as "collectionId", service_id as "serviceId",
    source_id as "sourceId", follows_url as "followsUrl", follows_coverage as "followsCoverage", withdrawn_at as "withdrawnAt",
    url, availability, library, coverage, public_note as "publicNote", internal_note as "internalNote",
    authentication_note as "authenticationNote", proxy, material_type as "materialType", created_at as "createdAt",
    changed_at as "changedAt", changed_by as "changedBy", job_id as job
  from portfolio`

/** The portfolios of a bib, in the order in which they were added. */
export const listPortfolios = (db: Queryable, { zoneId }: Zone, mmsId: string): Promise<Portfolio[]> =>
  db.query<Portfolio>(`${portfolioQuery} where zone_id = $1 and mms_id = $2 order by portfolio_id`, [
    zoneId,
    mmsId,
  ])

/** @throws {InventoryRefusal} */
export async function getPortfolio(db: Queryable, { zoneId, code }: Zone, id: string): Promise<Portfolio> {
  const [portfolio] = await db.query<Portfolio>(
    `${portfolioQuery} where zone_id = $1 and portfolio_id = $2`,
    [zoneId, id],
  )
  if (!portfolio) throw noSuchPiece('portfolio', code, id)
  return portfolio
}
