import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { resolveIssue } from '../src/import/resolve-issue.ts'
import { runJob } from '../src/import/run-job.ts'
import { cancelJob, resumeJob } from '../src/import/control-job.ts'
import { submitCommit, submitUndo } from '../src/import/follow-job.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { record } from './catalogue.ts'
import { book, mrc, type TestJobs, testJobs, vendorFile } from './jobs.ts'

async function undo(jobs: TestJobs, job: number): Promise<number> {
  const { job: number } = await submitUndo(jobs.db, job, 'Ada')
  assert.equal(await jobs.run(number), 'completed')
  return number
}

const resultsOf = ({ db }: TestJobs, job: number) =>
  db.query<{ position: number; result: string; conflict: readonly string[] | null }>(
    `select position, result, conflict from undo_record where job_id = $1 order by position`,
    [job],
  )

const mmsIdOf = async ({ db }: TestJobs, oclc: number) => {
  const [row] = await db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from match_key where kind = 'oclc' and value = $1 order by zone_id limit 1`,
    [String(oclc)],
  )
  return row?.mmsId ?? ''
}

test('undo of a job returns the catalogue to what it was, repeats in the file included', async () => {
  const jobs = await testJobs()
  const vendor = vendorFile(1200)
  await jobs.loadKnown(vendor)
  const before = await jobs.dump()
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  assert.notDeepEqual(await jobs.dump(), before)
  await undo(jobs, job)
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await jobs.unsound(), [])
  const open = await jobs.db.query(`select from import_issue where job_id = $1 and resolved_at is null`, [
    job,
  ])
  assert.equal(open.length, 0)
  await assert.rejects(
    submitUndo(jobs.db, job, null),
    (error) => error instanceof ImportRefusal && error.code === 'UNDONE',
  )
})

test('the file of a job that was undone is loaded anew, with the same result', async () => {
  const jobs = await testJobs()
  const vendor = vendorFile(300)
  await jobs.loadKnown(vendor)
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  const after = await jobs.dump()
  await undo(jobs, job)
  const again = await jobs.load({ 'vendor.mrc': vendor.file })
  assert.deepEqual(await jobs.outcomes(again), await jobs.outcomes(job))
  assert.deepEqual(await jobs.dump(), after)
  assert.deepEqual(
    (await jobs.events(again)).map(({ code }) => code),
    ['COMPLETED'],
  )
})

test('undo of a commit, of overlays, deletions and linked bibs returns what was there', async () => {
  const jobs = await testJobs()
  const { onMatch } = shippedProfile('repository')
  await jobs.profile('overlay', { onMatch: { ...onMatch, action: 'overlay', keepOriginatingSystem: true } })
  await jobs.profile('delete', { deletes: 'delete' })
  await jobs.profile('suppress', { deletes: 'suppress' })
  await saveProfile(
    jobs.db,
    await getZone(jobs.db, 'IZ'),
    { ...shippedProfile('repository'), code: 'network', useNetworkZone: true },
    null,
  )
  await jobs.load({
    'old.mrc': mrc([1, 2, 3].map((oclc) => book(oclc, `Title ${oclc}`, '590 __ $a Signed.'))),
  })
  const before = [await jobs.dump(), await jobs.dump('IZ')]
  const deleted = mrc([{ ...book(2, 'Title 2'), leader: '00000dam a2200000 i 4500' }])
  const preview = await jobs.load(
    { 'new.mrc': mrc([book(1, 'Emma'), book(9, 'Pride')]) },
    { kind: 'preview' },
  )
  const { job: commit } = await submitCommit(jobs.db, preview, null)
  await jobs.run(commit)
  const done = [
    commit,
    await jobs.load(
      { 'overlay.mrc': mrc([book(1, 'Overlaid'), book(3, 'Overlaid')]) },
      { profile: 'overlay' },
    ),
    await jobs.load({ 'suppressed.mrc': deleted }, { profile: 'suppress' }),
    await jobs.load({ 'deleted.mrc': deleted }, { profile: 'delete' }),
    await jobs.load(
      { 'linked.mrc': mrc([book(3, 'Linked'), book(10, 'Linked')]) },
      { zone: 'IZ', profile: 'network' },
    ),
  ]
  assert.deepEqual(await jobs.unsound(), [])
  for (const job of done.toReversed()) await undo(jobs, job)
  assert.deepEqual([await jobs.dump(), await jobs.dump('IZ')], before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('what others changed since stays: merged where the fields differ, listed as a conflict where they do not', async () => {
  const jobs = await testJobs()
  await jobs.profile('keep', {
    onMatch: { ...shippedProfile('repository').onMatch, mergeRule: 'keep-existing' },
  })
  await jobs.load({
    'old.mrc': mrc([1, 2, 3, 4].map((oclc) => book(oclc, `Title ${oclc}`, '500 __ $a Old note.'))),
  })
  const before = await jobs.dump()
  const job = await jobs.load({
    'job.mrc': mrc([
      book(1, 'Title 1', '500 __ $a Old note.', '520 __ $a A summary.'),
      book(2, 'Title 2', '500 __ $a New note.'),
      book(3, 'Title 3', '500 __ $a Old note.', '520 __ $a A summary.'),
      book(4, 'Title 4', '500 __ $a Old note.', '520 __ $a A summary.'),
      book(5, 'Title 5'),
      book(6, 'Title 6'),
    ]),
  })
  await jobs.load({
    'later.mrc': mrc([
      book(1, 'Title 1', '500 __ $a Old note.', '520 __ $a A summary.', '650 _0 $a Later.'),
      book(2, 'Title 2', '500 __ $a Note of somebody else.'),
      book(5, 'Title 5', '650 _0 $a Later.'),
    ]),
  })
  const network = await getZone(jobs.db, 'NZ')
  await lockBib(jobs.db, network.zoneId, await mmsIdOf(jobs, 4), 'Grace', network.zoneId)
  const results = await resultsOf(jobs, await undo(jobs, job))
  await releaseBib(jobs.db, network.zoneId, await mmsIdOf(jobs, 4), 'Grace')
  assert.deepEqual(
    results.map(({ position, result }) => `${position} ${result}`),
    ['1 merged', '2 merged', '3 restored', '4 conflict', '5 conflict', '6 removed'],
  )
  assert.match(results[1]?.conflict?.join() ?? '', /500 has been changed since/)
  assert.match(results[3]?.conflict?.join() ?? '', /Grace has the bib open/)
  assert.match(results[4]?.conflict?.join() ?? '', /changed since it was made/)
  const [one, two, three, four, five] = await jobs.dump()
  assert.match(one ?? '', /Old note.*Later/)
  assert.doesNotMatch(one ?? '', /A summary/)
  assert.match(two ?? '', /Note of somebody else/)
  assert.doesNotMatch(two ?? '', /New note/)
  assert.equal(three, before[2])
  assert.match(four ?? '', /A summary/)
  assert.match(five ?? '', /Title 5.*Later/)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a bib that undo merges has the brief level and the carrier of what is left', async () => {
  const jobs = await testJobs()
  const brief = ['035 __ $a (OCoLC)7', '245 10 $a Emma', '264 _1 $a London']
  const online = ['300 __ $a 1 online resource', '338 __ $a online resource $b cr $2 rdacarrier']
  await jobs.load({ 'brief.mrc': mrc([record(...brief)]) })
  const states = async () => (await jobs.dump()).map((line) => line.split(' | ').slice(2, 4).join())
  const before = await states()
  const job = await jobs.load({ 'full.mrc': mrc([record(...brief, ...online)]) })
  assert.notDeepEqual(await states(), before)
  await jobs.load({ 'later.mrc': mrc([record(...brief, ...online, '500 __ $a Later.')]) })
  assert.deepEqual(
    (await resultsOf(jobs, await undo(jobs, job))).map(({ result }) => result),
    ['merged'],
  )
  assert.deepEqual(await states(), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a record that was kept out, had its bib linked, and was settled by a person is undone in both', async () => {
  const jobs = await testJobs()
  await jobs.load({
    'there.mrc': mrc([{ ...book(1, 'Emma', '520 __ $a Full.'), leader: '00000nam a2200000 i 4500' }]),
  })
  const shipped = shippedProfile('repository')
  await saveProfile(
    jobs.db,
    await getZone(jobs.db, 'IZ'),
    {
      ...shipped,
      code: 'network',
      useNetworkZone: true,
    },
    null,
  )
  const before = [await jobs.dump(), await jobs.dump('IZ')]
  const brief = record('035 __ $a (OCoLC)1', '245 10 $a Emma')
  const job = await jobs.load(
    { 'brief.mrc': mrc([{ ...brief, leader: '00000nam a22000003a 4500' }]) },
    { zone: 'IZ', profile: 'network' },
  )
  assert.deepEqual(await jobs.outcomes(job), ['not_imported:NOT_ADDED_BRIEF'])
  assert.notDeepEqual(await jobs.dump('IZ'), before[1], 'its bib was linked')
  const [issue] = await jobs.db.query<{ id: number }>(
    `select issue_id as id from import_issue where job_id = $1`,
    [job],
  )
  await resolveIssue(jobs.db, jobs.dataDir, issue?.id ?? 0, { as: 'overlay', by: 'Ada' })
  await undo(jobs, job)
  assert.deepEqual([await jobs.dump(), await jobs.dump('IZ')], before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a job that was cancelled is undone as far as it went, and an undo goes on where it was stopped', async () => {
  const jobs = await testJobs()
  const vendor = vendorFile(1500)
  await jobs.loadKnown(vendor)
  const before = await jobs.dump()
  const job = await jobs.submit({ 'vendor.mrc': vendor.file })
  await stopAt(jobs, job, { table: 'import_record', rows: 600, heldOclc: 270 })
  assert.equal((await cancelJob(jobs.db, job)).status, 'cancelled')
  const { job: number } = await submitUndo(jobs.db, job, null)
  await stopAt(jobs, number, { table: 'undo_record', rows: 250, heldOclc: 100 })
  assert.notDeepEqual(await jobs.dump(), before)
  assert.equal(await jobs.run(number), 'completed')
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await jobs.unsound(), [])
  await assert.rejects(
    resumeJob(jobs.db, job),
    (error) => error instanceof ImportRefusal && error.code === 'UNDONE',
  )
})

/**
 * Runs a job until its table has so many rows, and asks the process to end; the job is left to be taken up
 * again. It gets no further than a bib in its middle, which is held until then.
 */
async function stopAt(
  jobs: TestJobs,
  job: number,
  { table, rows, heldOclc }: { table: string; rows: number; heldOclc: number },
): Promise<void> {
  const { db, dataDir } = jobs
  const held = await mmsIdOf(jobs, heldOclc)
  const [isHeld, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = db.transaction(async (tx) => {
    await tx.query(`select from bib where mms_id = $1 for update`, [held])
    isHeld.resolve()
    await letGo.promise
  })
  await isHeld.promise
  const ending = new AbortController()
  const running = runJob(db, dataDir, String(job), { ending: ending.signal })
  for (;;) {
    const [row] = await db.query<{ rows: number }>(
      `select count(*) as rows from ${table} where job_id = $1`,
      [job],
    )
    if ((row?.rows ?? 0) >= rows) break
  }
  ending.abort()
  letGo.resolve()
  await holding
  assert.equal(await running, 'pending')
}
