import type { Zone } from '../catalog/zone.ts'
import type { Queryable, Tx } from '../db/database.ts'
import { ImportRefusal } from './refusal.ts'
import type { LoadReport } from './load-collection.ts'

/** Entries of each list of a report that are kept; the counts say how many there were. */
const mostKept = 1000

const lists = ['changes', 'rejected', 'findings', 'withdrawn'] as const
const counts = ['lines', 'blank', 'further', 'deletes', 'added', 'changed', 'unchanged'] as const

/** A load, without its lists. */
export type Load = Pick<LoadReport, 'format' | (typeof counts)[number]> & {
  readonly loadId: number
  readonly fileName: string
  readonly loadedAt: string
  readonly loadedBy: string | null
  readonly rejected: number
  readonly withdrawn: number
}

/** Of a load, as much of its lists as is kept. */
export type KeptLoad = Load & { readonly report: Pick<LoadReport, (typeof lists)[number]> }

/** Keeps the report of a load, and notes on the collection that it was the last one. */
export async function keepLoad(
  tx: Tx,
  { zoneId }: Zone,
  report: LoadReport,
  { fileName, by }: { readonly fileName: string; readonly by: string },
): Promise<void> {
  const name = fileName.slice(0, 400)
  await tx.execute(
    `update electronic_collection set loaded_at = now(), loaded_by = $3, file_name = $4
     where zone_id = $1 and collection_id = $2`,
    [zoneId, report.collectionId, by, name],
  )
  const kept = Object.fromEntries(lists.map((list) => [list, report[list].slice(0, mostKept)]))
  await tx.execute(
    `insert into collection_load (zone_id, collection_id, format, file_name, loaded_by, rejected, withdrawn, report,
       ${counts.join(', ')})
     values ($1, $2, $3, $4, $5, $6, $7, $8, ${counts.map((_, at) => `$${at + 9}`).join(', ')})`,
    [
      zoneId,
      report.collectionId,
      report.format,
      name,
      by,
      report.rejected.length,
      report.withdrawn.length,
      JSON.stringify(kept),
      ...counts.map((count) => report[count]),
    ],
  )
}

const loadColumns = `load_id as "loadId", format, file_name as "fileName", loaded_at as "loadedAt", loaded_by as "loadedBy",
  ${counts.join(', ')}, rejected, withdrawn`

const ofCollection = `from collection_load l join zone z using (zone_id)
  where l.collection_id = $1 and z.code = $2`

type Place = { readonly collectionId: string; readonly zone: string }

/** The loads of a collection, the last first. */
export const listLoads = (db: Queryable, { collectionId, zone }: Place, limit: number): Promise<Load[]> =>
  db.query<Load>(`select ${loadColumns} ${ofCollection} order by load_id desc limit $3`, [
    collectionId,
    zone,
    limit,
  ])

/** @throws {ImportRefusal} NO_SUCH_LOAD */
export async function getLoad(
  db: Queryable,
  { collectionId, zone }: Place,
  loadId: number,
): Promise<KeptLoad> {
  const [found] = await db.query<KeptLoad>(
    `select ${loadColumns}, report ${ofCollection} and l.load_id = $3`,
    [collectionId, zone, loadId],
  )
  if (found) return found
  throw new ImportRefusal(
    'missing',
    'NO_SUCH_LOAD',
    `The collection ${collectionId} has no load ${loadId}.`,
    'Look in the list of its loads.',
  )
}
