import { bibStateColumns, findBibsForUpdate, lockBibs } from '../catalog/bib-state.ts'
import { writeBibs } from '../catalog/bib-write.ts'
import { lockAllKeys } from '../catalog/key-locks.ts'
import type { Database, Tx } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import { unpack } from '../marc/packed.ts'
import type { BibChange, BibState, Derived } from '../rules/bib-state.ts'
import { derive } from '../rules/derive.ts'
import { type Undone, undoChange } from '../rules/undo.ts'
import { showWriter } from './lease.ts'

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
            case i.resolution when 'create' then 'created' when 'merge' then 'merged' else 'overlaid' end as outcome,
            i.version_before as "versionBefore", i.version_after as "versionAfter", i.linked_mms_id as "linkedMmsId"
     from import_issue i
     where i.job_id = $2 and i.resolution in ('create', 'merge', 'overlay')
       and i.version_after is distinct from i.version_before
       and not exists (
         select from undo_record u where u.job_id = $1 and u.file_no = i.file_no and u.position = i.position)
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
     where r.job_id = $2 and (r.outcome in ('created', 'merged', 'overlaid', 'deleted') or r.linked_mms_id is not null)
       and (r.file_no, r.position) < (coalesce((select file_no from reached), 32767), coalesce((select position from reached), 2147483647))
     order by r.file_no desc, r.position desc
     limit $3`,
    [run.jobId, run.ofJobId, size],
  )

async function undoRows(tx: Tx, run: UndoRun, rows: readonly LedgerRow[]): Promise<void> {
  await removeLinks(tx, run, rows)
  const mmsIds = [...new Set(rows.map(({ mmsId }) => mmsId))]
  const bibs = await findBibsForUpdate(tx, run.bibZoneId, mmsIds)
  const current = new Map(bibs.map((bib) => [bib.mmsId, bib]))
  const past = await findVersions(tx, run.bibZoneId, rows)
  const lastVersion = await findLastVersions(tx, run.bibZoneId, mmsIds)

  const changes: BibChange[] = []
  const results: { row: LedgerRow; undone: Undone }[] = []
  for (const row of rows) {
    if (
      row.outcome === 'created' ||
      row.outcome === 'merged' ||
      row.outcome === 'overlaid' ||
      row.outcome === 'deleted'
    ) {
      const existing = current.get(row.mmsId) ?? null
      const version = (number: number | null) =>
        number === null
          ? null
          : (past.get(`${row.mmsId} ${number}`) ?? (existing?.version === number ? existing : null))
      const after = version(row.versionAfter)
      const undone = undoChange({
        before: version(row.versionBefore),
        after: after?.record === '' ? null : after,
        current: existing,
      })
      results.push({ row, undone })
      if (undone.result === 'conflict' || undone.result === 'gone' || undone.result === 'nothing') continue
      const number = (lastVersion.get(row.mmsId) ?? 0) + 1
      const restored = undone.to && { ...undone.to, mmsId: row.mmsId, version: number, jobId: run.jobId }
      // A removal takes two numbers: the version that it ends, and its own.
      lastVersion.set(row.mmsId, number)
      changes.push({
        mmsId: row.mmsId,
        action: restored ? 'restored' : 'deleted',
        before: existing,
        after: restored,
        derivedBefore: derived(existing),
        derivedAfter: derived(restored),
        position: row.position,
      })
      if (restored) {
        past.set(`${row.mmsId} ${number}`, restored)
        current.set(row.mmsId, restored)
      } else current.delete(row.mmsId)
    } else results.push({ row, undone: { result: 'nothing', to: null, conflicts: [] } })
  }
  await writeBibs(tx, run.bibZoneId, changes, { by: run.by, jobId: run.jobId, fileNo: null })
  await writeResults(tx, run, results)
}

const derived = (state: BibState | null): Derived | null =>
  state && derive(unpack(state.record), state.originatingNumber)

/** The versions that the rows name and that are superseded, by `mmsId version`; that of a deletion has an empty record. */
async function findVersions(
  tx: Tx,
  zoneId: number,
  named: readonly LedgerRow[],
): Promise<Map<string, BibState>> {
  const wanted = named.flatMap(({ mmsId, versionBefore, versionAfter }) =>
    [versionBefore, versionAfter].flatMap((version) => (version === null ? [] : [{ mmsId, version }])),
  )
  const rows = await tx.query<BibState>(
    `select mms_id as "mmsId", version, coalesce(record, '') as record, brief_level as "briefLevel", carrier, suppressed, publish_to_oclc as "publishToOclc",
            originating_system as "originatingSystem", originating_number as "originatingNumber", originating_version as "originatingVersion",
            linked_mms_id as "linkedMmsId", source_hash as "sourceHash", passed, job_id::text as "jobId", false as "linkedToCommunity", null as lock, array[]::text[] as hangs
     from bib_version where zone_id = $1 and (mms_id, version) in (select * from unnest($2::text[], $3::int[]))`,
    [zoneId, wanted.map(({ mmsId }) => mmsId), wanted.map(({ version }) => version)],
  )
  return new Map(rows.map((row) => [`${row.mmsId} ${row.version}`, row]))
}

/** The last version that each bib has ever had, a deletion included. */
async function findLastVersions(
  tx: Tx,
  zoneId: number,
  mmsIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ mmsId: string; version: number }>(
    `select mms_id as "mmsId", max(version) as version
     from (
       select mms_id, version from bib where zone_id = $1 and mms_id = any($2::text[])
       union all
       select mms_id, version from bib_version where zone_id = $1 and mms_id = any($2::text[])) versions
     group by mms_id`,
    [zoneId, mmsIds],
  )
  return new Map(rows.map(({ mmsId, version }) => [mmsId, version]))
}

/** Linked bibs that the job made and nobody has touched go with it. */
async function removeLinks(tx: Tx, run: UndoRun, rows: readonly LedgerRow[]): Promise<void> {
  const linked = rows.flatMap(({ linkedMmsId }) => (linkedMmsId === null ? [] : [linkedMmsId]))
  if (linked.length === 0) return
  await lockBibs(tx, run.inventoryZoneId, linked)
  const bibs = await tx.query<BibState>(
    `select ${bibStateColumns} from bib b
     where b.zone_id = $1 and b.mms_id = any($2::text[]) and b.job_id = $3 and b.action = 'linked' and b.version = 1
     order by b.mms_id`,
    [run.inventoryZoneId, linked, run.ofJobId],
  )
  const changes = bibs
    .filter((bib) => bib.hangs.length === 0 && bib.lock === null)
    .map((before): BibChange => {
      const nothing = { keys: [], headings: [], words: '', title: '' }
      return {
        mmsId: before.mmsId,
        action: 'deleted',
        before,
        after: null,
        derivedBefore: nothing,
        derivedAfter: null,
        position: null,
      }
    })
  await writeBibs(tx, run.inventoryZoneId, changes, { by: run.by, jobId: run.jobId, fileNo: null })
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
