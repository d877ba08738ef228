import type { Queryable } from '../db/database.ts'
import { queriedIdentifiers } from './query-identifiers.ts'
import { upstreamOf } from './upstream.ts'
import type { Zone } from './zone.ts'

/**
 * Bibs of a zone that have a number, in any of the ways that it can be read, by their numbers: system numbers
 * of 035, OCLC numbers, ISBN, ISSN, LCCN. A linked bib is found by those of the bib that it is linked to (D14).
 */
export async function findByNumber(db: Queryable, zone: Zone, number: string): Promise<string[]> {
  const { keys } = queriedIdentifiers(number)
  if (keys.length === 0) return []
  const rows = await db.query<{ mmsId: string }>(
    `with hit as (
       select k.zone_id, k.mms_id
       from unnest($2::text[], $3::text[]) as l (kind, value)
       join match_key k on k.kind = l.kind and k.value = l.value
       where k.zone_id = $1 or k.zone_id = any($4::smallint[]))
     select mms_id as "mmsId" from hit where zone_id = $1
     union
     select b.mms_id from hit h join bib b on b.zone_id = $1 and b.linked_mms_id = h.mms_id where h.zone_id <> $1
     order by 1`,
    [zone.zoneId, keys.map(({ kind }) => kind), keys.map(({ value }) => value), await upstreamOf(db, zone)],
  )
  return rows.map(({ mmsId }) => mmsId)
}

/** The bib of a zone that is linked to a bib of another, or is that bib itself. */
export async function findLinkedTo(db: Queryable, zone: Zone, mmsId: string): Promise<string[]> {
  const rows = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from bib where zone_id = $1 and (linked_mms_id = $2 or mms_id = $2) order by mms_id`,
    [zone.zoneId, mmsId],
  )
  return rows.map((row) => row.mmsId)
}

/** The bib of a zone that holdings are of. */
export async function findByHoldings(db: Queryable, zone: Zone, holdingsId: string): Promise<string[]> {
  const rows = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from holdings where zone_id = $1 and holdings_id = $2`,
    [zone.zoneId, holdingsId],
  )
  return rows.map((row) => row.mmsId)
}
