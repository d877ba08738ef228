import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import type { FastifyBaseLogger } from 'fastify'
import type { Job } from './api/job.ts'
import type { Status } from './api/status.ts'
import type { EventStream } from './event-stream.ts'
import { openJobFeed } from './job-feed.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const pass = async (milliseconds: number) => {
  for (let at = 0; at < milliseconds; at += 500) {
    mock.timers.tick(500)
    for (let turns = 0; turns < 5; turns++) await turn()
  }
}

const status: Status = {
  version: '1',
  database: 'up',
  importer: { alive: true, seenAt: null },
  zones: [],
  demo: false,
}
const outcomes = {
  created: 0,
  merged: 0,
  overlaid: 0,
  unchanged: 0,
  deleted: 0,
  not_imported: 0,
  filtered: 0,
  unresolved: 0,
  rejected: 0,
}
const jobOf = (job: number, done: number): Job => ({
  job,
  kind: 'import',
  ofJob: null,
  linksBibs: false,
  zone: 'IZ',
  bibZone: 'IZ',
  profile: 'repository',
  profileName: 'Repository',
  label: null,
  notes: null,
  status: 'running',
  reason: null,
  waitingFor: null,
  submittedAt: '2026-11-24T00:00:00Z',
  submittedBy: null,
  startedAt: null,
  finishedAt: null,
  seconds: null,
  files: 1,
  parts: 1,
  records: 100,
  done,
  rate: null,
  eta: null,
  outcomes,
  openIssues: 0,
  undone: null,
})

const silent = (): void => undefined
const log: FastifyBaseLogger = {
  error: silent,
  warn: silent,
  info: silent,
  debug: silent,
  trace: silent,
  fatal: silent,
  silent,
  level: 'silent',
  child: () => log,
}

function listen(stream: EventStream): string[] {
  const got: string[] = []
  stream.readable.on('data', (chunk: Buffer) => got.push(String(chunk)))
  return got
}
const jobsIn = (got: readonly string[]) =>
  got
    .filter((text) => text.startsWith('event: job'))
    .map((text) => JSON.parse(text.split('data: ')[1] ?? '').done)

beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }))
afterEach(() => mock.timers.reset())

test('a job is told when it has changed, once for all who listen, at most twice a second', async () => {
  let looks = 0
  const feed = openJobFeed(
    {
      readJobs: async () => [jobOf(1, Math.floor(++looks / 2)), jobOf(2, 7)],
      readStatus: async () => status,
    },
    log,
  )
  const [one, two] = [listen(feed.open(['IZ'])), listen(feed.open(['IZ']))]
  await pass(3000)
  assert.ok(looks >= 5 && looks <= 7, `${looks} looks in three seconds`)
  const told = jobsIn(one)
  assert.equal(new Set(told).size, told.length)
  assert.equal(told.filter((done) => done === 7).length, 1)
  assert.deepEqual(jobsIn(two), told)
  feed.close()
})

test('nobody asks the database while nobody listens', async () => {
  let looks = 0
  const feed = openJobFeed({ readJobs: async () => (looks++, []), readStatus: async () => status }, log)
  await pass(2000)
  assert.equal(looks, 0)
  const client = feed.open(['IZ'])
  listen(client)
  await pass(1000)
  assert.ok(looks > 0)
  client.readable.destroy()
  await pass(1000)
  const after = looks
  await pass(3000)
  assert.equal(looks, after)
  feed.open(['IZ'])
  await pass(1000)
  assert.ok(looks > after, 'who comes back is served again')
  feed.close()
})

test('a database that went away is told, and so is its return', async () => {
  let isAway = false
  const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const feed = openJobFeed(
    {
      readJobs: () => (isAway ? Promise.reject(lost) : Promise.resolve([])),
      readStatus: async () => ({ ...status, database: isAway ? 'away' : 'up' }),
    },
    log,
  )
  const got = listen(feed.open(['IZ']))
  await pass(1000)
  isAway = true
  await pass(1000)
  isAway = false
  await pass(6000)
  const states = got
    .filter((text) => text.startsWith('event: status'))
    .map((text) => JSON.parse(text.split('data: ')[1] ?? '').database)
  assert.deepEqual(states, ['up', 'away', 'up'])
  feed.close()
})

test('a quiet stream shows that it lives', async () => {
  const feed = openJobFeed({ readJobs: async () => [], readStatus: async () => status }, log)
  const got = listen(feed.open(['IZ']))
  await pass(40_000)
  assert.ok(got.filter((text) => text.startsWith(':')).length >= 2)
  feed.close()
})
