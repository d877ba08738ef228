import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { MarcRecord } from '../src/marc/record.ts'
import { addBib, record } from './catalogue.ts'
import { type Consortium, combining, consortium, undo } from './combining.ts'
import type { JobOrder } from './job-process.ts'
import { mrc } from './jobs.ts'

const pairs = 300

/** A title of which there are two bibs, each with something linked to it. */
const title = (number: number, oclc: number, ...more: readonly string[]): MarcRecord =>
  record(
    `020 __ $a 97800${1000 + number}`,
    `035 __ $a (OCoLC)${oclc}`,
    `245 00 $a Title ${number}.`,
    '300 __ $a 3 v.',
    ...more,
  )

const numbers = Array.from({ length: pairs }, (_, at) => at + 1)

async function withPairs(): Promise<Consortium> {
  const jobs = await consortium(combining({ preferred: 'oldest' }))
  for (const number of numbers) {
    const one = await addBib(jobs.db, 'NZ', title(number, 1000 + number))
    const two = await addBib(jobs.db, 'NZ', title(number, 2000 + number))
    if (number % 3 === 0) await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: two })
    if (number % 4 === 0) {
      await addBib(jobs.db, 'IY', record('590 __ $a Ours.'), { linkedMmsId: one })
      await addBib(jobs.db, 'IY', record('591 __ $a Also ours.'), { linkedMmsId: two })
    }
  }
  return jobs
}

const file = mrc(numbers.map((number) => title(number, 1000 + number, '500 __ $a New.')))

const undisturbed = await withPairs()
const before = await undisturbed.dumps()
const job = await undisturbed.load({ 'new.mrc': file }, { profile: 'combine' })
const expected = { outcomes: await undisturbed.outcomes(job), dumps: await undisturbed.dumps() }

const rowsOf = async ({ db }: Consortium, of: number) =>
  db.query<{ became: string; n: number }>(
    `select became, count(*) as n from combined_bib where job_id = $1 group by became order by became`,
    [of],
  )

test('the file of these tests combines, moves and joins', async () => {
  assert.deepEqual(new Set(expected.outcomes), new Set(['merged']))
  assert.deepEqual(await rowsOf(undisturbed, job), [
    { became: 'deleted', n: 300 },
    { became: 'extended', n: 75 },
    { became: 'joined', n: 75 },
    { became: 'relinked', n: 100 },
  ])
  assert.deepEqual(await undisturbed.unsound(), [])
})

test('two jobs that combine the same bibs at once end as one after the other', async () => {
  const jobs = await withPairs()
  const reversed = mrc(numbers.toReversed().map((number) => title(number, 2000 + number, '500 __ $a New.')))
  const submitted = [
    await jobs.submit({ 'new.mrc': file }, { profile: 'combine' }),
    await jobs.submit({ 'reversed.mrc': reversed }, { profile: 'combine' }),
  ]
  assert.deepEqual(await Promise.all(submitted.map((one) => jobs.run(one))), ['completed', 'completed'])
  // Whoever came second found one bib, by the number of the one that is gone.
  const [row] = await jobs.db.query<{ bibs: number; gone: number }>(
    `select (select count(*) from bib where mms_id like '%5816') as bibs,
            (select count(*) from combined_bib where became = 'deleted') as gone`,
  )
  assert.deepEqual(row, { bibs: pairs, gone: pairs })
  assert.deepEqual(await jobs.unsound(), [])
  for (const one of submitted.toReversed()) await undo(jobs, one)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a job that combines and one that looks for what is to go never make a second bib of it', async () => {
  const jobs = await withPairs()
  await jobs.profile('plain', {})
  const looking = mrc(numbers.map((number) => title(number, 2000 + number, '501 __ $a Looked for.')))
  const submitted = [
    await jobs.submit({ 'new.mrc': file }, { profile: 'combine' }),
    await jobs.submit({ 'looking.mrc': looking }, { profile: 'plain' }),
  ]
  assert.deepEqual(await Promise.all(submitted.map((one) => jobs.run(one))), ['completed', 'completed'])
  const outcomes = await jobs.outcomes(submitted[1] ?? 0)
  assert.ok(!outcomes.includes('created'), outcomes.join(' '))
  assert.deepEqual(await jobs.unsound(), [])
})

test('nor does one of an institution that looks for what its linked bib is just moved away from', async () => {
  const jobs = await withPairs()
  const linked = numbers.filter((number) => number % 3 === 0)
  const looking = mrc(linked.map((number) => title(number, 2000 + number, '501 __ $a Looked for.')))
  const submitted = [
    await jobs.submit({ 'new.mrc': file }, { profile: 'combine' }),
    await jobs.submit({ 'looking.mrc': looking }, { zone: 'IZ', profile: 'repository' }),
  ]
  assert.deepEqual(await Promise.all(submitted.map((one) => jobs.run(one))), ['completed', 'completed'])
  assert.deepEqual(
    new Set(await jobs.outcomes(submitted[1] ?? 0)),
    new Set(['not_imported:NOT_ADDED_LINKED']),
  )
  assert.deepEqual(await jobs.unsound(), [])
})

const program = fileURLToPath(new URL('job-process.ts', import.meta.url))
const children = new Set<ChildProcess>()
after(() => children.forEach((child) => child.kill('SIGKILL')))

test('a job that is killed while it combines, and so its undo, have the result of undisturbed ones', async (t) => {
  const jobs = await withPairs()
  const submitted = await jobs.submit({ 'new.mrc': file }, { profile: 'combine' })
  const done = async () => (await jobs.outcomes(submitted)).length
  const kills: number[] = []
  // Thrice anywhere, its start included, and then when something is done.
  for (let reached = 0; kills.length < 3 || reached < pairs / 2; reached = await done()) {
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    children.add(child)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const order = { address: jobs.db.address, dataDir: jobs.dataDir, job: submitted, owner: 'the same owner' }
    child.send(order satisfies JobOrder)
    if (kills.length < 3) await delay(randomInt(100, 1500))
    else while ((await done()) === reached && child.exitCode === null) await delay(2)
    child.kill('SIGKILL')
    await ended
    kills.push(await done())
  }
  t.diagnostic(`killed when so many records were done: ${kills.join(', ')}`)
  const status = await jobs.run(submitted, 'the same owner')
  assert.ok(status === 'completed' || status === null)
  assert.deepEqual(await jobs.outcomes(submitted), expected.outcomes)
  assert.deepEqual(await jobs.dumps(), expected.dumps)
  assert.deepEqual(await rowsOf(jobs, submitted), await rowsOf(undisturbed, job))
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, submitted)
  assert.deepEqual(await jobs.dumps(), before)
  assert.deepEqual(await jobs.unsound(), [])
})
