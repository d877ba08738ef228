import { getZone, getZoneById } from '../catalog/zone.ts'
import type { Database, Tx } from '../db/database.ts'
import type { Format, RecordFrame } from '../marc/frame.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { codeRemedies, codeSentences } from '../rules/outcome.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { type CombinedBy, writeCombined } from './combined-bibs.ts'
import { frameOf, getExport, getExportBytes } from './gateway-export.ts'
import { getIntegrationProfile } from './integration-profile.ts'
import { getIssue, type Issue, placeOf, type Resolution, type WholeIssue } from './issues.ts'
import { readFrame } from './original-records.ts'
import { getJobRow } from './job-row.ts'
import { permissions } from './permissions.ts'
import { letPass, prepareFrame } from './prepare-frame.ts'
import { writeInventorySteps } from './inventory-ledger.ts'
import { ImportRefusal } from './refusal.ts'
import { resolveProfile } from './resolve-profile.ts'

export type Decision = {
  readonly as: Resolution
  /**
   * The bib to merge into, to overlay, or that stays of several; may be left out where there is one candidate,
   * and where the record has proposed one of several to stay.
   */
  readonly into?: string
  /** The bibs that are combined into it; the other candidates, where none are named. */
  readonly others?: readonly string[]
  readonly by: string | null
}

/**
 * Settles an issue as a person decided: the record enters by the same code as every other, with the
 * decision in place of matching. The issue is closed in the same transaction, once. The ledger row stays
 * as it was (D5).
 *
 * @throws {ImportRefusal} where it cannot be settled so; nothing has been changed then
 */
export async function resolveIssue(
  db: Database,
  dataDir: string,
  id: number,
  decision: Decision,
): Promise<WholeIssue> {
  const issue = await getIssue(db, dataDir, id)
  if (issue.resolvedAt !== null) throw resolved(issue)
  if (decision.as === 'discard') {
    await db.transaction((tx) => close(tx, issue, decision, null))
    return getIssue(db, dataDir, id)
  }
  const source = await sourceOf(db, dataDir, issue)
  const record = prepareIssue(issue, source)
  const into = decision.as === 'create' ? undefined : intoOf(issue, decision)
  const others = decision.as === 'combine' ? othersOf(issue, decision, into) : []
  const run: BatchRun = {
    ...source.run,
    by: decision.by,
    mode: 'apply',
    decided: { as: decision.as, ...(into === undefined ? {} : { into }), others },
  }
  await importBatch(db, run, [record], async (tx, results) => {
    const [result] = results
    if (!result) throw new Error(`the record of issue ${id} came to no result`)
    if (!isWritten(result, decision))
      throw refused(issue, { ...decision, ...(into === undefined ? {} : { into }), others }, result)
    await close(tx, issue, decision, result)
    await writeCombined(tx, results, () => combinedBy(issue))
    const { job } = run
    if (job)
      await writeInventorySteps(tx, { ...job, zoneId: run.inventoryZone.zoneId, isSettled: true }, results)
  })
  return getIssue(db, dataDir, id)
}

/** Whether the record became what was decided. */
const isWritten = ({ outcome }: BatchResult, { as }: Decision): boolean =>
  as === 'create' ? outcome === 'created' : outcome === 'unchanged' || writtenAs[as].includes(outcome)

const writtenAs: Readonly<Record<Exclude<Resolution, 'create'>, readonly string[]>> = {
  merge: ['merged'],
  overlay: ['overlaid'],
  // As the profile has it for a match.
  combine: ['merged', 'overlaid'],
  discard: [],
}

const combinedBy = (issue: Issue): CombinedBy => {
  if (issue.export !== null) return { export: issue.export }
  const { job, file, position } = placeOf(issue)
  return { job: String(job), file, position }
}

/** The bytes of an issue's record, and what they would be imported under. */
type IssueSource = {
  readonly format: Format
  readonly frame: RecordFrame
  readonly run: Pick<BatchRun, 'profile' | 'bibZone' | 'inventoryZone' | 'job'>
}

async function sourceOf(db: Database, dataDir: string, issue: Issue): Promise<IssueSource> {
  if (issue.export !== null) return exportSource(db, issue, issue.export)
  const place = placeOf(issue)
  const job = await getJobRow(db, place.job)
  const zone = await getZoneById(db, job.zoneId)
  const profile = job.profile as RunProfile
  return {
    ...(await readFrame(db, dataDir, job.jobId, place)),
    run: {
      // What a rule has failed on goes by the rules as they are by now: they may have been mended.
      profile: issue.code === 'RULE_FAILED' ? await resolveProfile(db, zone, profile) : profile,
      bibZone: await getZoneById(db, job.bibZoneId),
      inventoryZone: zone,
      // The bib's version names the job and the record that it came from.
      job: { jobId: job.jobId, fileNo: place.file, source: await fileKey(db, job.jobId, place.file) },
    },
  }
}

const fileKey = async (db: Database, jobId: string, file: number): Promise<string> => {
  const [row] = await db.query<{ sha256: string }>(
    `select sha256 from import_file where job_id = $1 and file_no = $2`,
    [jobId, file],
  )
  return row?.sha256.slice(0, 16) ?? ''
}

/** By the rules of the zone as they are now, in the zone in which the record's candidates were found. */
async function exportSource(db: Database, { zone: code }: Issue, id: number): Promise<IssueSource> {
  const zone = await getZone(db, code)
  const { profile } = await getIntegrationProfile(db, zone)
  const exported = await getExport(db, id)
  const frame = frameOf(await getExportBytes(db, id))
  return {
    format: 'iso2709',
    frame,
    run: {
      profile: await resolveProfile(db, zone, profile),
      bibZone: await getZone(db, exported.bibZone),
      inventoryZone: zone,
      job: null,
    },
  }
}

/** The record as it would have been prepared, with what a person may let pass let pass: repairs and validation. */
function prepareIssue({ id }: Issue, { format, frame, run }: IssueSource): PreparedRecord {
  const record = prepareFrame(format, frame, letPass(run.profile))
  if (record.prepared.status === 'ready') return record
  throw new ImportRefusal(
    'conflict',
    'NOT_IMPORTABLE',
    `The record of issue ${id} cannot become a bib: ${codeSentences[record.prepared.code]}`,
    `${codeRemedies[record.prepared.code]} To close the issue, discard it.`,
  )
}

function intoOf({ id, code, candidates }: Issue, { as, into }: Decision): string {
  if (into !== undefined) return into
  const [first] = candidates
  const isProposed = as === 'combine' && (code === 'COMBINE_MANUAL' || code === 'COMBINE_BLOCKED')
  if (first !== undefined && (candidates.length === 1 || isProposed)) return first
  throw new ImportRefusal(
    'invalid',
    'NO_TARGET',
    `Issue ${id} has ${candidates.length === 0 ? 'no' : candidates.length} candidates: which bib to ${as} is not said.`,
    candidates.length === 0
      ? 'Name the bib by its MMS ID.'
      : `Name the bib by its MMS ID: ${candidates.join(', ')}.`,
  )
}

function othersOf({ id, candidates }: Issue, { others }: Decision, into: string | undefined): string[] {
  const named = [...new Set(others ?? candidates)].filter((mmsId) => mmsId !== into)
  if (named.length > 0) return named
  throw new ImportRefusal(
    'invalid',
    'NOTHING_TO_COMBINE',
    `Issue ${id} has no other bib to combine into ${into}.`,
    `Merge the record into ${into}, or name the bibs that are the same title.`,
  )
}

/** Closes an issue that is still open; whoever comes second changes nothing. */
async function close(tx: Tx, issue: Issue, { as, by }: Decision, result: BatchResult | null): Promise<void> {
  await refuseUndone(tx, issue)
  const closed = await tx.execute(
    `update import_issue set resolved_at = now(), resolved_by = $2, resolution = $3, mms_id = $4,
            version_before = $5, version_after = $6, linked_mms_id = $7
     where issue_id = $1 and resolved_at is null`,
    [
      issue.id,
      by,
      as,
      result?.mmsId ?? null,
      result?.versionBefore ?? null,
      result?.versionAfter ?? null,
      result?.linkedMmsId ?? null,
    ],
  )
  if (closed === 0) throw resolved(issue)
}

/**
 * What is settled while its job is taken back would stay behind; the job's row keeps an undo from beginning
 * meanwhile. An export has no job to be taken back.
 */
async function refuseUndone(tx: Tx, { id, job }: Issue): Promise<void> {
  if (job === null) return
  await tx.query(`select from import_job where job_id = $1 for share`, [job])
  const { canUndo } = await permissions(tx, job)
  if (canUndo?.code !== 'UNDONE') return
  throw new ImportRefusal(
    'conflict',
    'UNDONE',
    `Issue ${id} cannot be settled any more: ${canUndo.message}`,
    'Import the file again.',
  )
}

const resolved = ({ id, resolution, resolvedBy }: Issue) =>
  new ImportRefusal(
    'conflict',
    'RESOLVED',
    `Issue ${id} has been settled already${resolution === null ? '' : `: ${resolution}`}${resolvedBy === null ? '' : `, by ${resolvedBy}`}.`,
    'Look at the bib that it became.',
  )

function refused(
  { id }: Issue,
  { as, into, others = [] }: Decision,
  { code, outcome, trace }: BatchResult,
): ImportRefusal {
  if (code === null)
    return new ImportRefusal(
      'conflict',
      'NO_TARGET',
      outcome === 'unresolved'
        ? `Issue ${id} cannot be settled by ${as}: ${others.length === 0 ? `there is no bib ${into ?? ''}` : `not all of ${[into, ...others].join(', ')} are`} in its zone.`
        : `Issue ${id} would have come to something else: ${outcome}.`,
      'Name a bib that is there, or create one.',
    )
  const guard =
    trace?.guard?.guard === 'locked'
      ? ` It is ${trace.guard.holder}, since ${trace.guard.since}.`
      : trace?.guard?.guard === 'combine'
        ? ` Bib ${trace.guard.mmsId}: ${trace.guard.why}.`
        : ''
  return new ImportRefusal('conflict', code, `${codeSentences[code]}${guard}`, codeRemedies[code])
}
