import type { CopyBuffer } from '../db/copy.ts'
import { copyRows } from '../db/copy-rows.ts'
import type { Tx } from '../db/database.ts'
import { partOf } from '../catalog/part.ts'
import type { Outcome } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import type { BatchResult, PreparedRecord } from './batch.ts'
import { writeCombined } from './combined-bibs.ts'
import { writeInventorySteps } from './inventory-ledger.ts'
import { isDry, type JobRow } from './job-row.ts'
import { LeaseLost } from './lease.ts'
import { tallyOf } from './tally.ts'

export type LedgerPart = { readonly partNo: number; readonly first: number; readonly last: number }

/** What the ledger rows of one call belong to. */
export type LedgerBatch = {
  readonly job: JobRow
  readonly fileNo: number
  readonly parts: readonly LedgerPart[]
  readonly records: ReadonlyMap<number, PreparedRecord>
}

/**
 * Writes the ledger rows of a batch in the batch's own transaction, with the tally of its parts and the
 * issues that it opens. The fence is asked in the same transaction: who lost the lease commits nothing.
 *
 * @throws {LeaseLost}
 */
export async function writeLedger(
  tx: Tx,
  { job, fileNo, parts, records }: LedgerBatch,
  results: readonly BatchResult[],
): Promise<void> {
  await writeRows(tx, job, fileNo, records, results)
  await writeInventorySteps(tx, { jobId: job.jobId, fileNo, zoneId: job.zoneId, isSettled: false }, results)
  await writeCombined(tx, results, (position) => ({ job: job.jobId, file: fileNo, position }))
  if (isDry(job.kind)) await writePlanned(tx, job, fileNo, results)
  // Of a list of bibs nothing waits in the queue: what could not be linked is in the report, and shared one by one.
  else if (job.link === null) await openIssues(tx, job, fileNo, results)
  const repairs = new Map(results.map(({ position }) => [position, records.get(position)?.repairs ?? []]))
  for (const { partNo, first, last } of parts) {
    const own = results.filter(({ position }) => position >= first && position <= last)
    if (own.length === 0) continue
    const updated = await tx.execute(
      `update import_part p set done_position = $4, tally = (
         select coalesce(jsonb_object_agg(key, n), '{}') from (
           select key, sum(value::bigint) as n
           from (select * from jsonb_each_text(p.tally) union all select * from jsonb_each_text($5::jsonb)) counts
           group by key) sums)
       from import_job j
       where p.job_id = $1 and p.file_no = $2 and p.part_no = $3 and j.job_id = p.job_id and j.fence = $6 and j.status = 'running'
         and p.done_position = $7`,
      [
        job.jobId,
        fileNo,
        partNo,
        own.at(-1)?.position,
        JSON.stringify(tallyOf(own, repairs)),
        job.fence,
        (own[0] as BatchResult).position - 1,
      ],
    )
    if (updated !== 1)
      throw new LeaseLost(`part ${partNo} of file ${fileNo} of job ${job.jobId} is no longer ours to write`)
  }
}

async function writeRows(
  tx: Tx,
  job: JobRow,
  fileNo: number,
  records: LedgerBatch['records'],
  results: readonly BatchResult[],
): Promise<void> {
  await copyRows(
    tx,
    `copy import_record (job_id, file_no, position, byte_offset, byte_length, hash, outcome, code, mms_id, version_before, version_after,
       linked_mms_id, matched, duplicate_in_file, headings, repairs, title, trace, part) from stdin (format binary)`,
    (rows) => {
      for (const result of results) {
        const record = records.get(result.position)
        if (!record)
          throw new Error(`record ${result.position} of file ${fileNo} has a result and was never read`)
        writeRow(rows, job, fileNo, record, result)
      }
    },
  )
}

function writeRow(
  rows: CopyBuffer,
  job: JobRow,
  fileNo: number,
  record: PreparedRecord,
  result: BatchResult,
): void {
  rows.row(19)
  rows.int8(Number(job.jobId))
  rows.int2(fileNo)
  rows.int4(result.position)
  rows.int8(record.offset)
  rows.int4(record.length)
  rows.bytes(Buffer.from(record.hash, 'hex'))
  rows.text(result.outcome)
  rows.text(result.code)
  rows.text(result.mmsId)
  rows.int4(result.versionBefore)
  rows.int4(result.versionAfter)
  rows.text(result.linkedMmsId)
  rows.int2(Math.min(result.matched, 32_767))
  rows.bool(result.duplicateInFile)
  rows.int2(Math.min(result.headings, 32_767))
  rows.textArray(record.repairs.length === 0 ? null : [...new Set(record.repairs.map(({ code }) => code))])
  rows.text(isDry(job.kind) || !staysWithBib(result) ? titleOf(record) : null)
  if (result.trace === null || !saysMore(result.outcome, result.trace)) rows.null_()
  else rows.jsonb(JSON.stringify(result.trace))
  rows.int2(partOf(job.jobId))
}

/** A million created or unchanged records need no trace: their keys say how they would be found. */
const saysMore = (outcome: Outcome, { candidates, superseded, warned, combined }: Trace) =>
  (outcome !== 'created' && outcome !== 'unchanged') ||
  [candidates, superseded, warned, combined].some((part) => part !== undefined)

/** Whether the title is found with the bib: not where the record said another one, or the bib is no more. */
const staysWithBib = ({ mmsId, code, outcome }: BatchResult) =>
  mmsId !== null && code === null && outcome !== 'deleted'

const titleOf = ({ prepared }: PreparedRecord) =>
  prepared.status === 'ready' ? prepared.ready.derived.title : prepared.title

async function writePlanned(
  tx: Tx,
  job: JobRow,
  fileNo: number,
  results: readonly BatchResult[],
): Promise<void> {
  const planned = results.filter(({ mmsId, content }) => mmsId !== null && content !== null)
  const deleted = results.filter(
    ({ outcome, mmsId, content }) => outcome === 'deleted' && mmsId !== null && content === null,
  )
  await copyRows(
    tx,
    'copy preview_record (job_id, file_no, position, mms_id, version_before, before, after, content) from stdin (format binary)',
    (rows) => {
      for (const { position, mmsId, versionBefore, before, after, content } of [...planned, ...deleted]) {
        rows.row(8)
        rows.int8(Number(job.jobId))
        rows.int2(fileNo)
        rows.int4(position)
        rows.text(mmsId)
        rows.int4(versionBefore)
        rows.text(before)
        rows.text(after)
        rows.text(content)
      }
    },
  )
}

/** D5: what is unresolved, rejected or guarded waits for a person. */
export const waitsForPerson = ({ outcome, code }: Pick<BatchResult, 'outcome' | 'code'>): boolean =>
  outcome === 'unresolved' ||
  outcome === 'rejected' ||
  (outcome === 'not_imported' && code?.startsWith('NOT_ADDED') === true)

async function openIssues(
  tx: Tx,
  job: JobRow,
  fileNo: number,
  results: readonly BatchResult[],
): Promise<void> {
  const open = results.filter(waitsForPerson)
  if (open.length === 0) return
  await tx.execute(
    `insert into import_issue (zone_id, job_id, file_no, position, outcome, code, candidates)
     select $1, $2, $3, n.position, n.outcome, n.code, string_to_array(nullif(n.candidates, ''), ',')
     from unnest($4::int[], $5::text[], $6::text[], $7::text[]) as n (position, outcome, code, candidates)`,
    [
      job.zoneId,
      job.jobId,
      fileNo,
      open.map(({ position }) => position),
      open.map(({ outcome }) => outcome),
      open.map(({ code }) => code),
      open.map(({ candidates }) => candidates.join(',')),
    ],
  )
}
