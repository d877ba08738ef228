import { getZone, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { beyondScope } from '../db/scope.ts'
import type { Code } from '../rules/outcome.ts'
import { codeRemedies, codeSentences, outcomes } from '../rules/outcome.ts'
import type { Expected } from '../rules/plan.ts'
import { leaseOwner } from './dead-lease.ts'
import { submitUndo } from './follow-job.ts'
import { getRecord } from './job-records.ts'
import type { ShareAs } from './link-settings.ts'
import { ImportRefusal } from './refusal.ts'
import { getReport, listConflicts } from './report.ts'
import { runJob } from './run-job.ts'
import { findShared, getOwn } from './share-preview.ts'
import { storeStream } from './store.ts'
import { networkOf, submitLink } from './submit-link.ts'

export type ShareOrder = {
  readonly zone: string
  readonly mmsId: string
  readonly as: ShareAs
  readonly into: string | null
  /** What the preview gave for this way; nothing else is done than what it showed. */
  readonly preview: string
  readonly by: string | null
  /** Throws where whoever shares may not do so in the network. */
  readonly holdTo?: (network: string) => void
}

/** A bib that was shared, by a job of its own. */
export type Shared = {
  readonly job: number
  readonly outcome: 'created' | 'merged' | 'overlaid' | 'unchanged'
  /** The institution's bib, under its number as before. */
  readonly mmsId: string
  /** The network's bib that it is linked to now. */
  readonly linkedMmsId: string
}

/**
 * Shares a bib with the network as a person has decided, held to the preview: a job over that one bib, which
 * is run here to its end. A process that dies in the middle leaves it to the importer.
 *
 * @throws {ImportRefusal} where something has changed since the preview, and both bibs stay as they are
 */
export async function shareBib(
  db: Database,
  dataDir: string,
  { zone: code, mmsId, as, into, preview, by, holdTo }: ShareOrder,
): Promise<Shared> {
  const zone = await getZone(db, code)
  const network = await networkOf(db, zone)
  holdTo?.(network.code)
  const expected = readPreviewed(preview)
  if ((into === null) !== (as === 'create') || !isOf(expected, as, into, mmsId)) throw notOfPreview()
  await refuseChanged(db, zone, network, mmsId, expected)
  const owner = leaseOwner()
  const { sha256 } = await storeStream(dataDir, oneLine(mmsId))
  const { job } = await submitLink(db, dataDir, {
    zone: code,
    list: { sha256, name: mmsId },
    contribute: true,
    dryRun: false,
    decided: { as, into, expected },
    by,
    owner,
  })
  const ended = await beyondScope(() => runJob(db, dataDir, String(job.job), { owner }))
  if (ended !== 'completed') throw await notComplete(db, job.job)
  const {
    outcome,
    code: why,
    trace,
    mmsId: linkedMmsId,
  } = await getRecord(db, dataDir, job.job, {
    file: 1,
    position: 1,
  })
  if (linkedMmsId !== null && isDone(outcome)) return { job: job.job, outcome, mmsId, linkedMmsId }
  const guard = trace?.guard
  const held = guard?.guard === 'locked' ? ` A bib is open to ${guard.holder} since ${guard.since}.` : ''
  throw refusal(why ?? 'PREVIEW_DRIFTED', held)
}

const isDone = (outcome: string): outcome is Shared['outcome'] =>
  outcome === 'created' || outcome === 'merged' || outcome === 'overlaid' || outcome === 'unchanged'

async function* oneLine(mmsId: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${mmsId}\n`)
}

const refusal = (code: Code, more = '') =>
  code === 'PREVIEW_DRIFTED'
    ? new ImportRefusal(
        'conflict',
        code,
        `${codeSentences[code]}${more}`,
        'Look at the preview anew, and decide again.',
      )
    : new ImportRefusal('conflict', code, `${codeSentences[code]}${more}`, codeRemedies[code])

/** What has plainly changed is refused before there is a job. */
async function refuseChanged(
  db: Database,
  zone: Zone,
  network: Zone,
  mmsId: string,
  { mmsId: theirs, versionBefore, combined }: Expected,
): Promise<void> {
  const ours = await db.transaction((tx) => getOwn(tx, zone, mmsId))
  const shown = combined.find(({ became }) => became === 'linked')
  const [row] =
    theirs === null
      ? [{ version: versionBefore }]
      : await db.query<{ version: number | null }>(
          `select version from bib where zone_id = $1 and mms_id = $2`,
          [network.zoneId, theirs],
        )
  if (shown?.versionBefore !== ours.version || row?.version !== versionBefore)
    throw refusal('PREVIEW_DRIFTED')
}

/** Whether a preview is of this bib and of this way to share it. */
function isOf(expected: Expected, as: ShareAs, into: string | null, mmsId: string): boolean {
  const ways: Readonly<Record<ShareAs, readonly string[]>> = {
    create: ['created'],
    theirs: ['unchanged'],
    merge: ['merged', 'unchanged'],
    overlay: ['overlaid', 'unchanged'],
  }
  return (
    ways[as].includes(expected.outcome) &&
    expected.mmsId === into &&
    expected.combined.some((bib) => bib.became === 'linked' && bib.mmsId === mmsId)
  )
}

/** The preview as it was given out. @throws {ImportRefusal} where it is none */
function readPreviewed(text: string): Expected {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (isExpected(read)) {
      // Of a bib that is shared no inventory is asked about.
      const { inventory: _, ...expected } = read
      return expected
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw notOfPreview()
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isNumberOrNull = (value: unknown) => value === null || Number.isSafeInteger(value)
const isTextOrNull = (value: unknown) => value === null || typeof value === 'string'

/** A preview of a success has no code. */
const isExpected = (read: unknown): read is Expected =>
  isObject(read) &&
  outcomes.some((outcome) => outcome === read['outcome']) &&
  read['code'] === null &&
  isTextOrNull(read['mmsId']) &&
  isNumberOrNull(read['versionBefore']) &&
  isTextOrNull(read['content']) &&
  Array.isArray(read['combined']) &&
  read['combined'].every(
    (bib: unknown) =>
      isObject(bib) &&
      bib['became'] === 'linked' &&
      typeof bib['mmsId'] === 'string' &&
      Number.isSafeInteger(bib['versionBefore']),
  )

const notOfPreview = () =>
  new ImportRefusal(
    'invalid',
    'NOT_OF_PREVIEW',
    'What is to be done is not what a preview of this bib has given.',
    'Ask for the preview, and send `preview` of one of its options back with `as` and `into` of the same.',
  )

/** A share that was taken back, and what of it could not be. */
export type Unshared = {
  readonly job: number
  readonly ofJob: number
  readonly result: 'removed' | 'restored' | 'merged' | 'conflict' | 'gone' | 'nothing'
  readonly conflicts: readonly string[]
}

/**
 * Takes back the last share of a bib: ours is the institution's own again, and the network's is what it was,
 * both three ways. What cannot be taken back is named and stays.
 *
 * @throws {ImportRefusal} where the bib was not shared by itself, or that has been taken back already
 */
export async function undoShare(
  db: Database,
  dataDir: string,
  zone: Zone,
  mmsId: string,
  { by, holdTo }: Pick<ShareOrder, 'by' | 'holdTo'>,
): Promise<Unshared> {
  const network = await networkOf(db, zone)
  const ofJob = await findShared(db, zone, mmsId)
  holdTo?.(network.code)
  const owner = leaseOwner()
  const { job } = await submitUndo(db, ofJob, by, owner)
  await beyondScope(() => runJob(db, dataDir, String(job), { owner }))
  const { undo, status } = await getReport(db, job)
  if (status !== 'completed' || undo === null) throw await notComplete(db, job)
  const results = ['removed', 'restored', 'merged', 'conflict', 'gone', 'nothing'] as const
  const conflicts = await listConflicts(db, job, { limit: 1 })
  return {
    job,
    ofJob,
    result: results.find((result) => undo[result] > 0) ?? 'nothing',
    conflicts: conflicts.flatMap((row) => row.conflicts),
  }
}

/** The database was away, or the disk full: the job that was begun is in the list, and says so. */
async function notComplete(db: Database, job: number): Promise<ImportRefusal> {
  const { status, reason } = await getReport(db, job)
  return new ImportRefusal(
    'conflict',
    'NOT_COMPLETE',
    `Job ${job} is ${status}${reason === null ? '' : `: ${reason}`}.`,
    `See job ${job}: one that is paused goes on by itself.`,
  )
}
