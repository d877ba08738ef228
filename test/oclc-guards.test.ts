import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listIssues } from '../src/import/issues.ts'
import { resolveIssue } from '../src/import/resolve-issue.ts'
import type { OnMatch } from '../src/rules/import-profile.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { addBib, record } from './catalogue.ts'
import { recordOf } from './combining.ts'
import { mrc, testJobs } from './jobs.ts'

const shipped = shippedProfile('repository')
const isbn = '9780141439587'

const guarding = (oclc: OnMatch['oclc']) => ({
  match: { ...shipped.match, method: 'isbn-any' },
  onMatch: oclc ? { ...shipped.onMatch, oclc } : shipped.onMatch,
})

const all = (guard: 'off' | 'warn' | 'review' | 'refuse'): OnMatch['oclc'] => ({
  twoCurrent: guard,
  numberChange: guard,
  cancelledElsewhere: guard,
})

const book = (oclc: number, ...more: readonly string[]) =>
  record(
    `020 __ $a ${isbn}`,
    `035 __ $a (OCoLC)${oclc}`,
    ...more,
    '245 10 $a Emma / $c Jane Austen.',
    '300 __ $a 3 v.',
  )

/** A bib with the number 12, another that once had it, and files that bring 12 and 13. */
async function catalogue() {
  const jobs = await testJobs()
  const bib = await addBib(jobs.db, 'NZ', book(12))
  const other = await addBib(
    jobs.db,
    'NZ',
    record('019 __ $a 12', '035 __ $a (OCoLC)99', '245 10 $a Emma.', '300 __ $a 3 v.'),
  )
  return { ...jobs, bib, other }
}

test('a number that another bib has as cancelled is found by a method that does not look for OCLC numbers', async () => {
  const jobs = await catalogue()
  await jobs.profile('guard', guarding(all('review')))
  const file = { 'new.mrc': mrc([book(12, '500 __ $a New.')]) }
  const preview = await jobs.load(file, { profile: 'guard', kind: 'preview' })
  const job = await jobs.load(file, { profile: 'guard' })
  for (const one of [preview, job]) {
    const { code, mmsId, trace } = await recordOf(jobs, one)
    assert.deepEqual([code, mmsId], ['OCLC_CANCELLED_ELSEWHERE', null])
    assert.deepEqual(trace?.guard, {
      guard: 'oclc',
      code: 'OCLC_CANCELLED_ELSEWHERE',
      numbers: ['12'],
      mmsId: jobs.other,
    })
  }
  const [issue] = await listIssues(jobs.db, { job, open: true, limit: 10 })
  assert.deepEqual(issue?.candidates, [jobs.bib, jobs.other])
  // A person who has looked at the other bib merges all the same.
  const settled = await resolveIssue(jobs.db, jobs.dataDir, issue?.id ?? 0, {
    as: 'merge',
    into: jobs.bib,
    by: 'Ada',
  })
  assert.deepEqual([settled.resolution, settled.mmsId], ['merge', jobs.bib])
  assert.deepEqual(await jobs.unsound(), [])
})

test('or finds that the two are one title, and combines them', async () => {
  const jobs = await catalogue()
  await jobs.profile('guard', guarding(all('review')))
  const job = await jobs.load({ 'new.mrc': mrc([book(12, '500 __ $a New.')]) }, { profile: 'guard' })
  const [issue] = await listIssues(jobs.db, { job, open: true, limit: 10 })
  await resolveIssue(jobs.db, jobs.dataDir, issue?.id ?? 0, { as: 'combine', into: jobs.bib, by: 'Ada' })
  const [row] = await jobs.db.query<{ record: string }>('select record from bib where mms_id = $1', [
    jobs.bib,
  ])
  assert.match(row?.record ?? '', new RegExp(`\\(NZ\\)${jobs.other}.z\\(OCoLC\\)99`))
  assert.deepEqual(await jobs.db.query('select from bib where mms_id = $1', [jobs.other]), [])
  assert.deepEqual(await jobs.unsound(), [])
})

test('a refused record changes nothing and opens no issue', async () => {
  const jobs = await catalogue()
  await jobs.profile('guard', guarding(all('refuse')))
  const before = await jobs.dump()
  const job = await jobs.load(
    {
      'new.mrc': mrc([
        book(13),
        record(`035 __ $a (OCoLC)14`, '035 __ $a (OCoLC)15', '245 00 $a Two.', '300 __ $a 3 v.'),
      ]),
    },
    { profile: 'guard' },
  )
  assert.deepEqual(await jobs.outcomes(job), [
    'not_imported:OCLC_NUMBER_CHANGE',
    'not_imported:OCLC_TWO_CURRENT',
  ])
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await listIssues(jobs.db, { job, open: true, limit: 10 }), [])
  assert.deepEqual(await jobs.unsound(), [])
})

test('a word of warning is kept with the record, a created one’s too; without the guards nothing is said', async () => {
  for (const guards of [undefined, all('off')]) {
    const jobs = await catalogue()
    await jobs.profile('guard', guarding(guards))
    const created = record('035 __ $a (OCoLC)12', '245 00 $a A copy.', '300 __ $a 3 v.')
    const job = await jobs.load({ 'new.mrc': mrc([created, book(13)]) }, { profile: 'guard' })
    assert.deepEqual(await jobs.outcomes(job), ['created', 'merged'])
    const warned = await Promise.all(
      [1, 2].map(async (position) => (await recordOf(jobs, job, position)).trace?.warned),
    )
    const codes = warned.map((some) => some?.map((one) => (one.guard === 'oclc' ? one.code : one.guard)))
    assert.deepEqual(
      codes,
      guards ? [undefined, undefined] : [['OCLC_CANCELLED_ELSEWHERE'], ['OCLC_NUMBER_CHANGE']],
    )
    assert.deepEqual(await jobs.unsound(), [])
  }
})
