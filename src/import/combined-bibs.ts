import { partOf } from '../catalog/part.ts'
import type { Queryable, Tx } from '../db/database.ts'
import type { BatchResult, CombinedResult } from './batch.ts'
import { writeCombinedInventory } from './combined-inventory.ts'

/** The record by which bibs were combined: one of a job, or an export of the gateway. */
export type CombinedBy =
  | { readonly job: string; readonly file: number; readonly position: number }
  | { readonly export: number }

/** Keeps what became of bibs and of their inventory by a batch, in its own transaction. */
export async function writeCombined(
  tx: Tx,
  results: readonly BatchResult[],
  byOf: (position: number) => CombinedBy,
): Promise<void> {
  await writeCombinedInventory(tx, results, byOf)
  const rows = results.flatMap(({ position, combined }) =>
    combined.map((bib, ordinal) => ({ ...bib, ordinal, by: byOf(position) })),
  )
  if (rows.length === 0) return
  await tx.execute(
    `insert into combined_bib (job_id, file_no, position, export_id, ordinal, zone_id, mms_id, became, into_mms_id, version_before, version_after, part)
     select n.* from unnest($1::bigint[], $2::smallint[], $3::int[], $4::bigint[], $5::smallint[], $6::smallint[], $7::text[], $8::text[], $9::text[],
                            $10::int[], $11::int[], $12::smallint[]) as n`,
    [
      rows.map(({ by }) => ('job' in by ? by.job : null)),
      rows.map(({ by }) => ('job' in by ? by.file : null)),
      rows.map(({ by }) => ('job' in by ? by.position : null)),
      rows.map(({ by }) => ('export' in by ? by.export : null)),
      rows.map(({ ordinal }) => ordinal),
      rows.map(({ zoneId }) => zoneId),
      rows.map(({ mmsId }) => mmsId),
      rows.map(({ became }) => became),
      rows.map(({ into }) => into),
      rows.map(({ versionBefore }) => versionBefore),
      rows.map(({ versionAfter }) => versionAfter),
      rows.map(({ mmsId }) => partOf(mmsId)),
    ],
  )
}

/** Whether a bib was itself combined into another, and did not only hang on one that was. */
export const isCombined = ({ became }: Pick<CombinedResult, 'became'>): boolean =>
  became === 'deleted' || became === 'suppressed' || became === 'kept'

/** What became of a bib, as reports show it. */
export type ShownCombined = {
  readonly zone: string
  readonly mmsId: string
  readonly became: CombinedResult['became']
  readonly into: string
  readonly versionBefore: number
  readonly versionAfter: number
}

/** The bibs that a record of a job combined, or would combine, in order. */
export const listCombined = (
  db: Queryable,
  job: string,
  { file, position }: { readonly file: number; readonly position: number },
): Promise<ShownCombined[]> =>
  db.query<ShownCombined>(
    `select z.code as zone, c.mms_id as "mmsId", c.became, c.into_mms_id as "into",
            c.version_before as "versionBefore", c.version_after as "versionAfter"
     from combined_bib c join zone z using (zone_id)
     where c.job_id = $1 and c.file_no = $2 and c.position = $3
     order by c.ordinal`,
    [job, file, position],
  )
