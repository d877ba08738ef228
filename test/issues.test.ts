import assert from 'node:assert/strict'
import { test } from 'node:test'
import { submitUndo } from '../src/import/follow-job.ts'
import { getIssue, listIssues } from '../src/import/issues.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { getReport } from '../src/import/report.ts'
import { resolveIssue } from '../src/import/resolve-issue.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { addBib, record } from './catalogue.ts'
import { book, mrc, testJobs } from './jobs.ts'

/** Two bibs with one OCLC number, and a job whose records each meet both. */
async function twoBibs(records = 1) {
  const jobs = await testJobs()
  const numbers = Array.from({ length: records }, (_, at) => 100 + at)
  await jobs.loadKnown({
    known: mrc(numbers.map((number) => book(number, `Title ${number}`))),
    twins: mrc(numbers.map((number) => book(number, `Title ${number}, again`))),
  })
  const before = await jobs.dump()
  const job = await jobs.load({
    'new.mrc': mrc(numbers.map((number) => book(number, `Title ${number}`, '500 __ $a A better record.'))),
  })
  const issues = await listIssues(jobs.db, { job, open: true, limit: 100 })
  assert.deepEqual(
    issues.map(({ code }) => code),
    numbers.map(() => 'MULTI_MATCH'),
  )
  const resolve = (at: number, decision: Omit<Parameters<typeof resolveIssue>[3], 'by'>) =>
    resolveIssue(jobs.db, jobs.dataDir, issues[at]?.id ?? 0, { ...decision, by: 'Ada' })
  return { ...jobs, job, issues, before, resolve }
}

const refusal = (code: string) => (error: unknown) => error instanceof ImportRefusal && error.code === code

test('an issue is settled as a merge, an overlay, a new bib or nothing, and the report counts it so', async () => {
  const { db, dataDir, job, issues, resolve, unsound } = await twoBibs(4)
  const candidate = (at: number) => issues[at]?.candidates[0] ?? ''
  assert.equal((await resolve(0, { as: 'merge', into: candidate(0) })).mmsId, candidate(0))
  assert.equal((await resolve(1, { as: 'overlay', into: candidate(1) })).mmsId, candidate(1))
  const created = await resolve(2, { as: 'create' })
  assert.match(created.mmsId ?? '', /^99\d+5816$/)
  assert.ok(!issues[2]?.candidates.includes(created.mmsId ?? ''))
  assert.equal((await resolve(3, { as: 'discard' })).mmsId, null)
  const { atImport, now } = await getReport(db, job)
  assert.equal(atImport.unresolved, 4)
  assert.deepEqual(
    [now.unresolved, now.merged, now.overlaid, now.created, now.not_imported, now.resolved],
    [0, 1, 1, 1, 1, 4],
  )
  const settled = await getIssue(db, dataDir, issues[0]?.id ?? 0)
  assert.deepEqual([settled.resolution, settled.resolvedBy], ['merge', 'Ada'])
  assert.deepEqual(await unsound(), [])
})

test('an issue shows of each bib that the record may be whom a change of it would reach', async () => {
  const { db, dataDir, issues } = await twoBibs()
  const [first = '', second = ''] = issues[0]?.candidates ?? []
  await db.execute(`update bib set suppressed = true where mms_id = $1`, [first])
  const linked = await addBib(db, 'IZ', record('590 __ $a Gift'), { linkedMmsId: second })
  const { candidateBibs } = await getIssue(db, dataDir, issues[0]?.id ?? 0)
  assert.deepEqual(
    candidateBibs.map(({ mmsId, impact }) => [
      mmsId,
      impact.suppressed,
      impact.institutions.map((one) => [one.zone, one.mmsId]),
    ]),
    [
      [first, true, []],
      [second, false, [['IZ', linked]]],
    ],
  )
})

test('a merge into a bib that is not there is refused, and makes none', async () => {
  const { dump, before, resolve, issues, db, dataDir } = await twoBibs()
  for (const as of ['merge', 'overlay'] as const)
    await assert.rejects(resolve(0, { as, into: '991234567895816' }), refusal('NO_TARGET'))
  await assert.rejects(resolve(0, { as: 'merge' }), refusal('NO_TARGET'))
  assert.deepEqual(await dump(), before)
  assert.equal((await getIssue(db, dataDir, issues[0]?.id ?? 0)).resolvedAt, null)
})

test('of two people who settle one issue at once, one does', async () => {
  const { resolve, issues, dump } = await twoBibs()
  const into = issues[0]?.candidates[0] ?? ''
  const results = await Promise.allSettled([
    resolve(0, { as: 'merge', into }),
    resolve(0, { as: 'create' }),
    resolve(0, { as: 'discard' }),
  ])
  assert.deepEqual(
    results.map(({ status }) => status).toSorted((a, b) => (a < b ? -1 : 1)),
    ['fulfilled', 'rejected', 'rejected'],
  )
  for (const result of results)
    if (result.status === 'rejected') assert.ok(refusal('RESOLVED')(result.reason))
  assert.ok((await dump()).length <= 3)
})

test('undo takes back what people have made of the issues of its job, and closes the rest', async () => {
  const { db, dataDir, job, issues, before, resolve, run, dump, unsound } = await twoBibs(4)
  await resolve(0, { as: 'merge', into: issues[0]?.candidates[0] ?? '' })
  await resolve(1, { as: 'overlay', into: issues[1]?.candidates[1] ?? '' })
  await resolve(2, { as: 'create' })
  const { job: undo } = await submitUndo(db, job, 'Ada')
  await assert.rejects(resolve(3, { as: 'create' }), refusal('UNDONE'))
  assert.equal(await run(undo), 'completed')
  assert.deepEqual(await dump(), before)
  const report = await getReport(db, undo)
  assert.deepEqual([report.undo?.removed, report.undo?.restored, report.undo?.conflict], [1, 2, 0])
  assert.deepEqual([report.records, report.done], [3, 3])
  assert.equal((await getIssue(db, dataDir, issues[3]?.id ?? 0)).resolution, 'undone')
  assert.deepEqual(await unsound(), [])
})

test('an issue has its record as it came, and as the profile prepares it for the comparison', async () => {
  const jobs = await testJobs()
  await jobs.profile('ocn', { normalize: [{ do: 'oclc-001-to-035' }] })
  await jobs.loadKnown({ known: mrc([book(1234567, 'Emma')]), twins: mrc([book(1234567, 'Emma, again')]) })
  const { leader, fields } = book(1234567, 'Emma')
  const number = { tag: '001', value: 'ocm01234567' }
  const incoming = { leader, fields: [number, ...fields.filter(({ tag }) => tag !== '035')] }
  const job = await jobs.load({ 'new.mrc': mrc([incoming]) }, { profile: 'ocn' })
  const [open] = await listIssues(jobs.db, { job, open: true, limit: 1 })
  const issue = await getIssue(jobs.db, jobs.dataDir, open?.id ?? 0)
  const has = (of: typeof issue.incoming, wanted: string) => of?.fields.some(({ tag }) => tag === wanted)
  assert.deepEqual([has(issue.incoming, '001'), has(issue.incoming, '035')], [true, false])
  assert.deepEqual([has(issue.prepared, '001'), has(issue.prepared, '035')], [false, true])
})

test('a record that the weighing was unsure of is settled like one with several matches', async () => {
  const jobs = await testJobs()
  await jobs.profile('weighing', { match: { ...shippedProfile('repository').match, method: 'weighted' } })
  await jobs.load({ 'known.mrc': mrc([book(1, 'Emma'), book(2, 'Persuasion')]) })
  const better = (oclc: number, title: string) => book(oclc, title, '520 __ $a A summary.')
  const job = await jobs.load(
    { 'new.mrc': mrc([better(11, 'Emma'), better(12, 'Persuasion')]) },
    { profile: 'weighing' },
  )
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:MATCH_UNSURE', 'unresolved:MATCH_UNSURE'])
  const [first, second] = await listIssues(jobs.db, { job, open: true, limit: 10 })
  assert.equal(first?.candidates.length, 1)
  const into = first.candidates[0] ?? ''
  const merged = await resolveIssue(jobs.db, jobs.dataDir, first.id, { as: 'merge', by: 'Ada' })
  assert.equal(merged.mmsId, into)
  const made = await resolveIssue(jobs.db, jobs.dataDir, second?.id ?? 0, { as: 'create', by: 'Ada' })
  assert.ok(made.mmsId !== null && !second?.candidates.includes(made.mmsId))
  assert.deepEqual(await jobs.unsound(), [])
})
