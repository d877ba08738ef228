import { isDeepStrictEqual } from 'node:util'
import { getZoneById } from '../catalog/zone.ts'
import type { Database, Queryable } from '../db/database.ts'
import type { Code, Outcome } from '../rules/outcome.ts'
import type { Trace } from '../rules/trace.ts'
import { explainRecord } from './explain.ts'
import type { Explanation } from './explanation.ts'
import { getJobRow } from './job-row.ts'
import { readFrame } from './original-records.ts'
import type { RecordPlace } from './record-filter.ts'
import { listInventorySteps } from './inventory-ledger.ts'
import { ImportRefusal } from './refusal.ts'
import { findExpected } from './run-files.ts'

/** The explanation of a record that was imported, and whether it comes to what the ledger says. */
export type RecordExplanation = {
  readonly explanation: Explanation
  /** False where something that has no past plays a part: the zone's protected fields, say, have changed since. */
  readonly agrees: boolean
}

type LedgerRow = {
  readonly outcome: Outcome
  readonly code: Code | null
  readonly mmsId: string | null
  readonly trace: Trace | null
  readonly entry: string | null
  readonly sha256: string
}

/**
 * Derives anew what was decided about a record of a job: from its bytes as they came, by the profile and the
 * rule files that the job ran by, against the bibs in the versions that it met.
 *
 * @throws {ImportRefusal} where the job has no such record, or imported nothing
 */
export async function explainJobRecord(
  db: Database,
  dataDir: string,
  job: number,
  place: RecordPlace,
): Promise<RecordExplanation> {
  const row = await getJobRow(db, job)
  const { jobId, kind, profile, ofJobId, link } = row
  if ((kind !== 'import' && kind !== 'commit') || profile === null || link !== null)
    throw new ImportRefusal(
      'conflict',
      'NOT_AN_IMPORT',
      `Job ${job} has imported no file of records: ${link === null ? `its kind is ${kind}` : 'it is over a list of bibs'}.`,
      'Explain a record of an import or a commit; of a file before it is imported, use accession explain FILE.',
    )
  const ledger = await findRow(db, jobId, place)
  if (!ledger)
    throw new ImportRefusal(
      'missing',
      'NO_SUCH_RECORD',
      `Job ${job} has no record ${place.position} in file ${place.file}, or has not come to it yet.`,
      'List the records of the job.',
    )
  const { format, frame } = await readFrame(db, dataDir, jobId, place)
  const bibZone = await getZoneById(db, row.bibZoneId)
  const inventoryZone = await getZoneById(db, row.zoneId)
  const { file: fileNo, position } = place
  const explained = await db.transaction(async (tx) => {
    await tx.execute('set transaction isolation level repeatable read, read only')
    const expected =
      kind === 'commit' && ofJobId !== null
        ? { expected: await findExpected(tx, ofJobId, fileNo, position, position) }
        : {}
    const run = {
      profile,
      bibZone,
      inventoryZone,
      by: null,
      job: { jobId, fileNo, file: ledger.sha256.slice(0, 16) },
      mode: 'preview',
      asOf: { jobId, fileNo, before: place },
      ...expected,
    } as const
    return explainRecord(tx, run, format, frame)
  })
  const inventory = await listInventorySteps(db, jobId, place)
  const explanation = asThen(
    { ...explained, inventory, place: { ...explained.place, entry: ledger.entry } },
    ledger,
  )
  return { explanation, agrees: agrees(explanation, ledger) }
}

async function findRow(
  db: Queryable,
  jobId: string,
  { file, position }: RecordPlace,
): Promise<LedgerRow | undefined> {
  const [row] = await db.query<LedgerRow>(
    `select r.outcome, r.code, r.mms_id as "mmsId", r.trace, f.entry, f.sha256
     from import_record r join import_file f on f.job_id = r.job_id and f.file_no = r.file_no
     where r.job_id = $1 and r.file_no = $2 and r.position = $3`,
    [jobId, file, position],
  )
  return row
}

/**
 * What the record by itself does not tell: the number of the bib that it made, and why its bytes were no
 * record, which is said by what followed them in their file.
 */
function asThen(explanation: Explanation, { outcome, code, mmsId, trace }: LedgerRow): Explanation {
  const { result, decode } = explanation
  if (decode.rejected && explanation.code === code && outcome === 'rejected') {
    const message = trace?.problems?.[0] ?? decode.rejected.message
    return { ...explanation, decode: { ...decode, rejected: { ...decode.rejected, message } }, trace }
  }
  return result.mmsId?.startsWith('new:') === true && mmsId !== null
    ? { ...explanation, result: { ...result, mmsId } }
    : explanation
}

/** A ledger that keeps no trace says nothing that could be another. */
const agrees = ({ outcome, code, result, trace }: Explanation, ledger: LedgerRow): boolean =>
  outcome === ledger.outcome &&
  code === ledger.code &&
  result.mmsId === ledger.mmsId &&
  (ledger.trace === null || isDeepStrictEqual(trace, ledger.trace))
