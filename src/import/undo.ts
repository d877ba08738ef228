import { writeBibs } from '../catalog/bib-write.ts'
import { lockAllKeys, lockKeys } from '../catalog/key-locks.ts'
import type { Database, Tx } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import type { BibState } from '../rules/bib-state.ts'
import { deriveState } from '../rules/derive.ts'
import type { Undone } from '../rules/undo.ts'
import type { CombinedResult } from './batch.ts'
import { carryBack, findMovedInventory } from './combined-inventory.ts'
import { showWriter } from './lease.ts'
import { bringBack, findChangedInventory } from './undo-changed.ts'
import { findMadeInventory, nothingMade, placeOf, removeMade } from './undo-inventory.ts'
import { undoRecord } from './undo-record.ts'
import { loadStates, type NamedBib } from './undo-states.ts'

/** A job that takes back another, and the one that it takes back. */
export type UndoRun = {
  readonly jobId: string
  readonly ofJobId: string
  /** Where the bibs of the job are, and where the linked bibs that it made. */
  readonly bibZoneId: number
  readonly inventoryZoneId: number
  readonly by: string | null
}

type LedgerRow = {
  /** Whether a person settled it, after the job. */
  isSettled: boolean
  fileNo: number
  position: number
  outcome: string
  mmsId: string
  versionBefore: number | null
  versionAfter: number
  linkedMmsId: string | null
}

/**
 * Takes back the next batch of a job's records, the last first, each safely: what nobody has touched
 * since goes back to what it was; what has been touched is merged three ways; what cannot be merged or
 * removed is a conflict, listed and left alone (D37). Returns how many were dealt with; none means done.
 * What was dealt with is in undo_record, committed with its effects, so a run that was cut off goes on.
 */
export const undoBatch = (
  db: Database,
  run: UndoRun,
  alongside: (tx: Tx, count: number) => Promise<void>,
  size = 250,
): Promise<number> =>
  retrying(
    () =>
      db.transaction(async (tx) => {
        await showWriter(tx, run.jobId)
        const zones = new Set([run.bibZoneId, run.inventoryZoneId])
        for (const zoneId of [...zones].toSorted((a, b) => a - b)) await lockAllKeys(tx, zoneId)
        const settled = await findSettled(tx, run, size)
        const rows = settled.length > 0 ? settled : await findRows(tx, run, size)
        if (rows.length === 0) return 0
        await undoRows(tx, run, rows)
        await alongside(tx, rows.length)
        return rows.length
      }),
    { findsItsOwnEffects: true },
  )

/** What people made of records that the job had left to them comes after the job, and so goes before it. */
const findSettled = (tx: Tx, run: UndoRun, size: number) =>
  tx.query<LedgerRow>(
    `select true as "isSettled", i.file_no as "fileNo", i.position, i.mms_id as "mmsId",
            case i.resolution when 'create' then 'created' when 'overlay' then 'overlaid' else 'merged' end as outcome,
            i.version_before as "versionBefore", i.version_after as "versionAfter", i.linked_mms_id as "linkedMmsId"
     from import_issue i
     where i.job_id = $2 and i.resolution in ('create', 'merge', 'overlay', 'combine')
       and (i.version_after is distinct from i.version_before
         or exists (select from import_inventory m
                    where m.job_id = i.job_id and m.file_no = i.file_no and m.position = i.position
                      and m.result in ('added', 'changed', 'removed') and m.is_settled))
       and not exists (
         select from undo_record u
         where u.job_id = $1 and u.file_no = i.file_no and u.position = i.position and u.is_settled)
     order by i.resolved_at desc, i.issue_id desc
     limit $3`,
    [run.jobId, run.ofJobId, size],
  )

/** The ledger is walked from its end; what was dealt with is all that lies behind the place that was reached. */
const findRows = (tx: Tx, run: UndoRun, size: number) =>
  tx.query<LedgerRow>(
    `with reached as materialized (
       select file_no, position from undo_record where job_id = $1 and not is_settled order by file_no, position limit 1)
     select false as "isSettled", r.file_no as "fileNo", r.position, r.outcome, r.mms_id as "mmsId",
            r.version_before as "versionBefore", r.version_after as "versionAfter", r.linked_mms_id as "linkedMmsId"
     from import_record r
     where r.job_id = $2
       and (r.outcome in ('created', 'merged', 'overlaid', 'deleted') or r.linked_mms_id is not null
         or exists (select from combined_inventory m
                    where m.job_id = r.job_id and m.file_no = r.file_no and m.position = r.position)
         or exists (select from import_inventory m
                    where m.job_id = r.job_id and m.file_no = r.file_no and m.position = r.position
                      and m.result in ('added', 'changed', 'removed') and not m.is_settled))
       and (r.file_no, r.position) < (coalesce((select file_no from reached), 32767), coalesce((select position from reached), 2147483647))
     order by r.file_no desc, r.position desc
     limit $3`,
    [run.jobId, run.ofJobId, size],
  )

async function undoRows(tx: Tx, run: UndoRun, rows: readonly LedgerRow[]): Promise<void> {
  const combined = await findCombined(tx, run, rows)
  const combinedOf = (row: LedgerRow) => combined.get(`${row.fileNo} ${row.position}`) ?? []
  await lockElsewhere(tx, run, [...combined.values()].flat())
  const named: NamedBib[] = rows.flatMap((row) => [
    { zoneId: run.bibZoneId, mmsId: row.mmsId, versions: [row.versionBefore, row.versionAfter] },
    ...(row.linkedMmsId === null
      ? []
      : [{ zoneId: run.inventoryZoneId, mmsId: row.linkedMmsId, versions: [1] }]),
    ...combinedOf(row).map(({ zoneId, mmsId, versionBefore, versionAfter }) => ({
      zoneId,
      mmsId,
      versions: [versionBefore, versionAfter],
    })),
  ])
  const moved = await findMovedInventory(tx, run.ofJobId, rows)
  const movedOf = (row: LedgerRow) => moved.get(`${row.fileNo} ${row.position}`) ?? []
  const made = await findMadeInventory(tx, run, rows)
  const madeOf = (row: LedgerRow) => made.get(placeOf(row)) ?? nothingMade
  const changed = await findChangedInventory(tx, run, rows)
  const states = await loadStates(tx, named, [...moved.values()].flat(), run.jobId)
  const results = rows.map((row) => ({
    row,
    undone: undoRecord(
      {
        ...row,
        combined: combinedOf(row),
        movedInventory: movedOf(row),
        madeInventory: madeOf(row),
        changedInventory: changed.get(placeOf(row)) ?? [],
      },
      run.ofJobId,
      states,
    ),
  }))
  const byZone = Map.groupBy(states.changes, ({ zoneId }) => zoneId ?? run.bibZoneId)
  for (const [zoneId, changes] of byZone)
    await writeBibs(tx, zoneId, changes, { by: run.by, jobId: run.jobId, fileNo: null })
  await carryBack(tx, states.carried, { by: run.by, jobId: run.jobId, fileNo: null, position: null })
  await bringBack(tx, run, states.restored)
  await removeMade(tx, run, states.dropped)
  await writeResults(tx, run, results)
}

type CombinedRow = CombinedResult & { readonly fileNo: number; readonly position: number }

/** What the records did with other bibs, by `file position`. */
async function findCombined(
  tx: Tx,
  run: UndoRun,
  rows: readonly LedgerRow[],
): Promise<Map<string, CombinedRow[]>> {
  const found = await tx.query<CombinedRow>(
    `select file_no as "fileNo", position, zone_id as "zoneId", mms_id as "mmsId", became, into_mms_id as "into",
            version_before as "versionBefore", version_after as "versionAfter"
     from combined_bib
     where job_id = $1 and (file_no, position) in (select * from unnest($2::smallint[], $3::int[]))
     order by file_no, position, ordinal`,
    [run.ofJobId, rows.map(({ fileNo }) => fileNo), rows.map(({ position }) => position)],
  )
  return Map.groupBy(found, ({ fileNo, position }) => `${fileNo} ${position}`)
}

/**
 * Locks what linked bibs of other zones are found by, which is what the bibs that they were and will be linked
 * to are found by (D14): a few keys, since there may be more zones than a transaction can have all stripes of.
 */
async function lockElsewhere(tx: Tx, run: UndoRun, combined: readonly CombinedRow[]): Promise<void> {
  const isElsewhere = ({ zoneId }: CombinedRow) => zoneId !== run.bibZoneId && zoneId !== run.inventoryZoneId
  const zones = [...new Set(combined.filter(isElsewhere).map(({ zoneId }) => zoneId))]
  if (zones.length === 0) return
  const bibs = [...new Set(combined.flatMap(({ mmsId, into }) => [mmsId, into]))]
  const states = await tx.query<Pick<BibState, 'record' | 'originatingNumber' | 'linkedMmsId'>>(
    `select record, originating_number as "originatingNumber", linked_mms_id as "linkedMmsId"
     from bib where zone_id = any($1::smallint[]) and mms_id = any($2::text[])
     union all
     select record, originating_number, linked_mms_id
     from bib_version where zone_id = any($1::smallint[]) and mms_id = any($2::text[]) and record is not null`,
    [[run.bibZoneId, ...zones], bibs],
  )
  const keys = states.flatMap((state) => deriveState(state).keys.map(({ value }) => value))
  for (const zoneId of zones.toSorted((a, b) => a - b)) await lockKeys(tx, zoneId, keys)
}

async function writeResults(
  tx: Tx,
  run: UndoRun,
  results: readonly { row: LedgerRow; undone: Undone }[],
): Promise<void> {
  await tx.execute(
    `insert into undo_record (job_id, file_no, position, mms_id, result, conflict, is_settled)
     select $1, n.file_no, n.position, n.mms_id, n.result, n.conflict, n.is_settled
     from unnest($2::smallint[], $3::int[], $4::text[], $5::text[], $6::jsonb[], $7::bool[])
       as n (file_no, position, mms_id, result, conflict, is_settled)`,
    [
      run.jobId,
      results.map(({ row }) => row.fileNo),
      results.map(({ row }) => row.position),
      results.map(({ row }) => row.mmsId ?? ''),
      results.map(({ undone }) => undone.result),
      results.map(({ undone }) => (undone.conflicts.length === 0 ? null : JSON.stringify(undone.conflicts))),
      results.map(({ row }) => row.isSettled),
    ],
  )
}
