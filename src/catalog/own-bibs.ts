import type { Database, Queryable } from '../db/database.ts'
import { unpack } from '../marc/packed.ts'
import type { MarcRecord } from '../marc/record.ts'
import { derive } from '../rules/derive.ts'
import { displayTitle } from '../rules/display-title.ts'
import { systemNumber } from '../rules/match/identifiers.ts'
import type { Tags } from './bib-tags.ts'
import { foundRows, type InventoryCount } from './search/found-rows.ts'
import { listZones, type Zone } from './zone.ts'

/*
 * What an institution has of a bib of its network or of a community zone: the bib that is linked to it, its
 * copies, and what has the same OCLC number.
 */

/** A bib of an institution that is another zone's bib, or very likely the same title. */
export type OwnBib = Tags & {
  readonly mmsId: string
  readonly title: string
  readonly how: 'linked' | 'copied' | 'alike'
  readonly inventory: InventoryCount
}

/** Bibs that are answered at most: a person looks at each. */
const mostBibs = 20

/** What an institution has of a bib; nothing where there is no such bib. */
export async function findOwnBibs(db: Database, zone: Zone, mmsId: string): Promise<OwnBib[] | null> {
  const source = await zoneOfNumber(db, mmsId)
  if (source === undefined) return null
  const [bib] = await db.query<{ record: string }>(
    `select record from bib where zone_id = $1 and mms_id = $2`,
    [source.zoneId, mmsId],
  )
  if (bib === undefined) return null
  const how = new Map<string, OwnBib['how']>()
  const note = (found: readonly string[], as: OwnBib['how']) => {
    for (const own of found) if (own !== mmsId && !how.has(own)) how.set(own, as)
  }
  const linked = await findLinked(db, zone, mmsId)
  note(linked === null ? [] : [linked.mmsId], 'linked')
  note(await findCopied(db, zone, numberOfCopy(source, mmsId)), 'copied')
  note(await findAlike(db, zone, unpack(bib.record)), 'alike')
  const rows = await foundRows(db, zone, 'all-titles', [...how.keys()].slice(0, mostBibs))
  return rows.map(({ bib: { mmsId: own, record, suppressed, publishToOclc }, inventory }) => ({
    mmsId: own,
    title: displayTitle(record),
    how: how.get(own) ?? 'alike',
    suppressed,
    publishToOclc,
    inventory,
  }))
}

/** The zone that a bib's number is of. */
export const zoneOfNumber = async (db: Queryable, mmsId: string): Promise<Zone | undefined> =>
  (await listZones(db)).find(({ suffix }) => mmsId.endsWith(suffix))

/** The bib of an institution that is linked to a bib. */
export async function findLinked(
  db: Queryable,
  { zoneId }: Zone,
  mmsId: string,
): Promise<(Tags & { readonly mmsId: string }) | null> {
  const [row] = await db.query<Tags & { mmsId: string }>(
    `select mms_id as "mmsId", suppressed, publish_to_oclc as "publishToOclc" from bib where zone_id = $1 and linked_mms_id = $2`,
    [zoneId, mmsId],
  )
  return row ?? null
}

/** What a copy of a bib has as 035. */
export const numberOfCopy = (of: Zone, mmsId: string): string => `(${of.code})${mmsId}`

/** The bibs of a zone that have such a number as theirs. */
export async function findCopied(db: Queryable, { zoneId }: Zone, number: string): Promise<string[]> {
  const rows = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from match_key
     where kind = 'system' and value = $2 and zone_id = $1 order by mms_id`,
    [zoneId, systemNumber(number)],
  )
  return rows.map(({ mmsId }) => mmsId)
}

/** The bibs of a zone with an OCLC number of a record. */
export async function findAlike(db: Queryable, { zoneId }: Zone, record: MarcRecord): Promise<string[]> {
  const numbers = derive(record, null).keys.flatMap(({ kind, value }) => (kind === 'oclc' ? [value] : []))
  const rows = await db.query<{ mmsId: string }>(
    `select distinct mms_id as "mmsId" from match_key
     where kind = 'oclc' and value = any($2::text[]) and zone_id = $1 order by mms_id`,
    [zoneId, numbers],
  )
  return rows.map(({ mmsId }) => mmsId)
}
