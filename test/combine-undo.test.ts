import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibsForUpdate } from '../src/catalog/bib-state.ts'
import { writeBibs } from '../src/catalog/bib-write.ts'
import { lockBib } from '../src/catalog/lock.ts'
import { getZone, listZones } from '../src/catalog/zone.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { getReport, listConflicts } from '../src/import/report.ts'
import { pack } from '../src/marc/packed.ts'
import type { BibState } from '../src/rules/bib-state.ts'
import { deriveState } from '../src/rules/derive.ts'
import { bodyOf, storedRecord } from '../src/rules/prepare.ts'
import { addBib, record } from './catalogue.ts'
import {
  book,
  type Consortium,
  combining,
  consortium,
  fieldsOf,
  isbn,
  recordOf,
  stateOf,
  undo,
} from './combining.ts'
import { mrc } from './jobs.ts'

test('an undo takes back combined bibs, suppressed ones and new ones of the same file among them', async () => {
  for (const others of ['delete', 'suppress', 'keep'] as const) {
    const jobs = await consortium(combining({ others, mergeRule: 'conditional-subject-headings' }))
    const one = await addBib(jobs.db, 'NZ', book(11, '650 _0 $a Matchmaking.'))
    await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: one })
    const before = await jobs.dumps()
    const job = await jobs.loadRecords(
      // A new bib, which the last record finds to be the same as the one that was there.
      record('035 __ $a (OCoLC)90', '245 00 $a Emma : $b a novel.', '300 __ $a 3 v.'),
      record('020 __ $a 9780000000002', '035 __ $a (OCoLC)90', '245 00 $a Emma.', '300 __ $a 3 v.'),
      record(
        `020 __ $a ${isbn}`,
        '035 __ $a (OCoLC)90',
        '245 00 $a Emma.',
        '300 __ $a 3 v.',
        '500 __ $a Both.',
      ),
    )
    assert.deepEqual(await jobs.outcomes(job), ['created', 'merged', 'merged'])
    assert.equal((await getReport(jobs.db, job)).combined, 1)
    assert.deepEqual(await jobs.unsound(), [])
    await undo(jobs, job)
    assert.deepEqual(await jobs.dumps(), before, others)
    assert.deepEqual(await jobs.unsound(), [])
  }
})

/** A bib of the network with a number of its own, and what an institution has linked to it. */
const novel = (number: number, ...more: readonly string[]) =>
  record(
    `020 __ $a 978000000${number}`,
    `035 __ $a (OCoLC)${number}`,
    '245 00 $a Novel.',
    '300 __ $a 3 v.',
    ...more,
  )

test('a commit combines exactly what its preview has shown, over many batches', async () => {
  const [previewed, direct] = [await consortium(), await consortium()]
  const numbers = Array.from({ length: 200 }, (_, at) => 1001 + at)
  for (const jobs of [previewed, direct]) {
    for (const number of numbers.filter((n) => n % 20 === 0)) {
      const one = await addBib(jobs.db, 'NZ', novel(number))
      const two = await addBib(jobs.db, 'NZ', novel(number, '500 __ $a Again.'))
      for (const zone of ['IZ', 'IY'] as const)
        await addBib(jobs.db, zone, record(`590 __ $a Copy of ${zone}.`), {
          linkedMmsId: number % 40 === 0 ? two : one,
        })
      await addBib(jobs.db, 'IY', record('591 __ $a Another.'), {
        linkedMmsId: number % 40 === 0 ? one : two,
      })
    }
  }
  // The second half meets what the first has combined, or made: another batch of the preview.
  const file = mrc([
    ...numbers.map((number) => novel(number, '501 __ $a New.')),
    ...numbers.map((number) => novel(number, '502 __ $a Later.')),
    record(
      '020 __ $a 9780000001001',
      '020 __ $a 9780000001002',
      '035 __ $a (OCoLC)1001',
      '245 00 $a Novel.',
      '300 __ $a 3 v.',
    ),
    record(
      '020 __ $a 9780000001020',
      '020 __ $a 9780000001003',
      '035 __ $a (OCoLC)1003',
      '245 00 $a Novel.',
      '300 __ $a 3 v.',
    ),
  ])
  const before = await previewed.dumps()
  const preview = await previewed.load({ 'new.mrc': file }, { profile: 'combine', kind: 'preview' })
  assert.deepEqual(await previewed.dumps(), before)
  const { job: commit } = await submitCommit(previewed.db, preview, 'Ada')
  assert.equal(await previewed.run(commit), 'completed')
  assert.deepEqual(await previewed.outcomes(commit), await previewed.outcomes(preview))
  const job = await direct.load({ 'new.mrc': file }, { profile: 'combine' })
  assert.deepEqual(await direct.outcomes(job), await previewed.outcomes(commit))
  assert.deepEqual(await previewed.dumps(), await direct.dumps())
  for (const [jobs, id] of [
    [previewed, preview],
    [previewed, commit],
    [direct, job],
  ] as const)
    assert.equal((await getReport(jobs.db, id)).combined, 12)
  assert.deepEqual(await previewed.unsound(), [])
  assert.deepEqual(await direct.unsound(), [])
  await undo(previewed, commit)
  assert.deepEqual(await previewed.dumps(), before)
  assert.deepEqual(await previewed.unsound(), [])
})

test('what has changed since the preview is left to a person: a bib that was to be combined, and what hangs on it', async () => {
  const changes = {
    'a bib that was to go': ({ two }: Bibs) => [two],
    'a bib linked to it': ({ linked }: Bibs) => [linked],
    nothing: () => [],
  }
  for (const [what, changed] of Object.entries(changes)) {
    const jobs = await consortium(combining({ preferred: 'oldest' }))
    const bibs = await twoBibs(jobs)
    const file = { 'new.mrc': mrc([book(11, '500 __ $a New.')]) }
    const preview = await jobs.load(file, { profile: 'combine', kind: 'preview' })
    const shown = (await recordOf(jobs, preview)).combined
    assert.deepEqual(
      shown.map(({ mmsId, became }) => [mmsId, became]),
      [
        [bibs.linked, 'relinked'],
        [bibs.two, 'deleted'],
      ],
    )
    for (const mmsId of changed(bibs)) await edit(jobs, mmsId, '599 __ $a Somebody was here.')
    const { job: commit } = await submitCommit(jobs.db, preview, 'Ada')
    assert.equal(await jobs.run(commit), 'completed')
    const { outcome, code, combined, trace } = await recordOf(jobs, commit)
    if (what === 'nothing') assert.deepEqual([outcome, combined], ['merged', shown])
    else
      assert.deepEqual(
        [outcome, code, combined, trace?.combined],
        ['unresolved', 'PREVIEW_DRIFTED', [], undefined],
        what,
      )
    assert.deepEqual(await jobs.unsound(), [])
  }
})

test('an undo leaves all of a record as it is where a bib of it is open to somebody', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest', others: 'suppress' }))
  const bibs = await twoBibs(jobs)
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  const after = await jobs.dumps()
  const library = await getZone(jobs.db, 'IZ')
  await lockBib(jobs.db, library.zoneId, bibs.linked, 'Ada', library.zoneId)
  const number = await undo(jobs, job)
  assert.deepEqual(await jobs.dumps(), after)
  const [conflict] = await listConflicts(jobs.db, number, { limit: 10 })
  assert.match(
    conflict?.conflicts[0] ?? '',
    new RegExp(`^bib ${bibs.linked}, which was combined, is open to Ada`),
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('what others have done since with combined bibs stays, and the rest is taken back', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest' }))
  const bibs = await twoBibs(jobs)
  const before = await fieldsOf(jobs, bibs.one)
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  await edit(jobs, bibs.one, '599 __ $a Somebody was here.')
  await edit(jobs, bibs.linked, '598 __ $a And here.')
  const number = await undo(jobs, job)
  assert.deepEqual(await fieldsOf(jobs, bibs.one), [...(before ?? []), '599 ## $a Somebody was here.'])
  assert.equal((await stateOf(jobs, bibs.two))?.version, 3)
  assert.equal((await stateOf(jobs, bibs.linked))?.linkedTo, bibs.two)
  assert.deepEqual(await fieldsOf(jobs, bibs.linked), ['590 ## $a Theirs.', '598 ## $a And here.'])
  assert.deepEqual(await jobs.unsound(), [])
  assert.deepEqual(await listConflicts(jobs.db, number, { limit: 10 }), [])
})

test('a linked bib that its institution has made its own since stays so, and the undo says it', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest' }))
  const bibs = await twoBibs(jobs)
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  await change(jobs, bibs.linked, 'unlinked', (bib) => ({
    ...bib,
    linkedMmsId: null,
    record: storedRecord(bib.record.slice(0, 24), bib.mmsId, '20261101000000.0', bodyOf(book(11))),
  }))
  const number = await undo(jobs, job)
  assert.equal((await stateOf(jobs, bibs.linked))?.linkedTo, null)
  assert.equal((await stateOf(jobs, bibs.two))?.action, 'restored')
  const [conflict] = await listConflicts(jobs.db, number, { limit: 10 })
  assert.deepEqual(conflict?.conflicts, [`bib ${bibs.linked} has been changed since, and is left as it is`])
  assert.deepEqual(await jobs.unsound(), [])
})

type Bibs = { readonly one: string; readonly two: string; readonly linked: string }

async function twoBibs(jobs: Consortium): Promise<Bibs> {
  const one = await addBib(jobs.db, 'NZ', book(11))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const linked = await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: two })
  return { one, two, linked }
}

/** A person adds a field to a bib. */
const edit = (jobs: Consortium, mmsId: string, line: string): Promise<void> =>
  change(jobs, mmsId, 'edited', (bib) => ({
    ...bib,
    record: bib.record + pack(record(line)).slice(pack(record()).length),
  }))

async function change(
  { db }: Consortium,
  mmsId: string,
  action: 'edited' | 'unlinked',
  how: (bib: BibState) => BibState,
): Promise<void> {
  await db.transaction(async (tx) => {
    const zone = (await listZones(tx)).find(({ suffix }) => mmsId.endsWith(suffix))
    const [before] = await findBibsForUpdate(tx, zone?.zoneId ?? 0, [mmsId])
    assert.ok(zone && before)
    const after = { ...how(before), version: before.version + 1, jobId: null }
    const derived = { derivedBefore: deriveState(before), derivedAfter: deriveState(after) }
    await writeBibs(tx, zone.zoneId, [{ mmsId, action, before, after, position: null, ...derived }], {
      by: 'Ada',
      jobId: null,
      fileNo: null,
    })
  })
}
