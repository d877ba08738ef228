import { getZoneById, type Zone } from '../catalog/zone.ts'
import type { Database } from '../db/database.ts'
import { retrying } from '../db/errors.ts'
import { unpack } from '../marc/packed.ts'
import type { BibState } from '../rules/bib-state.ts'
import type { RunProfile } from '../rules/import-profile.ts'
import { displayTitle } from '../rules/display-title.ts'
import type { Expected } from '../rules/plan.ts'
import type { Prepared } from '../rules/prepare.ts'
import type { ShareTerms } from '../rules/share.ts'
import { type BatchResult, type BatchRun, importBatch, type PreparedRecord } from './batch.ts'
import { addEvent, isDry, type JobRow } from './job-row.ts'
import { holdFence, isCancelled, type Lease } from './lease.ts'
import { writeLedger } from './ledger.ts'
import type { LinkSettings } from './link-settings.ts'
import { isMmsId, type MmsIdList } from './mms-id-list.ts'
import { persist } from './persist.ts'
import { forgetPlanned } from './preview.ts'
import { findExpected } from './run-files.ts'
import {
  findOurs,
  type ListPlace,
  type Ours,
  OursChanged,
  outOfList,
  prepareOurs,
  shareTerms,
} from './share-batch.ts'
import { readStoredList } from './stored-list.ts'

/** Bibs of a batch: few enough that the gateway never waits long behind one. */
const batchSize = 150

/** The one file of such a job, and the one part that it is. */
const fileNo = 1
const partNo = 1

/**
 * Links the bibs of a list to those of the network, after those that the ledger has. Answers whether all is
 * done; not where it was stopped before.
 *
 * @throws {ImportRefusal} where the list is not there any more @throws {LeaseLost}
 */
export async function runLinks(
  db: Database,
  dataDir: string,
  lease: Lease,
  settings: LinkSettings,
): Promise<boolean> {
  const { job, signal } = lease
  const sha256 = await retrying(() => hashOf(db, job))
  const list = await readStoredList(dataDir, sha256)
  await retrying(() => frameList(db, job, list), { findsItsOwnEffects: true })
  const work = await retrying(() => workOf(db, job, settings, sha256))
  const places = list.lines.map((line, at) => ({ ...line, position: at + 1 }))
  let done = await retrying(() => doneOf(db, job))
  while (done < places.length) {
    if (signal.aborted || (await retrying(() => isCancelled(db, job.jobId)))) return false
    const from = done
    await persist(db, lease, { fileNo, position: from + 1 }, async () => {
      done = await linkNext(db, lease, work, places, from)
    })
    if (done === from) done = await retrying(() => doneOf(db, job))
  }
  if (isDry(job.kind)) await retrying(() => forgetPlanned(db, job.jobId))
  return true
}

async function hashOf(db: Database, { jobId }: JobRow): Promise<string> {
  const [file] = await db.query<{ sha256: string }>(
    `select sha256 from import_file where job_id = $1 and file_no = $2`,
    [jobId, fileNo],
  )
  if (!file) throw new Error(`job ${jobId} has no list`)
  return file.sha256
}

/** Notes once what the list is made of; a commit has it from its preview. */
const frameList = (db: Database, job: JobRow, { lines, junk }: MmsIdList): Promise<void> =>
  db.transaction(async (tx) => {
    await holdFence(tx, job)
    const sum = (parts: readonly { readonly length: number }[]) =>
      parts.reduce((bytes, { length }) => bytes + length, 0)
    const framed = await tx.execute(
      `update import_file set format = 'list', bytes = $3, records = $4, junk_bytes = $5
       where job_id = $1 and file_no = $2 and format is null`,
      [job.jobId, fileNo, sum(lines) + sum(junk), lines.length, sum(junk)],
    )
    if (framed === 0) return
    await tx.execute(
      `insert into import_junk (job_id, file_no, byte_offset, byte_length, why)
       select $1, $2, n.* from unnest($3::bigint[], $4::bigint[], $5::text[]) as n`,
      [
        job.jobId,
        fileNo,
        junk.map(({ offset }) => offset),
        junk.map(({ length }) => length),
        junk.map(({ why }) => why),
      ],
    )
    const [first] = lines
    if (first)
      await tx.execute(
        `insert into import_part (job_id, file_no, part_no, first_position, last_position, first_offset, done_position)
         values ($1, $2, $3, 1, $4, $5, 0)`,
        [job.jobId, fileNo, partNo, lines.length, first.offset],
      )
    else await addEvent(tx, job.jobId, 'warning', 'NO_RECORDS', 'There is no MMS ID in the list.')
  })

async function doneOf(db: Database, { jobId }: JobRow): Promise<number> {
  const [part] = await db.query<{ done: number }>(
    `select done_position as done from import_part where job_id = $1 and file_no = $2 and part_no = $3`,
    [jobId, fileNo, partNo],
  )
  return part?.done ?? 0
}

/** What all batches of a job go by. */
type Work = {
  readonly profile: RunProfile
  readonly institution: Zone
  readonly network: Zone
  readonly terms: ShareTerms
  readonly settings: LinkSettings
  readonly file: string
}

async function workOf(db: Database, job: JobRow, settings: LinkSettings, sha256: string): Promise<Work> {
  const { profile } = job
  if (profile === null) throw new Error(`job ${job.jobId} has no profile`)
  const institution = await getZoneById(db, job.zoneId)
  const network = await getZoneById(db, job.bibZoneId)
  const terms = await shareTerms(db, institution, network)
  return { profile, institution, network, terms, settings, file: sha256.slice(0, 16) }
}

/**
 * Links the next bibs of the list and answers how far it has come then. A bib that has been changed
 * while its record was prepared is prepared anew.
 */
async function linkNext(
  db: Database,
  { job }: Lease,
  work: Work,
  places: readonly ListPlace[],
  done: number,
): Promise<number> {
  for (;;) {
    const next = places.slice(done, done + batchSize)
    const expected = await expectedOf(db, job, work.settings, next)
    const { records, ours, system } = await nextBatch(db, job, work, next, expected)
    const last = records.at(-1)
    if (!last) throw new Error(`nothing is left of the list of job ${job.jobId}`)
    const run = runOf(job, work, ours, system, expected)
    const byPosition = new Map(records.map((record) => [record.position, record]))
    const parts = [{ partNo, first: 1, last: places.length }]
    try {
      await importBatch(db, run, records, (tx, results) =>
        writeLedger(
          tx,
          { job, fileNo, parts, records: byPosition },
          results.map((result) => withOurs(result, ours.get(result.position))),
        ),
      )
      return last.position
    } catch (error) {
      if (!(error instanceof OursChanged)) throw error
    }
  }
}

/** The ledger names the bib of the institution: that it is linked, or which one it was. */
const withOurs = (result: BatchResult, ours: Ours | undefined): BatchResult =>
  ours && result.linkedMmsId === null ? { ...result, trace: { ...result.trace, ours } } : result

type Held = ReadonlyMap<number, Expected> | null

/** What was shown, where the job does what a preview or a person has looked at. */
async function expectedOf(
  db: Database,
  { kind, ofJobId }: JobRow,
  { decided }: LinkSettings,
  places: readonly ListPlace[],
): Promise<Held> {
  const [first] = places
  const last = places.at(-1)
  if (decided !== null) return new Map([[1, decided.expected]])
  if (kind !== 'commit' || ofJobId === null || !first || !last) return null
  return findExpected(db, ofJobId, fileNo, first.position, last.position)
}

function runOf(
  job: JobRow,
  { profile, institution, network, settings: { decided }, file }: Work,
  ours: ReadonlyMap<number, Ours>,
  system: string | null,
  expected: Held,
): BatchRun {
  return {
    profile: system === null ? profile : { ...profile, originatingSystem: system },
    bibZone: network,
    inventoryZone: institution,
    by: job.submittedBy,
    job: { jobId: job.jobId, fileNo, file },
    mode: isDry(job.kind) ? 'preview' : 'apply',
    share: {
      ours,
      keepsMatch: decided === null || decided.as === 'theirs' || decided.as === 'create',
      contributesSuppressed: decided !== null,
    },
    ...(decided?.into == null ? {} : againstOf(decided.as, decided.into)),
    ...(expected ? { expected } : {}),
  }
}

/** Theirs stays as it is; into the others a person has decided that ours goes. */
export const againstOf = (
  as: 'create' | 'theirs' | 'merge' | 'overlay',
  into: string,
): Pick<BatchRun, 'against' | 'decided'> =>
  as === 'merge' || as === 'overlay' ? { decided: { as, into } } : { against: into }

type NextBatch = {
  readonly records: readonly PreparedRecord[]
  /** The bibs of the list that there are, whatever becomes of them. */
  readonly ours: ReadonlyMap<number, Ours>
  /** What the bibs of the batch came from; nothing where none of them gets so far. */
  readonly system: string | null
}

/** The next lines up to one that names a bib a second time, or whose bib comes from another system. */
async function nextBatch(
  db: Database,
  job: JobRow,
  { profile, institution, terms }: Work,
  places: readonly ListPlace[],
  expected: Held,
): Promise<NextBatch> {
  const bibs = await retrying(() =>
    findOurs(db, institution, places.map(({ text }) => text).filter(isMmsId), {
      lock: false,
      preview: isDry(job.kind) ? job.jobId : null,
    }),
  )
  const records: PreparedRecord[] = []
  const ours = new Map<number, Ours>()
  const named = new Set<string>()
  let system: string | null = null
  for (const place of places) {
    const bib = bibs.get(place.text)
    if (bib) {
      if (named.has(bib.mmsId) || (system !== null && bib.originatingSystem !== system)) break
      named.add(bib.mmsId)
      ours.set(place.position, { mmsId: bib.mmsId, version: bib.version })
    }
    const refused = refusedAs(bib, place)
    if (bib && refused === null) system ??= bib.originatingSystem
    const record =
      bib && refused === null
        ? prepareOurs(bib, terms, profile, place)
        : outOfList(place, refused ?? gone(place))
    records.push(heldTo(record, expected))
  }
  return { records, ours, system }
}

/** What is out by now and was not so in the preview has drifted like the rest; plans are held by themselves. */
function heldTo(record: PreparedRecord, expected: Held): PreparedRecord {
  const { prepared, position } = record
  const shown = expected?.get(position)
  if (!shown || prepared.status === 'ready') return record
  if (shown.outcome === prepared.outcome && shown.code === prepared.code) return record
  return { ...record, prepared: { ...prepared, outcome: 'unresolved', code: 'PREVIEW_DRIFTED' } }
}

const gone = ({ text }: ListPlace) =>
  ({ status: 'out', outcome: 'rejected', code: 'NO_SUCH_BIB', title: text }) as const

/** Why a line of the list comes to nothing before the network is asked. */
function refusedAs(bib: BibState | undefined, place: ListPlace): Prepared | null {
  if (!isMmsId(place.text)) return { ...gone(place), code: 'NOT_AN_MMS_ID' }
  if (!bib) return gone(place)
  if (bib.linkedMmsId === null) return null
  return {
    status: 'out',
    outcome: 'not_imported',
    code: 'ALREADY_LINKED',
    title: displayTitle(unpack(bib.record)),
  }
}
