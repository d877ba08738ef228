import { tsQuery } from '../catalog/search/ts-query.ts'
import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { queriedWords } from '../rules/search/clause-words.ts'
import type { ElectronicCollection } from './electronic-collection.ts'

/** A portfolio of a collection, as a zone sees it that may have activated it. */
export type OfferedPortfolio = {
  readonly portfolioId: string
  readonly mmsId: string
  readonly title: string
  readonly titleKey: string | null
  readonly url: string | null
  readonly coverage: string | null
  readonly availability: 'available' | 'unavailable'
  readonly withdrawnAt: string | null
  /** The portfolio of the zone that asks, and the bib that it is on. */
  readonly activatedId: string | null
  readonly activatedMmsId: string | null
}

/** `open` is what the zone that asks may still activate. */
export const offerStates = ['activated', 'open', 'withdrawn'] as const
export type OfferState = (typeof offerStates)[number]

export type OfferedPage = {
  /** The number of the portfolio that the page comes after. */
  readonly after: string | null
  readonly limit: number
  /** Words of the title, the last of which may go on; or what the list knows the title by. */
  readonly q?: string | undefined
  readonly state?: OfferState | undefined
}

const conditions: Readonly<Record<OfferState, string>> = {
  activated: 'l.portfolio_id is not null',
  open: 'l.portfolio_id is null and p.withdrawn_at is null',
  withdrawn: 'p.withdrawn_at is not null',
}

/** The portfolios of a collection by number. */
export function listOffered(
  db: Queryable,
  { zoneId }: Zone,
  { collectionId, zone }: Pick<ElectronicCollection, 'collectionId' | 'zone'>,
  { after, limit, q = '', state }: OfferedPage,
): Promise<OfferedPortfolio[]> {
  const words = queriedWords(q, true)
  const asked = words.map((each, at) => (at === words.length - 1 ? { ...each, isPrefix: true } : each))
  return db.query<OfferedPortfolio>(
    `select p.portfolio_id as "portfolioId", p.mms_id as "mmsId", b.title, p.title_key as "titleKey", p.url, p.coverage,
       p.availability, p.withdrawn_at as "withdrawnAt", l.portfolio_id as "activatedId", l.mms_id as "activatedMmsId"
     from portfolio p
     join zone z on z.zone_id = p.zone_id and z.code = $3
     join bib_search b on b.zone_id = p.zone_id and b.mms_id = p.mms_id
     left join lateral (
       select portfolio_id, mms_id from portfolio where zone_id = $1 and source_id = p.portfolio_id
       order by portfolio_id limit 1) l on true
     where p.collection_id = $2 and ($4::text is null or p.portfolio_id > $4)
       and ($6 = '' or p.title_key = $6 or ($7 <> '' and b.words @@ $7::tsquery))
       ${state === undefined ? '' : `and ${conditions[state]}`}
     order by p.portfolio_id limit $5`,
    [zoneId, collectionId, zone, after, limit, q.trim(), tsQuery(asked, '', '&')],
  )
}
