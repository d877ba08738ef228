import { setTimeout as delay } from 'node:timers/promises'
import { getJob, type Job } from '../import/job.ts'
import { type JobReport, getReport } from '../import/report.ts'
import { runJob } from '../import/run-job.ts'
import { cancelJob } from '../import/control-job.ts'
import type { Catalogue } from './catalogue.ts'
import { counted, formatCount } from './columns.ts'
import { exitCodes } from './exit-code.ts'
import type { Io } from './io.ts'
import { formatSeconds } from './time.ts'

export type RunHere = {
  /** Who holds the job's lease. */
  readonly owner: string
  /** Said as soon as the job can be cancelled from the keyboard. */
  readonly announce: string
}

/** Between two looks at how far a job is: in milliseconds. */
const lookEvery = 250

/**
 * Runs a job in this process to its end and answers its report. Ctrl-C (or SIGTERM, or a terminal that
 * closes) cancels it after the batch in hand; a second one ends the process, and the job can be resumed.
 */
export async function runHere(
  catalogue: Catalogue,
  io: Io,
  job: number,
  { owner, announce }: RunHere,
): Promise<JobReport> {
  const { db } = catalogue
  const forget = onInterrupt(
    () => {
      io.say('Cancelling after the batch in hand. Once more ends at once.')
      // A job that is over by now, or a database that is away, has nothing to cancel.
      cancelJob(db, job).catch(() => undefined)
    },
    () => {
      io.say(`Ended at once. To go on: accession job resume ${job}`)
      process.exit(exitCodes.cancelled)
    },
  )
  io.say(announce)
  const over = new AbortController()
  const shown = showProgress(db, io, job, over.signal)
  try {
    await runOrFollow(catalogue, io, job, owner)
  } finally {
    over.abort()
    forget()
    await shown
  }
  return getReport(db, job)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Does one thing at the first signal, another at those after it, until told to forget. */
function onInterrupt(first: () => void, again: () => void): () => void {
  let isFirst = true
  const heard = () => {
    if (isFirst) first()
    else again()
    isFirst = false
  }
  for (const signal of signals) process.on(signal, heard)
  return () => {
    for (const signal of signals) process.removeListener(signal, heard)
  }
}

/** Runs the job; where another process has taken it over, as after this one stood still for long, waits for that one. */
async function runOrFollow({ db, dataDir }: Catalogue, io: Io, job: number, owner: string): Promise<void> {
  for (let isTold = false; ; isTold = true) {
    await runJob(db, dataDir, String(job), { owner })
    const { status } = await getJob(db, job)
    if (status !== 'running') return
    if (!isTold) io.say(`Job ${job} is run by another process now; this one waits for it.`)
    await delay(1000)
  }
}

async function showProgress(db: Catalogue['db'], io: Io, job: number, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await delay(lookEvery, undefined, { signal: over }).catch(() => undefined)
    if (over.aborted) return
    // A look that fails is no failure of the job.
    const now = await getJob(db, job).catch(() => null)
    if (now !== null && !over.aborted) io.progress(progressText(now))
  }
}

/** `Job 12: 5,000 of 51,869 records, 4,812 a second, about 10 s to go, 3 unresolved` */
export function progressText({ job, records, done, rate, eta, outcomes }: Job): string {
  if (records === null) return `Job ${job}: reading the files`
  const parts = [`${formatCount(done)} of ${counted(records, 'record')}`]
  if (rate !== null && rate >= 1) parts.push(`${formatCount(Math.round(rate))} a second`)
  if (eta !== null && eta > 0) parts.push(`about ${formatSeconds(eta)} to go`)
  if (outcomes.unresolved > 0) parts.push(`${formatCount(outcomes.unresolved)} unresolved`)
  if (outcomes.rejected > 0) parts.push(`${formatCount(outcomes.rejected)} rejected`)
  return `Job ${job}: ${parts.join(', ')}`
}
