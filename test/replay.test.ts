import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { getZone } from '../src/catalog/zone.ts'
import { lockBib } from '../src/catalog/lock.ts'
import { submitUndo } from '../src/import/follow-job.ts'
import { saveProfile } from '../src/import/profile.ts'
import { listDifferences, type ReplayCounts } from '../src/import/replay-report.ts'
import { type ReplayBy, submitReplay } from '../src/import/replay.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { getReport } from '../src/import/report.ts'
import { runJob } from '../src/import/run-job.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { book, mrc, type TestJobs, testJobs, vendorFile } from './jobs.ts'

/** Runs a job anew to its end, and answers the replay and what it counts. */
async function replayed(
  jobs: TestJobs,
  job: number,
  by: ReplayBy = {},
): Promise<{ readonly replay: number; readonly counts: ReplayCounts }> {
  const { job: replay } = await submitReplay(jobs.db, job, by, null)
  assert.equal(await jobs.run(replay), 'completed', JSON.stringify(await jobs.events(replay)))
  const { replay: counts } = await getReport(jobs.db, replay)
  assert.ok(counts)
  return { replay, counts }
}

const noDifference = (same: number) => ({
  same,
  different: 0,
  notReached: 0,
  by: { outcome: 0, code: 0, target: 0, content: 0, combined: 0 },
  turns: [],
})

const vendor = vendorFile(1200)

test('a replay by the same profile differs in nothing from a job with new bibs, merges, repeats, multi-matches, no bibs and cut-off records', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  const before = await jobs.dump()
  const { counts, replay } = await replayed(jobs, job)
  const { of, ...rest } = counts
  assert.equal(of, job)
  assert.deepEqual(rest, noDifference((await jobs.outcomes(job)).length))
  const kinds = new Set((await jobs.outcomes(replay)).map((outcome) => outcome.split(':')[0]))
  assert.deepEqual(kinds, new Set(['created', 'merged', 'unresolved', 'rejected']))
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('what became of the bibs after the job does not matter: undone, imported again, changed, deleted, locked', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  const { job: undo } = await submitUndo(jobs.db, job, null)
  await jobs.run(undo)
  await jobs.load({ 'again.mrc': vendor.file })
  // Others change keys and content of what the job met, and delete some of it.
  await jobs.profile('heavy', {
    match: { ...shippedProfile('repository').match, method: 'title-author' },
    deletes: 'delete',
  })
  await jobs.load(
    {
      'after.mrc': mrc([
        ...[4, 5, 6].map((oclc) => book(9_000_000 + oclc, `Title ${oclc}`, '520 __ $a Somebody was here.')),
        ...[7, 8].map((oclc) => ({ ...book(oclc, `Title ${oclc}`), leader: '00000dam a2200000 i 4500' })),
      ]),
    },
    { profile: 'heavy' },
  )
  const zone = await getZone(jobs.db, 'NZ')
  const [open] = await jobs.db.query<{ mmsId: string }>(
    `select mms_id as "mmsId" from import_record where job_id = $1 and outcome = 'merged' order by position desc limit 1`,
    [job],
  )
  await lockBib(jobs.db, zone.zoneId, open?.mmsId ?? '', 'Ada', zone.zoneId)
  // As if all of that had been while the job still ran.
  await jobs.db.execute(`update import_job set finished_at = now() where job_id = $1`, [job])
  const { counts } = await replayed(jobs, job)
  const { of: _, ...rest } = counts
  assert.deepEqual(rest, noDifference((await jobs.outcomes(job)).length))
  assert.deepEqual(await jobs.unsound(), [])
})

test('what held a record back then holds it back in the replay, though it is over', async () => {
  const jobs = await testJobs()
  const zone = await getZone(jobs.db, 'NZ')
  await jobs.load({
    'old.mrc': mrc([1, 2, 3, 4].map((oclc) => book(oclc, `Title ${oclc}`, '650 _0 $a Subject.'))),
  })
  const idOf = async (title: string) => {
    const [bib] = await jobs.db.query<{ mmsId: string }>(
      `select mms_id as "mmsId" from bib_search where title like $1`,
      [`${title}%`],
    )
    return bib?.mmsId ?? ''
  }
  const mmsId = await idOf('Title 1')
  const { ok } = await lockBib(jobs.db, zone.zoneId, mmsId, 'Ada', zone.zoneId)
  assert.ok(ok)
  await jobs.profile('guarded', {
    filter: { field: '598' },
    deletes: 'suppress',
    onMatch: { ...shippedProfile('repository').onMatch, briefGuard: true },
  })
  const brief = book(2, 'Title 2')
  const job = await jobs.load(
    {
      'guarded.mrc': mrc([
        book(1, 'Title 1', '650 _0 $a Another.'),
        {
          ...brief,
          leader: '00000nam a22000005i 4500',
          fields: brief.fields.filter(({ tag }) => tag !== '300'),
        },
        book(5, 'Filtered', '598 __ $a x'),
        { ...book(3, 'Title 3'), leader: '00000dam a2200000 i 4500' },
        book(4, 'Title 4', '650 _0 $a Another.'),
      ]),
    },
    { profile: 'guarded' },
  )
  assert.deepEqual(await jobs.outcomes(job), [
    'not_imported:NOT_ADDED_LOCKED',
    'not_imported:NOT_ADDED_BRIEF',
    'filtered:FILTERED',
    'deleted',
    'merged',
  ])
  await jobs.db.execute('delete from bib_lock')
  const { counts } = await replayed(jobs, job)
  const { of: _, ...rest } = counts
  assert.deepEqual(rest, noDifference(5))
})

test('by another merge rule exactly the records differ whose bib would be another, and each shows in which fields', async () => {
  const jobs = await testJobs()
  await jobs.load({ 'old.mrc': mrc([1, 2, 3].map((oclc) => book(oclc, `Title ${oclc}`, '650 _0 $a Old.'))) })
  const better = [
    book(1, 'Title 1', '650 _0 $a New.'),
    book(2, 'Title 2', '650 _0 $a Old.'),
    book(3, 'Title 3', '650 _0 $a New.', '500 __ $a A note.'),
    book(4, 'Title 4', '650 _0 $a New.'),
    book(4, 'Title 4', '650 _0 $a Newer.'),
  ]
  const job = await jobs.load({ 'better.mrc': mrc(better) })
  assert.deepEqual(await jobs.outcomes(job), ['merged', 'unchanged', 'merged', 'created', 'merged'])
  const { onMatch } = shippedProfile('repository')
  assert.equal(onMatch.mergeRule, 'overlay-all-but-local')
  await jobs.profile('repository', { onMatch: { ...onMatch, mergeRule: 'conditional-subject-headings' } })
  const before = await jobs.dump()
  const { replay, counts } = await replayed(jobs, job)
  assert.deepEqual(counts, {
    of: job,
    same: 2,
    different: 3,
    notReached: 0,
    by: { outcome: 0, code: 0, target: 0, content: 3, combined: 0 },
    turns: [{ was: { outcome: 'merged', code: null }, now: { outcome: 'merged', code: null }, count: 3 }],
  })
  const rows = await listDifferences(jobs.db, replay, { limit: 10 })
  assert.deepEqual(
    rows.map(({ position, differs, now, diff }) => ({
      position,
      differs,
      target: now.target?.startsWith('new:') === true ? now.target : 'known',
      diff: diff.map(({ change, tag }) => `${change} ${tag}`),
    })),
    [
      { position: 1, differs: ['content'], target: 'known', diff: ['added 650'] },
      { position: 3, differs: ['content'], target: 'known', diff: ['added 650'] },
      // The bib that the fourth record made has two numbers, and is one bib.
      { position: 5, differs: ['content'], target: 'new:1:4', diff: ['added 650'] },
    ],
  )
  const first = await listDifferences(jobs.db, replay, { limit: 1 })
  const after = await listDifferences(jobs.db, replay, { limit: 10, after: { file: 1, position: 1 } })
  assert.deepEqual([...first, ...after], rows)
  // By its own version the job comes out as it did.
  assert.equal((await replayed(jobs, job, { version: 1 })).counts.different, 0)
  assert.equal((await replayed(jobs, job, { same: true })).counts.different, 0)
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('by another match method records meet other bibs, and later ones of the replay what earlier ones planned', async () => {
  const jobs = await testJobs()
  await jobs.load({ 'old.mrc': mrc([book(1, 'Emma'), book(2, 'Persuasion')]) })
  const filler = Array.from({ length: 400 }, (_, at) => book(100 + at, `Filler ${at}`))
  const file = [
    book(1, 'Emma', '500 __ $a First.'),
    book(77, 'Persuasion'),
    book(78, 'Sanditon'),
    ...filler,
    book(79, 'Sanditon'),
  ]
  const job = await jobs.load({ 'file.mrc': mrc(file) })
  const draft = {
    ...shippedProfile('repository'),
    match: { ...shippedProfile('repository').match, method: 'title-author' },
  }
  const { replay, counts } = await replayed(jobs, job, { draft })
  const rows = await listDifferences(jobs.db, replay, { limit: 10 })
  assert.deepEqual(
    rows.map(({ position, differs, was, now }) => ({
      position,
      differs,
      was: was.outcome,
      now: now.outcome,
    })),
    [
      { position: 2, differs: ['outcome', 'target'], was: 'created', now: 'merged' },
      { position: 404, differs: ['outcome', 'target'], was: 'created', now: 'merged' },
    ],
  )
  assert.equal(rows[1]?.now.target, 'new:1:3')
  assert.equal(counts.same, 402)
})

test('bibs that became one are apart again for the replay, and what becomes of them then is compared', async () => {
  const jobs = await testJobs()
  const { match, onMatch } = shippedProfile('repository')
  await jobs.profile('apart', { onMatch: { ...onMatch, action: 'import' } })
  await jobs.load({ 'one.mrc': mrc([book(1, 'Emma'), book(2, 'Persuasion')]) })
  await jobs.load({ 'two.mrc': mrc([book(1, 'Emma, again')]) }, { profile: 'apart' })
  const combining = (others: 'delete' | 'suppress') => ({
    match: {
      ...match,
      multi: {
        ...match.multi,
        combine: { handling: 'automatic', preferred: 'oldest', others, mergeRule: 'keep-existing' },
      },
    },
  })
  await jobs.profile('one-of-all', combining('delete'))
  const file = mrc([book(1, 'Emma', '500 __ $a Better.'), book(2, 'Persuasion', '500 __ $a Better.')])
  const job = await jobs.load({ 'file.mrc': file }, { profile: 'one-of-all' })
  assert.deepEqual(await jobs.outcomes(job), ['merged', 'merged'])
  assert.equal((await replayed(jobs, job)).counts.different, 0)
  await jobs.profile('one-of-all', combining('suppress'))
  const { replay, counts } = await replayed(jobs, job)
  assert.deepEqual(counts.by, { outcome: 0, code: 0, target: 0, content: 0, combined: 1 })
  const [row] = await listDifferences(jobs.db, replay, { limit: 10 })
  assert.equal(row?.position, 1)
  const [was] = row?.was.combined ?? []
  assert.match(was ?? '', /^deleted 99/)
  assert.deepEqual(row?.now.combined, [was?.replace('deleted', 'suppressed')])
  assert.deepEqual(await jobs.unsound(), [])
})

test('a job by way of the network, and one that a linked bib held back, are replayed against the zones that they saw', async () => {
  const jobs = await testJobs()
  const institution = await getZone(jobs.db, 'IZ')
  await saveProfile(
    jobs.db,
    institution,
    { ...shippedProfile('repository'), code: 'network', useNetworkZone: true },
    null,
  )
  await jobs.load({ 'old.mrc': mrc([book(1, 'Emma')]) })
  const shared = await jobs.load(
    { 'shared.mrc': mrc([book(1, 'Emma', '500 __ $a New.'), book(2, 'Persuasion')]) },
    { zone: 'IZ', profile: 'network' },
  )
  assert.deepEqual(await jobs.outcomes(shared), ['merged', 'created'])
  const held = await jobs.load(
    { 'held.mrc': mrc([book(2, 'Persuasion'), book(3, 'Sanditon')]) },
    { zone: 'IZ' },
  )
  assert.deepEqual(await jobs.outcomes(held), ['not_imported:NOT_ADDED_LINKED', 'created'])
  // The network's bib goes on, and what is linked to it stays.
  await jobs.load({ 'later.mrc': mrc([book(2, 'Persuasion', '520 __ $a A summary.')]) })
  for (const job of [shared, held]) {
    const { of: _, ...rest } = (await replayed(jobs, job)).counts
    assert.deepEqual(rest, noDifference(2))
  }
  await assert.rejects(
    submitReplay(jobs.db, held, { draft: { ...shippedProfile('repository'), useNetworkZone: true } }, null),
    (error) => error instanceof ImportRefusal && error.code === 'OTHER_ZONE',
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('a replay of a preview, and of a job that was cut short, compares what there is', async () => {
  const jobs = await testJobs()
  await jobs.load({ 'old.mrc': mrc([book(1, 'Emma')]) })
  const file = mrc([book(1, 'Emma', '500 __ $a Better.'), book(2, 'Persuasion'), book(2, 'Persuasion')])
  const preview = await jobs.load({ 'file.mrc': file }, { kind: 'preview' })
  assert.equal((await replayed(jobs, preview)).counts.same, 3)
  const job = await jobs.load({ 'file.mrc': file })
  // As a job is that was cancelled after its second record.
  await jobs.db.execute(`update import_part set done_position = 2 where job_id = $1`, [job])
  await jobs.db.execute(`delete from import_record where job_id = $1 and position = 3`, [job])
  const { counts } = await replayed(jobs, job)
  assert.deepEqual([counts.same, counts.different, counts.notReached], [2, 0, 1])
})

test('a replay is cancelled, goes on where it stopped, and cannot be committed, undone or replayed', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const job = await jobs.load({ 'vendor.mrc': vendor.file })
  const { job: replay } = await submitReplay(jobs.db, job, {}, null)
  const half = new AbortController()
  let isOver = false
  const running = runJob(jobs.db, jobs.dataDir, String(replay), { ending: half.signal }).finally(() => {
    isOver = true
  })
  const done = async () => (await jobs.outcomes(replay)).length
  while (!isOver && (await done()) === 0) await delay(5)
  half.abort()
  assert.equal(await running, 'pending')
  assert.ok((await done()) < (await jobs.outcomes(job)).length)
  await jobs.run(replay)
  const report = await getReport(jobs.db, replay)
  assert.equal(report.status, 'completed')
  assert.equal(report.replay?.different, 0)
  assert.equal(report.replay?.same, report.records)
  assert.deepEqual(
    [report.canCommit.allowed, report.canUndo.allowed, report.canReplay.allowed],
    [false, false, false],
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('a replay that cannot be is refused with what would help', async () => {
  const jobs = await testJobs()
  const job = await jobs.load({ 'old.mrc': mrc([book(1, 'Emma')]) })
  const refused = (by: ReplayBy, code: string) =>
    assert.rejects(
      submitReplay(jobs.db, job, by, null),
      (error) => error instanceof ImportRefusal && error.code === code,
    )
  await refused({ version: 7 }, 'NO_SUCH_VERSION')
  await refused({ draft: { ...shippedProfile('repository'), useNetworkZone: true } }, 'OTHER_ZONE')
  await refused(
    { draft: { ...shippedProfile('repository'), normalize: [{ do: 'rule', rule: 'none-such' }] } },
    'NO_SUCH_RULE',
  )
  const { job: undo } = await submitUndo(jobs.db, job, null)
  await assert.rejects(
    submitReplay(jobs.db, undo, {}, null),
    (error) => error instanceof ImportRefusal && error.code === 'NOT_REPLAYED',
  )
  const pending = await jobs.submit({ 'other.mrc': mrc([book(2, 'Persuasion')]) })
  await assert.rejects(
    submitReplay(jobs.db, pending, {}, null),
    (error) => error instanceof ImportRefusal && error.code === 'NOT_COMPLETE',
  )
})
