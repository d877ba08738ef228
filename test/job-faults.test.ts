import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { connect, type ServerAddress } from '../src/db/database.ts'
import { isDiskFull } from '../src/db/errors.ts'
import { cancelJob, resumeJob } from '../src/import/control-job.ts'
import { getJob } from '../src/import/job.ts'
import { claimJob } from '../src/import/lease.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { runJob } from '../src/import/run-job.ts'
import { storedPath, storeStream } from '../src/import/store.ts'
import { book, mrc, type TestJobs, testJobs, vendorFile } from './jobs.ts'

const vendor = vendorFile(1500)

/** Waits until a job has an outcome for so many records. */
async function untilDone({ db }: TestJobs, job: number, records: number): Promise<void> {
  for (;;) {
    const [row] = await db.query<{ done: number }>(
      `select count(*) as done from import_record where job_id = $1`,
      [job],
    )
    if ((row?.done ?? 0) >= records) return
  }
}

test('a job that is cancelled stops after the batch in hand, and goes on from there when it is resumed', async () => {
  const [jobs, undisturbed] = [await testJobs(), await testJobs()]
  for (const each of [jobs, undisturbed]) await each.loadKnown(vendor)
  const expected = await undisturbed.outcomes(await undisturbed.load({ 'vendor.mrc': vendor.file }))
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  const running = jobs.run(job)
  await untilDone(jobs, job, 1)
  assert.equal((await cancelJob(jobs.db, job)).status, 'running')
  assert.equal(await running, 'cancelled')
  const done = await jobs.outcomes(job)
  assert.ok(done.length < expected.length, `${done.length} records are done`)
  assert.deepEqual(done, expected.slice(0, done.length))
  assert.deepEqual(await jobs.unsound(), [])
  assert.equal(await jobs.run(job), null, 'a cancelled job is run by nobody')
  assert.equal((await resumeJob(jobs.db, job)).status, 'pending')
  assert.equal(await jobs.run(job), 'completed')
  assert.deepEqual(await jobs.outcomes(job), expected)
  assert.deepEqual(await jobs.dump(), await undisturbed.dump())
  assert.deepEqual(
    (await jobs.events(job)).map(({ code }) => code),
    ['CANCELLED', 'RESUMED', 'COMPLETED'],
  )
  for (const change of [cancelJob, resumeJob])
    await assert.rejects(
      change(jobs.db, job),
      (error) => error instanceof ImportRefusal && error.code === 'OVER',
    )
})

test('a job that nobody runs is cancelled at once', async () => {
  const jobs = await testJobs()
  const job = await jobs.submit({ 'a.mrc': mrc([book(1, 'Emma')]) })
  assert.equal((await cancelJob(jobs.db, job)).status, 'cancelled')
  assert.equal(await jobs.run(job), null)
  assert.deepEqual(await jobs.outcomes(job), [])
})

test('a full disk of the database pauses the job, which goes on by itself when there is room', async () => {
  const [jobs, undisturbed] = [await testJobs(), await testJobs()]
  for (const each of [jobs, undisturbed]) await each.loadKnown(vendor)
  const expected = await undisturbed.outcomes(await undisturbed.load({ 'vendor.mrc': vendor.file }))
  // What PostgreSQL says when a file cannot be extended, from the third batch on.
  await jobs.db.execute(`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$;
    create trigger full_disk before insert on import_record for each row when (new.position > 300) execute function refuse()`)
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  assert.equal(await jobs.run(job), 'paused')
  const [paused] = await jobs.db.query<{ reason: string; waits: boolean }>(
    `select reason, lease_until > now() as waits from import_job where job_id = $1`,
    [job],
  )
  assert.match(paused?.reason ?? '', /^The disk is full\. Make room/)
  assert.equal(paused?.waits, true)
  assert.equal((await jobs.outcomes(job)).length, 300)
  assert.equal(await jobs.run(job), null, 'a paused job rests for a while')
  await jobs.db.execute(`drop trigger full_disk on import_record`)
  await jobs.db.execute(`update import_job set lease_until = now() - interval '1 second' where job_id = $1`, [
    job,
  ])
  assert.equal(await jobs.run(job), 'completed')
  assert.deepEqual(await jobs.outcomes(job), expected)
  assert.deepEqual(await jobs.dump(), await undisturbed.dump())
  assert.deepEqual(await jobs.unsound(), [])
})

test('an upload onto a full disk is refused in words, and nothing of it stays', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'accession-full-'))
  const isSmall = await mountSmallDisk(dataDir)
  try {
    if (!isSmall) {
      t.diagnostic('no file system may be mounted here: a device that is always full stands for one')
      await mkdir(join(dataDir, 'files'))
      await assert.rejects(writeFile('/dev/full', 'x'), isDiskFull)
      return
    }
    const small = await storeStream(dataDir, repeat(Buffer.alloc(1000, 'a'), 10))
    await assert.rejects(
      storeStream(dataDir, repeat(Buffer.alloc(100_000, 'b'), 100)),
      (error) =>
        error instanceof ImportRefusal && error.code === 'DISK_FULL' && /Make room/.test(error.remedy),
    )
    assert.deepEqual(await readdir(join(dataDir, 'files', 'incoming')), [])
    assert.deepEqual(await storeStream(dataDir, repeat(Buffer.alloc(1000, 'a'), 10)), small)
    assert.ok((await readdir(join(storedPath(dataDir, small.sha256), '..'))).includes(small.sha256))
  } finally {
    if (isSmall) await promisify(execFile)('umount', [dataDir])
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** A disk of one megabyte in a folder, where the user and the machine allow it. */
const mountSmallDisk = (folder: string): Promise<boolean> =>
  promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).then(
    () => true,
    () => false,
  )

async function* repeat(chunk: Uint8Array, times: number): AsyncGenerator<Uint8Array> {
  for (let time = 0; time < times; time++) yield chunk
}

test('a record that the database refuses costs that record alone, and waits for a person', async () => {
  const jobs = await testJobs()
  await jobs.db.execute(`
    create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'this cannot be stored' using errcode = 'data_exception'; end $$;
    create trigger poison before insert on bib for each row when (new.record like '%Poison%') execute function refuse()`)
  const file = Array.from({ length: 600 }, (_, at) => book(at + 1, at % 290 === 7 ? 'Poison' : `Title ${at}`))
  const job = await jobs.load({ 'poison.mrc': mrc(file) })
  assert.deepEqual(
    (await jobs.outcomes(job)).flatMap((outcome, at) =>
      outcome === 'created' ? [] : [`${at + 1} ${outcome}`],
    ),
    ['8 rejected:DATABASE_REFUSED', '298 rejected:DATABASE_REFUSED', '588 rejected:DATABASE_REFUSED'],
  )
  const issues = await jobs.db.query<{ position: number }>(
    `select position from import_issue where job_id = $1 order by 1`,
    [job],
  )
  assert.deepEqual(
    issues.map(({ position }) => position),
    [8, 298, 588],
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('a database that is out of reach for a while is waited for', async () => {
  const [jobs, undisturbed] = [await testJobs(), await testJobs()]
  for (const each of [jobs, undisturbed]) await each.loadKnown(vendor)
  await undisturbed.load({ 'vendor.mrc': vendor.file })
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  await using cable = await layCable(jobs.db.address)
  const db = connect(cable.address)
  const running = runJob(db, jobs.dataDir, String(job))
  for (const records of [1, 600]) {
    await untilDone(jobs, job, records)
    cable.cut()
    await delay(1200)
    await cable.mend()
  }
  assert.equal(await running, 'completed')
  await db.close()
  assert.deepEqual(await jobs.dump(), await undisturbed.dump())
  assert.deepEqual(await jobs.unsound(), [])
})

/** A way to a database server that can be cut: what is under way is lost, and nothing gets through. */
async function layCable(to: ServerAddress | string) {
  const url = typeof to === 'string' ? new URL(to) : null
  const far =
    typeof to === 'string' || !to.host.startsWith('/')
      ? {
          host: url?.hostname ?? (to as ServerAddress).host,
          port: Number(url?.port ?? (to as ServerAddress).port),
        }
      : { path: join(to.host, `.s.PGSQL.${to.port}`) }
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const other = createConnection(far)
    for (const [socket, peer] of [
      [near, other],
      [other, near],
    ] as const) {
      sockets.add(socket)
      socket
        .on('error', () => peer.destroy())
        .on('close', () => peer.destroy())
        .pipe(peer)
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  if (url !== null) Object.assign(url, { hostname: '127.0.0.1', port: String(port) })
  const cut = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  return {
    address: url?.href ?? { ...(to as ServerAddress), host: '127.0.0.1', port },
    cut,
    mend: () => listen(port),
    [Symbol.asyncDispose]: () => Promise.resolve(cut()),
  }
}

test('a job whose process dies five times in a row at one place is stopped, says where, and can be resumed', async () => {
  const jobs = await testJobs()
  const job = await jobs.submit({ 'books.mrc': mrc([book(1, 'One'), book(2, 'Two')]) })
  const die = async () => {
    const claimed = await claimJob(jobs.db, String(job), 'a process that dies')
    await jobs.db.execute(
      `update import_job set lease_until = now() - interval '1 second' where job_id = $1`,
      [job],
    )
    return claimed?.deaths
  }
  for (let deaths = 0; deaths < 5; deaths++) assert.equal(await die(), deaths)
  assert.equal(await jobs.run(job), 'failed')
  const { reason } = await getJob(jobs.db, job)
  assert.match(
    reason ?? '',
    /^The process that ran the job has ended 5 times in a row with nothing done between\./,
  )
  assert.ok((await jobs.events(job)).some(({ code }) => code === 'STUCK'))
  await resumeJob(jobs.db, job)
  assert.equal(await jobs.run(job), 'completed')
})
