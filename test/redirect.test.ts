import assert from 'node:assert/strict'
import { test } from 'node:test'
import { submitCommit } from '../src/import/follow-job.ts'
import type { ImportProfile, Redirect } from '../src/rules/import-profile.ts'
import { addBib, record } from './catalogue.ts'
import { type Consortium, consortium, fieldsOf, recordOf, shipped, stateOf, undo } from './combining.ts'
import { mrc } from './jobs.ts'

const redirecting = (more: Partial<Redirect> = {}, method = 'oclc'): Partial<ImportProfile> => ({
  match: { ...shipped.match, method },
  redirect: {
    field: '019',
    subfield: 'a',
    handling: 'automatic',
    others: 'delete',
    mergeRule: 'keep-existing',
    ...more,
  },
})

const book = (oclc: number, ...more: readonly string[]) =>
  record(
    ...more.filter((line) => line < '035'),
    `035 __ $a (OCoLC)${oclc}`,
    '245 10 $a Emma.',
    '300 __ $a 3 v.',
    ...more.filter((line) => line > '036'),
  )

async function withFormer(profile: Partial<ImportProfile>) {
  const jobs = await consortium(profile)
  const [one, two] = [
    await addBib(jobs.db, 'NZ', book(12, '590 __ $a Signed.')),
    await addBib(jobs.db, 'NZ', book(13)),
  ]
  const linked = await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: one })
  return { ...jobs, one, two, linked }
}

/** Previews, commits and undoes a file: the catalogue is what it was. */
async function thereAndBack(jobs: Consortium, file: Uint8Array, look: (job: number) => Promise<void>) {
  const before = await jobs.dumps()
  const preview = await jobs.load({ 'new.mrc': file }, { profile: 'combine', kind: 'preview' })
  assert.deepEqual(await jobs.dumps(), before)
  const { job } = await submitCommit(jobs.db, preview, 'Ada')
  assert.equal(await jobs.run(job), 'completed')
  assert.deepEqual(await jobs.outcomes(job), await jobs.outcomes(preview))
  await look(job)
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await jobs.dumps(), before)
  assert.deepEqual(await jobs.unsound(), [])
}

test('bibs that a record supersedes become part of its match, and an undo takes them apart again', async () => {
  const jobs = await withFormer(redirecting())
  const match = await addBib(jobs.db, 'NZ', book(11))
  await thereAndBack(jobs, mrc([book(11, '019 __ $a 12 $a 13', '500 __ $a New.')]), async (job) => {
    assert.deepEqual(await jobs.outcomes(job), ['merged'])
    for (const gone of [jobs.one, jobs.two]) assert.equal(await stateOf(jobs, gone), null)
    assert.equal((await stateOf(jobs, jobs.linked))?.linkedTo, match)
    const fields = (await fieldsOf(jobs, match)) ?? []
    assert.ok(fields.includes('590 ## $a Signed.'))
    assert.deepEqual(
      fields.filter((field) => field.startsWith('035')),
      [
        '035 ## $a (OCoLC)11 $z (OCoLC)12 $z (OCoLC)13',
        `035 ## $a (NZ)${jobs.one} $z (OCoLC)12`,
        `035 ## $a (NZ)${jobs.two} $z (OCoLC)13`,
      ],
    )
  })
})

test('or part of the new bib, with what hangs on them, and an undo removes it', async () => {
  // The method looks for ISBNs alone.
  const jobs = await withFormer(redirecting({ others: 'suppress' }, 'isbn-any'))
  await thereAndBack(jobs, mrc([book(11, '019 __ $a 12 $a 13')]), async (job) => {
    const { outcome, mmsId, combined } = await recordOf(jobs, job)
    assert.deepEqual(
      [outcome, ...combined.map(({ became, into }) => [became, into])],
      ['created', ['relinked', mmsId], ['suppressed', mmsId], ['suppressed', mmsId]],
    )
    assert.equal((await stateOf(jobs, jobs.one))?.suppressed, true)
    assert.equal((await stateOf(jobs, jobs.linked))?.linkedTo, mmsId)
  })
})

test('a record that takes the place of the only bib that it supersedes leaves its number', async () => {
  const jobs = await withFormer(redirecting())
  await thereAndBack(jobs, mrc([book(11, '019 __ $a 12')]), async (job) => {
    const { outcome, mmsId, combined } = await recordOf(jobs, job)
    assert.deepEqual([outcome, mmsId, combined], ['merged', jobs.one, []])
  })
})
