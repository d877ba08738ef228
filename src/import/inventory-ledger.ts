import { partOf } from '../catalog/part.ts'
import type { Queryable, Tx } from '../db/database.ts'
import type { InventoryStep } from '../rules/inventory/plan-inventory.ts'
import type { BatchResult } from './batch.ts'
import type { RecordPlace } from './record-filter.ts'

/** What rows of inventory belong to. */
export type InventoryOf = {
  readonly jobId: string
  readonly fileNo: number
  readonly zoneId: number
  /** A person settled the record, after the job. */
  readonly isSettled: boolean
}

/** Keeps what became of the inventory that records asked for, in the transaction that made it. */
export async function writeInventorySteps(
  tx: Tx,
  { jobId, fileNo, zoneId, isSettled }: InventoryOf,
  results: readonly BatchResult[],
): Promise<void> {
  const rows = results.flatMap(({ position, inventory }) =>
    inventory.map(({ id, mmsId, ...step }) => ({ ...step, position, inventory_id: id, mms_id: mmsId })),
  )
  if (rows.length === 0) return
  await tx.execute(
    // What was there may be another institution's that is linked to the bib: its number ends in the suffix of its zone.
    `insert into import_inventory (job_id, file_no, zone_id, is_settled, part, position, kind, result, code, why,
       inventory_id, mms_id, library, location, barcode, url)
     select $1, $2, coalesce((select z.zone_id from zone z where z.suffix = right(n.inventory_id, 4)), $3), $4, $5, n.position, n.kind, n.result, n.code, n.why, n.inventory_id, n.mms_id, n.library,
       n.location, n.barcode, n.url
     from jsonb_to_recordset($6::jsonb) as n (position int, kind text, result text, code text, why text,
       inventory_id text, mms_id text, library text, location text, barcode text, url text)`,
    [jobId, fileNo, zoneId, isSettled, partOf(jobId), JSON.stringify(rows)],
  )
}

/** What became of the inventory of a record, in the order in which it asked for it. */
export const listInventorySteps = (
  db: Queryable,
  jobId: string,
  { file, position }: RecordPlace,
): Promise<InventoryStep[]> =>
  db.query<InventoryStep>(
    `select kind, result, code, why, inventory_id as id, mms_id as "mmsId", library, location, barcode, url
     from import_inventory
     where job_id = $1 and file_no = $2 and position = $3 and not is_settled
     order by inventory_row_id`,
    [jobId, file, position],
  )
