import { partOf } from '../catalog/part.ts'
import type { Provenance } from '../catalog/bib-write.ts'
import { listZones } from '../catalog/zone.ts'
import type { Tx } from '../db/database.ts'
import { carryInventory, moveCombined, type MovedInventory } from '../inventory/move.ts'
import type { By } from '../inventory/revision.ts'
import type { Plan } from '../rules/plan.ts'
import type { BatchResult, BatchRun } from './batch.ts'
import type { CombinedBy } from './combined-bibs.ts'

/** Holdings or a portfolio that went from a bib to the one that it became one with. */
export type MovedWithBib = MovedInventory & { readonly zoneId: number }

/** What of a bib is somewhere else afterwards: a bib that only got another link, or took fields in, keeps its own. */
const losesInventory = new Set(['deleted', 'suppressed', 'kept', 'joined'])

/**
 * Brings the inventory of bibs that a batch combines to those that stay, in the zone of each. The plans are
 * applied: both bibs are there, or were. By the position of the record that did it.
 */
export async function moveInventory(
  tx: Tx,
  run: Pick<BatchRun, 'bibZone'>,
  plans: readonly Plan[],
  provenance: Provenance,
): Promise<Map<number, MovedWithBib[]>> {
  const pairs = plans.flatMap(({ position, combined }) =>
    combined
      .filter(({ became }) => losesInventory.has(became))
      .map(({ zoneId, before, into }) => ({
        zoneId: zoneId ?? run.bibZone.zoneId,
        from: before.mmsId,
        into,
        by: { ...provenance, position },
      })),
  )
  const moved = new Map<number, MovedWithBib[]>()
  const byZone = [...Map.groupBy(pairs, ({ zoneId }) => zoneId)].toSorted(([a], [b]) => a - b)
  for (const [zoneId, own] of byZone) {
    for (const { by, ...step } of await moveCombined(tx, zoneId, own)) {
      const at = by.position ?? 0
      moved.set(at, [...(moved.get(at) ?? []), { zoneId, ...step }])
    }
  }
  return moved
}

/** Keeps what went where by a batch, in its own transaction. */
export async function writeCombinedInventory(
  tx: Tx,
  results: readonly BatchResult[],
  byOf: (position: number) => CombinedBy,
): Promise<void> {
  const rows = results.flatMap(({ position, movedInventory }) =>
    movedInventory.map((moved) => ({ ...moved, by: byOf(position) })),
  )
  if (rows.length === 0) return
  await tx.execute(
    `insert into combined_inventory (job_id, file_no, position, export_id, zone_id, inventory_id, from_mms_id, into_mms_id, part)
     select n.* from unnest($1::bigint[], $2::smallint[], $3::int[], $4::bigint[], $5::smallint[], $6::text[], $7::text[],
                            $8::text[], $9::smallint[]) as n`,
    [
      rows.map(({ by }) => ('job' in by ? by.job : null)),
      rows.map(({ by }) => ('job' in by ? by.file : null)),
      rows.map(({ by }) => ('job' in by ? by.position : null)),
      rows.map(({ by }) => ('export' in by ? by.export : null)),
      rows.map(({ zoneId }) => zoneId),
      rows.map(({ inventoryId }) => inventoryId),
      rows.map(({ from }) => from),
      rows.map(({ into }) => into),
      rows.map(({ into }) => partOf(into)),
    ],
  )
}

/** What records of a job moved, by `file position`; the last move first, as an undo takes it back. */
export async function findMovedInventory(
  tx: Tx,
  jobId: string,
  rows: readonly { readonly fileNo: number; readonly position: number }[],
): Promise<Map<string, MovedWithBib[]>> {
  const found = await tx.query<MovedWithBib & { readonly fileNo: number; readonly position: number }>(
    `select file_no as "fileNo", position, zone_id as "zoneId", inventory_id as "inventoryId",
            from_mms_id as "from", into_mms_id as "into"
     from combined_inventory
     where job_id = $1 and (file_no, position) in (select * from unnest($2::smallint[], $3::int[]))
     order by combined_id desc`,
    [jobId, rows.map(({ fileNo }) => fileNo), rows.map(({ position }) => position)],
  )
  return Map.groupBy(found, ({ fileNo, position }) => `${fileNo} ${position}`)
}

/** Brings inventory back to the bibs that it was on, each of its zone. */
export async function carryBack(tx: Tx, carried: ReadonlyMap<string, string>, by: By): Promise<void> {
  if (carried.size === 0) return
  for (const { zoneId, suffix } of await listZones(tx)) {
    const own = [...carried].filter(([id]) => id.endsWith(suffix))
    await carryInventory(
      tx,
      zoneId,
      own.map(([id, into]) => ({ id, into, by })),
    )
  }
}
