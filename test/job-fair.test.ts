import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { cancelJob } from '../src/import/control-job.ts'
import { runImporter } from '../src/import/importer.ts'
import { book, mrc, testJobs } from './jobs.ts'

const jobs = await testJobs()

/** A file above the size from which a job counts as large, with titles of its own. */
const largeFile = (number: number) => {
  const note = `500 __ $a ${'Of a large file. '.repeat(45)}`
  return mrc(
    Array.from({ length: 12_000 }, (_, at) => book(number * 100_000 + at, `Title ${at} of ${number}`, note)),
  )
}

const statesOf = async (numbers: readonly number[]) => {
  const rows = await jobs.db.query<{ status: string; hasBegun: boolean }>(
    `select status, exists (select from import_record r where r.job_id = j.job_id) as "hasBegun"
     from import_job j where job_id = any($1) order by job_id`,
    [numbers],
  )
  return rows.map(({ status, hasBegun }) => (hasBegun ? `${status}, begun` : status))
}

/** An importer of this process, which ends with its test if that does not end it before. */
function startImporter(t: TestContext): () => Promise<void> {
  const ending = new AbortController()
  const importer = runImporter(jobs.db, jobs.dataDir, ending.signal)
  const stop = async () => {
    ending.abort()
    await importer
  }
  t.after(stop)
  return stop
}

async function until(state: string, numbers: readonly number[]): Promise<void> {
  while (!(await statesOf(numbers)).every((one) => one === state)) await delay(20)
}

test('a file of fifty records does not wait for large ones, and an importer that ends leaves its jobs to the next', async (t) => {
  const large: number[] = []
  for (const number of [1, 2, 3])
    large.push(await jobs.submit({ [`large-${number}.mrc`]: largeFile(number) }))
  const stop = startImporter(t)
  await until('running, begun', large.slice(0, 2))
  const small = await jobs.submit({
    'small.mrc': mrc(Array.from({ length: 50 }, (_, at) => book(at + 1, `Small ${at}`))),
  })
  await until('completed, begun', [small])
  // Two large files at once leave room; the third waits for one of them, and the small one for none.
  assert.deepEqual(await statesOf(large), ['running, begun', 'running, begun', 'pending'])
  await stop()
  assert.deepEqual(
    (await statesOf(large)).map((state) => state.split(',')[0]),
    ['pending', 'pending', 'pending'],
  )
  assert.deepEqual(await jobs.db.query(`select from importer`), [])
  assert.deepEqual(await jobs.unsound(), [])

  for (const job of large) assert.equal((await cancelJob(jobs.db, job)).status, 'cancelled')
})

test('a job whose worker died is taken up by an importer when its lease has run out', async (t) => {
  const job = await jobs.submit({ 'left.mrc': mrc([book(5, 'Small 5'), book(99, 'Left')]) })
  await jobs.db.execute(
    `update import_job set status = 'running', fence = 1, started_at = now(), lease_owner = 'gone', lease_until = now() + interval '1 second'
     where job_id = $1`,
    [job],
  )
  const stop = startImporter(t)
  await until('completed, begun', [job])
  await stop()
  assert.deepEqual(await jobs.outcomes(job), ['merged', 'created'])
})
