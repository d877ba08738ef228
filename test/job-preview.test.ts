import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImportRefusal } from '../src/import/refusal.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { book, mrc, testJobs, vendorFile } from './jobs.ts'

const vendor = vendorFile(1200)

test('the same file twice changes nothing, and says so before it runs', async () => {
  const jobs = await testJobs()
  await jobs.loadKnown(vendor)
  const first = await jobs.load({ 'vendor.mrc': vendor.file })
  const before = await jobs.dump()
  const second = await jobs.submit({ 'renamed.mrc': vendor.file })
  const [said] = await jobs.events(second)
  assert.equal(said?.code, 'LOADED_BEFORE')
  assert.match(
    said?.message ?? '',
    new RegExp(`^renamed\\.mrc was loaded before, by job ${first} on \\d{4}-\\d\\d-\\d\\d`),
  )
  assert.equal(await jobs.run(second), 'completed')
  // What a person must settle, and what is no bib, is so each time.
  const [one, two] = [await jobs.outcomes(first), await jobs.outcomes(second)]
  for (const [at, outcome] of two.entries())
    assert.equal(
      outcome,
      /^(created|merged|unchanged)/.test(one[at] ?? '') ? 'unchanged' : one[at],
      `record ${at + 1}`,
    )
  assert.deepEqual(await jobs.dump(), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a preview writes no bib, and its commit comes to exactly its outcomes and its content', async () => {
  const [previewed, direct] = [await testJobs(), await testJobs()]
  for (const jobs of [previewed, direct]) await jobs.loadKnown(vendor)
  const before = await previewed.dump()
  const preview = await previewed.load({ 'vendor.mrc': vendor.file }, { kind: 'preview' })
  assert.deepEqual(await previewed.dump(), before)
  const { job: commit } = await submitCommit(previewed.db, preview, 'Ada')
  assert.equal(await previewed.run(commit), 'completed')
  const shown = await previewed.outcomes(preview)
  assert.deepEqual(await previewed.outcomes(commit), shown)
  assert.deepEqual(await direct.outcomes(await direct.load({ 'vendor.mrc': vendor.file })), shown)
  assert.deepEqual(await previewed.dump(), await direct.dump())
  assert.deepEqual(await previewed.unsound(), [])
  await assert.rejects(
    submitCommit(previewed.db, preview, 'Ada'),
    (error) => error instanceof ImportRefusal && error.code === 'COMMITTED',
  )
})

test('what changed in the catalogue since the preview is left to a person, and the rest is committed as shown', async () => {
  const jobs = await testJobs()
  await jobs.load({ 'old.mrc': mrc([book(1, 'Emma'), book(2, 'Persuasion'), book(3, 'Sanditon')]) })
  const better = [1, 2, 3, 4, 5].map((oclc) => book(oclc, `Title ${oclc}`, '520 __ $a A summary.'))
  const preview = await jobs.load({ 'better.mrc': mrc(better) }, { kind: 'preview' })
  await jobs.load({
    'between.mrc': mrc([book(2, 'Persuasion', '500 __ $a Somebody was here.'), book(5, 'Another')]),
  })
  const { job: commit } = await submitCommit(jobs.db, preview, null)
  await jobs.run(commit)
  assert.deepEqual(await jobs.outcomes(preview), ['merged', 'merged', 'merged', 'created', 'created'])
  assert.deepEqual(await jobs.outcomes(commit), [
    'merged',
    'unresolved:PREVIEW_DRIFTED',
    'merged',
    'created',
    'unresolved:PREVIEW_DRIFTED',
  ])
  const open = await jobs.db.query(
    `select from import_issue where job_id = $1 and code = 'PREVIEW_DRIFTED'`,
    [commit],
  )
  assert.equal(open.length, 2)
  assert.match((await jobs.dump()).join('\n'), /Somebody was here/)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a later batch of a preview sees what an earlier one would have made', async () => {
  const jobs = await testJobs()
  const file = [
    book(1, 'Emma'),
    ...Array.from({ length: 300 }, (_, at) => book(100 + at, `Title ${at}`)),
    book(1, 'Emma', '520 __ $a A summary.'),
  ]
  const preview = await jobs.load({ 'twice.mrc': mrc(file) }, { kind: 'preview' })
  const outcomes = await jobs.outcomes(preview)
  assert.deepEqual([outcomes[0], outcomes.at(-1)], ['created', 'merged'])
  const { job: commit } = await submitCommit(jobs.db, preview, null)
  await jobs.run(commit)
  assert.deepEqual(await jobs.outcomes(commit), outcomes)
  assert.deepEqual(await jobs.unsound(), [])
})
