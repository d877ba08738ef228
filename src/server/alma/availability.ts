import type { Zone } from '../../catalog/zone.ts'
import type { Queryable } from '../../db/database.ts'
import { listHoldings } from '../../inventory/holdings.ts'
import { listPortfolios } from '../../inventory/portfolio.ts'
import type { DataField, MarcRecord } from '../../marc/record.ts'
import type { Parameters } from './parameters.ts'

/** What is added to a record on demand, and taken off again where the record comes back. */
export const availabilityTags: ReadonlySet<string> = new Set(['AVA', 'AVE', 'AVD'])

export type Expanding = { readonly physical: boolean; readonly electronic: boolean }

/** Of `expand`, what is here: `p_avail` and `e_avail`; the rest is passed over. */
export function expandingOf({ expand = '' }: Parameters): Expanding {
  const asked = new Set(expand.split(',').map((text) => text.trim()))
  return { physical: asked.has('p_avail'), electronic: asked.has('e_avail') }
}

/** A record with an AVA for each of the holdings of its bib, and an AVE for each portfolio. */
export async function withAvailability(
  db: Queryable,
  zone: Zone,
  mmsId: string,
  record: MarcRecord,
  { physical, electronic }: Expanding,
): Promise<MarcRecord> {
  const fields = [
    ...(physical ? await physicalFields(db, zone, mmsId) : []),
    ...(electronic ? await electronicFields(db, zone, mmsId) : []),
  ]
  return fields.length === 0 ? record : { ...record, fields: [...record.fields, ...fields] }
}

async function physicalFields(db: Queryable, zone: Zone, mmsId: string): Promise<DataField[]> {
  const holdings = (await listHoldings(db, zone, mmsId)).filter(({ suppressed }) => !suppressed)
  const counts = await db.query<{ holdingsId: string; away: number }>(
    `select holdings_id as "holdingsId", count(*)::int as away from item
     where zone_id = $1 and mms_id = $2 and status <> 'in-place' group by holdings_id`,
    [zone.zoneId, mmsId],
  )
  const awayOf = new Map(counts.map(({ holdingsId, away }) => [holdingsId, away]))
  return holdings.map((each, at) => {
    const away = awayOf.get(each.holdingsId) ?? 0
    return fieldOf('AVA', {
      0: mmsId,
      8: each.holdingsId,
      a: zone.code,
      b: each.library,
      c: each.locationName ?? each.location,
      d: each.callNumber,
      e: each.items === 0 ? 'check_holdings' : away < each.items ? 'available' : 'unavailable',
      f: String(each.items),
      g: String(away),
      j: each.location,
      p: String(at + 1),
      q: each.libraryName ?? '',
    })
  })
}

async function electronicFields(db: Queryable, zone: Zone, mmsId: string): Promise<DataField[]> {
  const portfolios = await listPortfolios(db, zone, mmsId)
  return portfolios.map((portfolio) =>
    fieldOf('AVE', {
      0: mmsId,
      8: portfolio.portfolioId,
      c: portfolio.collectionId ?? '',
      e: portfolio.availability === 'available' ? 'Available' : 'Not Available',
      l: portfolio.library ?? '',
      n: portfolio.publicNote ?? '',
      s: portfolio.coverage ?? '',
    }),
  )
}

const fieldOf = (tag: string, values: Readonly<Record<string, string>>): DataField => ({
  tag,
  ind1: ' ',
  ind2: ' ',
  subfields: Object.entries(values).flatMap(([code, value]) => (value === '' ? [] : [{ code, value }])),
})
