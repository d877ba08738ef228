import type { Zone } from '../catalog/zone.ts'
import type { Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import type { Place } from '../rules/holdings/holdings-record.ts'
import { noSuchPiece } from './revision.ts'

/** What a library has of a bib in one of its locations. */
export type Holdings = Place & {
  readonly holdingsId: string
  readonly mmsId: string
  readonly version: number
  readonly record: MarcRecord
  readonly libraryName: string | null
  readonly locationName: string | null
  readonly callNumber: string
  readonly suppressed: boolean
  readonly items: number
  readonly createdAt: string
  readonly changedAt: string
  readonly changedBy: string | null
  readonly job: number | null
}

type HoldingsRow = Omit<Holdings, 'record'> & { readonly record: string }

const holdingsQuery = `
  select h.holdings_id as "holdingsId", h.mms_id as "mmsId", h.version, h.record, h.library, h.location,
    (select name from library l where l.zone_id = h.zone_id and l.code = h.library) as "libraryName",
    (select name from location l where l.zone_id = h.zone_id and l.library_code = h.library and l.code = h.location)
      as "locationName",
    h.call_number as "callNumber", h.suppressed,
    (select count(*)::int from item i where i.zone_id = h.zone_id and i.holdings_id = h.holdings_id) as items,
    h.created_at as "createdAt", h.changed_at as "changedAt", h.changed_by as "changedBy", h.job_id as job
  from holdings h`

const holdingsOf = ({ record, ...row }: HoldingsRow): Holdings => ({ ...row, record: unpack(record) })

/** The holdings of a bib, by library, location and shelving order. */
export async function listHoldings(db: Queryable, { zoneId }: Zone, mmsId: string): Promise<Holdings[]> {
  const rows = await db.query<HoldingsRow>(
    `${holdingsQuery} where h.zone_id = $1 and h.mms_id = $2
     order by h.library, h.location, h.call_number_sort, h.holdings_id`,
    [zoneId, mmsId],
  )
  return rows.map(holdingsOf)
}

/** @throws {InventoryRefusal} */
export async function getHoldings(db: Queryable, { zoneId, code }: Zone, id: string): Promise<Holdings> {
  const [row] = await db.query<HoldingsRow>(`${holdingsQuery} where h.zone_id = $1 and h.holdings_id = $2`, [
    zoneId,
    id,
  ])
  if (!row) throw noSuchPiece('holdings', code, id)
  return holdingsOf(row)
}
