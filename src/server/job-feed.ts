import type { FastifyBaseLogger } from 'fastify'
import { isTransient } from '../db/errors.ts'
import type { Job } from './api/job.ts'
import type { Status } from './api/status.ts'
import { type EventStream, eventText, openEventStream } from './event-stream.ts'

export type FeedSource = {
  /** The jobs that may have changed since the last call. */
  readonly readJobs: () => Promise<readonly Job[]>
  readonly readStatus: () => Promise<Status>
}

export type JobFeed = {
  /** For a client that sees jobs of these zones alone, by either of their zones. */
  open(zones: readonly string[]): EventStream
  close(): void
}

/** Milliseconds between two looks: a job is told at most twice a second. */
const pause = 500
const statusPause = 5000
const heartbeatPause = 15_000

/**
 * Tells every client which jobs have changed. However many clients there are, the database is asked by
 * one poller, and by none while nobody listens.
 */
export function openJobFeed({ readJobs, readStatus }: FeedSource, log: FastifyBaseLogger): JobFeed {
  const clients = new Map<EventStream, readonly string[]>()
  const told = new Map<number, string>()
  let toldStatus = ''
  let timer: NodeJS.Timeout | null = null
  let statusAt = Number.NEGATIVE_INFINITY
  let heartbeatAt = Date.now()

  function tell(key: string, text: string): void {
    for (const client of clients.keys()) client.send(key, text)
  }

  function tellOf({ job, zone, bibZone }: Job, text: string): void {
    for (const [client, zones] of clients)
      if (zones.includes(zone) || zones.includes(bibZone)) client.send(`job ${job}`, text)
  }

  async function look(): Promise<void> {
    const now = Date.now()
    if (now - statusAt >= statusPause) {
      statusAt = now
      await lookAtStatus()
    }
    const jobs = await readJobs()
    for (const job of jobs) {
      const text = eventText('job', job)
      if (told.get(job.job) === text) continue
      told.set(job.job, text)
      tellOf(job, text)
    }
    if (now - heartbeatAt >= heartbeatPause) {
      heartbeatAt = now
      tell('heartbeat', ': still here\n\n')
    }
  }

  async function lookAtStatus(): Promise<void> {
    const status = await readStatus()
    // The time of the last sign of life moves by itself.
    const text = eventText('status', status)
    const news = JSON.stringify({ ...status, importer: status.importer.alive })
    if (news === toldStatus) return
    toldStatus = news
    tell('status', text)
  }

  async function run(): Promise<void> {
    try {
      await look()
    } catch (error) {
      // Without a database there is no news but that one; the next look tells it.
      statusAt = Number.NEGATIVE_INFINITY
      if (!isTransient(error))
        log.error(
          { fault: error instanceof Error ? error.name : typeof error },
          'jobs could not be looked at',
        )
      await lookAtStatus().catch(() => undefined)
    }
    if (clients.size > 0) timer = setTimeout(start, pause)
    else rest()
  }

  function start(): void {
    void run()
  }

  function rest(): void {
    timer = null
    told.clear()
    toldStatus = ''
    statusAt = Number.NEGATIVE_INFINITY
  }

  return {
    open(zones) {
      const client = openEventStream()
      clients.set(client, zones)
      client.readable.once('close', () => clients.delete(client))
      // Ahead of any news: what a client waits before it comes again, in milliseconds.
      client.send('retry', 'retry: 2000\n\n')
      if (clients.size === 1 && timer === null) timer = setTimeout(start, 0)
      return client
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      for (const client of clients.keys()) client.end()
      clients.clear()
    },
  }
}
