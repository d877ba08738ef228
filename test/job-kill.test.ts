import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../src/db/database.ts'
import { getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { getReport } from '../src/import/report.ts'
import { runJob } from '../src/import/run-job.ts'
import type { InventorySettings } from '../src/rules/inventory/inventory-settings.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { addPlaces } from './inventory.ts'
import type { JobNews, JobOrder } from './job-process.ts'
import { book, mrc, type TestJobs, testJobs, vendorFile } from './jobs.ts'

const vendor = vendorFile(6000)
const undisturbed = await testJobs()
await undisturbed.loadKnown(vendor)
const expected = {
  outcomes: await undisturbed.outcomes(await undisturbed.load({ 'vendor.mrc': vendor.file })),
  dump: await undisturbed.dump(),
}

const program = fileURLToPath(new URL('job-process.ts', import.meta.url))
const children = new Set<ChildProcess>()
after(() => children.forEach((child) => child.kill('SIGKILL')))

/** A process that runs a job; resolves when it begins. */
async function startProcess({ db, dataDir }: TestJobs, job: number, owner: string) {
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  children.add(child)
  const news: JobNews[] = []
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      children.delete(child)
      resolve()
    }),
  )
  const begun = new Promise<void>((resolve) =>
    child.on('message', (one: JobNews) => {
      news.push(one)
      resolve()
    }),
  )
  child.send({ address: db.address, dataDir, job, owner } satisfies JobOrder)
  await Promise.race([begun, ended])
  return { child, ended, status: () => news.find((one) => one.news === 'ended')?.status }
}

const stateOf = async ({ db }: TestJobs, job: number) => {
  const [row] = await db.query<{ status: string; fence: number; done: number }>(
    `select status, fence, (select count(*) from import_record r where r.job_id = j.job_id) as done
     from import_job j where job_id = $1`,
    [job],
  )
  assert.ok(row)
  return row
}

/** The same as if nothing had happened, every record once. */
async function assertUndisturbed(jobs: TestJobs, job: number): Promise<void> {
  assert.equal((await stateOf(jobs, job)).status, 'completed')
  assert.deepEqual(await jobs.outcomes(job), expected.outcomes)
  assert.deepEqual(await jobs.dump(), expected.dump)
  assert.deepEqual(await jobs.unsound(), [])
}

test('the file of these tests has what a file can have', () => {
  for (const outcome of ['created', 'merged', 'unresolved:MULTI_MATCH', 'rejected:NOT_A_BIB'])
    assert.ok(expected.outcomes.includes(outcome), outcome)
})

test('a job that is killed ten times, anywhere, and resumed has the result of an undisturbed one', async (t) => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  const kills: string[] = []
  for (let before = 0; kills.length < 10; ) {
    const { child, ended } = await startProcess(jobs, job, 'the same owner')
    // Every third while it starts or frames, the others after something new is done.
    const isEarly = kills.length % 3 === 0
    while (!isEarly && (await stateOf(jobs, job)).done === before) await delay(5)
    await delay(randomInt(0, isEarly ? 200 : 60))
    child.kill('SIGKILL')
    await ended
    const { done, status } = await stateOf(jobs, job)
    kills.push(String(done))
    assert.notEqual(status, 'completed', `it was over before the tenth kill: ${kills.join(', ')}`)
    before = done
  }
  t.diagnostic(`killed when so many records were done: ${kills.join(', ')}`)
  assert.equal(await jobs.run(job, 'the same owner'), 'completed')
  await assertUndisturbed(jobs, job)
})

/** An institution whose profile makes an item of each 949. */
async function stocked(): Promise<TestJobs> {
  const jobs = await testJobs()
  await addPlaces(jobs.db, 'IZ')
  const inventory: InventorySettings = {
    operations: 'physical',
    physical: {
      make: 'holdings-and-items',
      policy: 'advanced',
      itemField: '949',
      library: { field: '949', subfield: 'l' },
      location: { default: 'STACKS' },
      bibCallNumber: 'on-new',
      item: { barcode: { field: '949', subfield: 'b' } },
    },
  }
  const zone = await getZone(jobs.db, 'IZ')
  const profile = { ...shippedProfile('repository'), code: 'items', useNetworkZone: true, inventory }
  await saveProfile(jobs.db, zone, profile, null)
  return jobs
}

const itemsOf = ({ db }: TestJobs) =>
  db.query<{ n: number }>(
    `select count(*) as n, count(distinct mms_id) as bibs, count(barcode) as barcodes, count(distinct holdings_id) as holdings
     from item`,
  )

test('items of a job that is killed and resumed are those of an undisturbed one, none lost and none doubled', async () => {
  const file = mrc(
    Array.from({ length: 2400 }, (_, at) =>
      book(at, `Title ${at}`, `949 __ $l MAIN $b B${at}`, '949 __ $l LAW', `949 __ $l MAIN $b B${at % 100}`),
    ),
  )
  const alone = await stocked()
  const settings = { zone: 'IZ', profile: 'items' } as const
  const { inventory } = await getReport(alone.db, await alone.load({ 'items.mrc': file }, settings))
  assert.deepEqual(inventory, {
    holdings: 4800,
    items: 4800,
    portfolios: 0,
    changed: 0,
    removed: 0,
    problems: 2300,
  })
  const jobs = await stocked()
  const job = await jobs.submit({ 'items.mrc': file }, settings)
  for (let kills = 0, before = 0; kills < 3; kills++) {
    const { child, ended } = await startProcess(jobs, job, 'the same owner')
    while ((await stateOf(jobs, job)).done === before) await delay(5)
    await delay(randomInt(0, 40))
    child.kill('SIGKILL')
    await ended
    const { done, status } = await stateOf(jobs, job)
    assert.notEqual(status, 'completed')
    before = done
  }
  assert.equal(await jobs.run(job, 'the same owner'), 'completed')
  assert.deepEqual((await getReport(jobs.db, job)).inventory, inventory)
  assert.deepEqual(await itemsOf(jobs), await itemsOf(alone))
  assert.deepEqual(await jobs.unsound(), [])
})

test('a worker that was frozen past its lease commits nothing more, and holds nobody up', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  const frozen = []
  for (const owner of ['first', 'second', 'third']) {
    const worker = await startProcess(jobs, job, owner)
    await freezeInTransaction(jobs, job, worker.child, owner)
    frozen.push(worker)
    await jobs.db.execute(
      `update import_job set lease_until = now() - interval '1 second' where job_id = $1`,
      [job],
    )
  }
  const { done } = await stateOf(jobs, job)
  assert.ok(done < expected.outcomes.length, `${done} of ${expected.outcomes.length} records are done`)
  assert.equal(await jobs.run(job, 'fourth'), 'completed')
  for (const { child, ended, status } of frozen) {
    child.kill('SIGCONT')
    await ended
    assert.equal(status(), null)
  }
  assert.equal((await stateOf(jobs, job)).fence, 4)
  await assertUndisturbed(jobs, job)
})

/** Stops a process at a moment when it has written something that it has not committed. */
async function freezeInTransaction(
  jobs: TestJobs,
  job: number,
  child: ChildProcess,
  owner: string,
): Promise<void> {
  for (;;) {
    child.kill('SIGSTOP')
    // What it had sent before is worked off.
    await delay(30)
    const open = await jobs.db.query(
      `select from pg_stat_activity a join pg_locks l using (pid)
       where a.application_name = $1 and a.datname = current_database() and l.locktype = 'relation'
         and l.relation = 'bib'::regclass and l.mode = 'RowExclusiveLock'`,
      [owner],
    )
    if (open.length > 0) return
    assert.notEqual((await stateOf(jobs, job)).status, 'completed', 'the job was over before it was frozen')
    child.kill('SIGCONT')
    await delay(randomInt(1, 20))
  }
}

test('of two that run a job at the same moment one gets it', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  const results = await Promise.all(['one', 'two', 'three'].map((owner) => jobs.run(job, owner)))
  assert.deepEqual(
    results.filter((status) => status !== null),
    ['completed'],
  )
  await assertUndisturbed(jobs, job)
})

test('sessions that are ended at random while a job runs cost nothing but time', async (t) => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  const stormed = connect(jobs.db.address, { applicationName: 'stormed' })
  let isOver = false
  const running = runJob(stormed, jobs.dataDir, String(job)).finally(() => (isOver = true))
  let ended = 0
  while (!isOver && ended < 25) {
    await delay(randomInt(20, 120))
    const rows = await jobs.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'stormed' and datname = current_database() and random() < 0.7`,
    )
    ended += rows.length
  }
  assert.equal(await running, 'completed')
  await stormed.close()
  t.diagnostic(`${ended} sessions were ended`)
  assert.ok(ended > 5)
  await assertUndisturbed(jobs, job)
})
