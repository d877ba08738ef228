import type { Tx } from '../db/database.ts'
import { kindOf } from '../inventory/inventory-id.ts'
import { type Restored, restorePieces } from '../inventory/revision.ts'
import { placeOf } from './undo-inventory.ts'

/** Inventory that a record of a job changed or took away, and what it was before. */
export type ChangedInventory = {
  readonly zoneId: number
  readonly id: string
  /** The bib that it was on. */
  readonly mmsId: string
  readonly result: 'changed' | 'removed'
  /** The version to go back to; nothing where others have touched it since. */
  readonly version: number | null
}

type ChangedRow = ChangedInventory & { readonly fileNo: number; readonly position: number }

/** What records changed of inventory that was there, by `placeOf`; the rows of what is there stay locked. */
export async function findChangedInventory(
  tx: Tx,
  { jobId, ofJobId }: { readonly jobId: string; readonly ofJobId: string },
  rows: readonly { readonly fileNo: number; readonly position: number }[],
): Promise<Map<string, ChangedInventory[]>> {
  const changed = await tx.query<ChangedRow>(
    `with changed as materialized (
       select file_no, position, result, zone_id, inventory_id as id from import_inventory
       where job_id = $1 and (file_no, position) in (select * from unnest($3::smallint[], $4::int[]))
         and result in ('changed', 'removed')
     ), shelved as (
       select zone_id, holdings_id as id, mms_id, version, job_id, file_no, position from holdings
       where (zone_id, holdings_id) in (select zone_id, id from changed) for update
     ), online as (
       select zone_id, portfolio_id as id, mms_id, version, job_id, file_no, position from portfolio
       where (zone_id, portfolio_id) in (select zone_id, id from changed) for update
     ), versions as (
       select * from shelved union all select * from online
       union all
       select zone_id, inventory_id, mms_id, version, job_id, file_no, position from inventory_version
       where (zone_id, inventory_id) in (select zone_id, id from changed)
     )
     select c.file_no as "fileNo", c.position, c.zone_id as "zoneId", c.id, c.result, v.mms_id as "mmsId",
       case when not exists (
         select from versions later
         where later.zone_id = c.zone_id and later.id = c.id and later.version > v.version
           and (later.job_id is null or later.job_id not in ($1, $2)))
       then v.version - 1 end as version
     from changed c
     cross join lateral (
       select mms_id, max(version) as version from versions v
       where v.zone_id = c.zone_id and v.id = c.id and v.job_id = $1 and v.file_no = c.file_no and v.position = c.position
       group by mms_id) v
     order by c.file_no desc, c.position desc, c.id`,
    [ofJobId, jobId, rows.map(({ fileNo }) => fileNo), rows.map(({ position }) => position)],
  )
  return Map.groupBy(changed, placeOf)
}

/** Brings back what inventory was, each to the last version that was asked for. */
export async function bringBack(
  tx: Tx,
  { jobId, by }: { readonly jobId: string; readonly by: string | null },
  restored: ReadonlyMap<string, Restored>,
): Promise<void> {
  const undo = { by, jobId, fileNo: null, position: null }
  for (const [zoneId, own] of Map.groupBy(restored.values(), (one) => one.zoneId))
    for (const kind of ['holdings', 'portfolio'] as const)
      await restorePieces(
        tx,
        kind,
        zoneId,
        own.filter(({ id }) => kindOf(id) === kind),
        undo,
      )
}
