import { setTimeout as delay } from 'node:timers/promises'
import { lockBib } from '../../catalog/lock.ts'
import { getZone } from '../../catalog/zone.ts'
import type { Database } from '../../db/database.ts'
import { listIssues } from '../../import/issues.ts'
import { listRecords } from '../../import/job-records.ts'
import { getJob, type Job, listJobs } from '../../import/job.ts'
import { type Decision, resolveIssue } from '../../import/resolve-issue.ts'
import { storeStream } from '../../import/store.ts'
import { submitCommit, submitUndo } from '../../import/follow-job.ts'
import { submitJob } from '../../import/submit.ts'
import { openCommunity } from './community.ts'
import { type DemoGateway, exportRecords } from './exports.ts'
import { stockDemo } from './stock.ts'
import { type LoadName, loads } from './story.ts'
import { makeVendorFile, onePiece } from './vendor-files.ts'

/** Who is noted as having done it. */
const by = 'demo'

/** Milliseconds between two looks at a job. */
const pause = 100

/**
 * Loads the demo's files as people would, by the jobs that everybody uses; a running importer does the
 * work. Each step is done once: a run that was cut off goes on where it was, and one that is complete
 * changes nothing. Ends early, without an error, when `ending` aborts. Exports are made where there is a
 * gateway.
 */
export async function seedDemo(
  db: Database,
  dataDir: string,
  ending: AbortSignal,
  gateway: DemoGateway | null = null,
): Promise<void> {
  const exporting = async () => {
    if (gateway !== null) await exportRecords(db, gateway, ending)
  }
  try {
    if (await isDemoLoaded(db)) await exporting()
    else await tellStory(openTeller(db, dataDir, ending), exporting)
  } catch (error) {
    if (!ending.aborted) throw error
  }
}

/** What is loaded when all else is. */
const last: LoadName = 'may'

export async function isDemoLoaded(db: Database): Promise<boolean> {
  const rows = await db.query(
    `select from import_job where idempotency_key = $1 and finished_at is not null`,
    [keyOf(last)],
  )
  return rows.length > 0
}

async function tellStory(teller: Teller, exporting: () => Promise<void>): Promise<void> {
  const { load, commit, undo, resolve, lock, stock, community } = teller
  const opening = await load('opening')
  const ebooks = await load('ebooks')
  const formerSystem = await load('formerSystem')
  await load('tape')
  await load('strictTape')
  const approval = await load('approval')
  const rush = await load('rush')
  await lock(opening, 21)
  await load('updates')
  await load('fix')
  await commit(rush)
  const filmsInJanuary = await load('filmsInJanuary')
  await load('filmsInApril')
  await load('gifts')
  const wrongZone = await load('wrongZone')
  await load('correction')
  await undo(wrongZone)
  await load('rightZone')
  await load('specialCollections')
  await load('webPage')
  await resolve(approval, 14, { as: 'merge', into: await teller.bibOf(opening, 5), by })
  await resolve(approval, 16, { as: 'discard', by })
  await exporting()
  await stock({ opening, ebooks, formerSystem, filmsInJanuary })
  await community()
  await load(last)
}

const keyOf = (name: LoadName) => `demo ${name}`

type Teller = ReturnType<typeof openTeller>

function openTeller(db: Database, dataDir: string, ending: AbortSignal) {
  async function finished({ job }: Job): Promise<Job> {
    for (;;) {
      const now = await getJob(db, job)
      if (now.finishedAt !== null) return now
      await delay(pause, undefined, { signal: ending })
    }
  }

  async function follower(kind: 'commit' | 'undo', ofJob: Job): Promise<Job | undefined> {
    const jobs = await listJobs(db, { kind, limit: 1000 })
    return jobs.find((job) => job.ofJob === ofJob.job)
  }

  async function recordOf({ job }: Job, position: number) {
    const [record] = await listRecords(db, job, { position, limit: 1 })
    return record
  }

  async function bibOf(job: Job, position: number): Promise<string> {
    const record = await recordOf(job, position)
    if (record?.mmsId == null) throw new Error(`record ${position} of job ${job.job} became no bib`)
    return record.mmsId
  }

  return {
    bibOf,

    async load(name: LoadName): Promise<Job> {
      const { file, ...submission } = loads[name]
      const bytes = await makeVendorFile(file)
      const { sha256 } = await storeStream(dataDir, onePiece(bytes))
      const { job } = await submitJob(db, dataDir, {
        ...submission,
        files: [{ sha256, name: file.name }],
        idempotencyKey: keyOf(name),
        by,
      })
      const done = await finished(job)
      if (done.status === 'failed' && file.sentAs !== 'web-page')
        throw new Error(`Job ${job.job}, ${job.label}, failed: ${done.reason}`)
      return done
    },

    async commit(preview: Job): Promise<void> {
      await finished((await follower('commit', preview)) ?? (await submitCommit(db, preview.job, by)))
    },

    async undo(job: Job): Promise<void> {
      await finished((await follower('undo', job)) ?? (await submitUndo(db, job.job, by)))
    },

    /** A cataloguer has the bib of that record open; the lock ends by itself. */
    async lock(job: Job, position: number): Promise<void> {
      const zone = await getZone(db, job.bibZone)
      const { zoneId } = await getZone(db, 'SALT')
      await lockBib(db, zone.zoneId, await bibOf(job, position), 'a cataloguer', zoneId)
    },

    /** The libraries put copies of what was loaded on their shelves, and give access to the rest. */
    async stock(jobs: Readonly<Partial<Record<LoadName, Job>>>): Promise<void> {
      await stockDemo(db, (of, position) => bibOf(jobs[of] ?? missing(of), position), by)
    },

    /** The community zone has collections, and a library has activated some of them. */
    community: () => openCommunity(db, by),

    async resolve(job: Job, position: number, decision: Decision): Promise<void> {
      const issues = await listIssues(db, { job: job.job, open: true, limit: 1000 })
      const issue = issues.find((one) => one.position === position)
      if (issue !== undefined) await resolveIssue(db, dataDir, issue.id, decision)
    },
  }
}

const missing = (name: LoadName): never => {
  throw new Error(`${name} was not loaded`)
}
