import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { findSuccessor } from '../src/catalog/find-successor.ts'
import { searchText } from './search-text.ts'
import { getZone } from '../src/catalog/zone.ts'
import { listIssues } from '../src/import/issues.ts'
import { saveProfile } from '../src/import/profile.ts'
import { ImportRefusal } from '../src/import/refusal.ts'
import { getReport } from '../src/import/report.ts'
import { type Decision, resolveIssue } from '../src/import/resolve-issue.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { addBib, record } from './catalogue.ts'
import { book, combining, consortium, fieldsOf, isbn, recordOf, shipped, stateOf, undo } from './combining.ts'
import { mrc } from './jobs.ts'

test('several matches become the one that most hangs on, which keeps its number and what is local to any of them', async () => {
  const jobs = await consortium()
  const one = await addBib(jobs.db, 'NZ', book(11, '590 __ $a Signed.', '650 _0 $a Matchmaking.'))
  const two = await addBib(
    jobs.db,
    'NZ',
    book(12, '590 __ $a Rebound.', '035 __ $a (VENDOR)77', '520 __ $a Long.'),
  )
  await addBib(jobs.db, 'IZ', record(), { linkedMmsId: two })
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  assert.deepEqual(await jobs.outcomes(job), ['merged'])
  assert.deepEqual(await fieldsOf(jobs, two), [
    `020 ## $a ${isbn}`,
    '035 ## $a (OCoLC)11',
    '035 ## $a (VENDOR)77',
    `035 ## $a (NZ)${one} $z (OCoLC)12`,
    '100 1# $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Emma / $c Jane Austen.',
    '264 #1 $a London : $b John Murray, $c 1816.',
    '300 ## $a 3 v.',
    '500 ## $a New.',
    '590 ## $a Rebound.',
    '590 ## $a Signed.',
  ])
  assert.equal(await fieldsOf(jobs, one), null)
  const { trace, combined } = await recordOf(jobs, job)
  assert.deepEqual(trace?.combined, [{ mmsId: one, became: 'deleted' }])
  assert.deepEqual(combined, [
    { zone: 'NZ', mmsId: one, became: 'deleted', into: two, versionBefore: 1, versionAfter: 2 },
  ])
  assert.equal((await getReport(jobs.db, job)).combined, 1)
  assert.deepEqual(await jobs.unsound(), [])
})

test('the same file again changes nothing, whatever becomes of the others', async () => {
  for (const others of ['delete', 'suppress', 'keep'] as const) {
    const jobs = await consortium(combining({ others }))
    const one = await addBib(jobs.db, 'NZ', book(11))
    const two = await addBib(jobs.db, 'NZ', book(12, '650 _0 $a Matchmaking.'))
    const linked = await addBib(jobs.db, 'IZ', record(), { linkedMmsId: two })
    const file = book(13, '500 __ $a New.')
    assert.deepEqual(await jobs.outcomes(await jobs.loadRecords(file)), ['merged'])
    assert.equal((await stateOf(jobs, linked))?.linkedTo, two)
    const after = await jobs.dumps()
    const became = { delete: null, suppress: true, keep: false }[others]
    assert.equal((await stateOf(jobs, one))?.suppressed ?? null, became)
    const again = await jobs.loadRecords(file)
    assert.deepEqual(await jobs.outcomes(again), ['unchanged'], others)
    assert.deepEqual(await jobs.dumps(), after)
    assert.equal((await getReport(jobs.db, again)).combined, others === 'delete' ? 0 : 1)
    assert.deepEqual(await jobs.unsound(), [])
  }
})

test('a bib that is kept keeps its numbers, and what describes a copy goes where the copies go', async () => {
  const jobs = await consortium(combining({ others: 'keep', preferred: 'newest' }))
  const one = await addBib(jobs.db, 'NZ', book(11, '590 __ $a Signed.'))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const linked = await addBib(jobs.db, 'IZ', record(), { linkedMmsId: one })
  const [before, all] = [await fieldsOf(jobs, one), await jobs.dumps()]
  const job = await jobs.loadRecords(book(12))
  assert.deepEqual(await fieldsOf(jobs, one), before)
  assert.equal((await stateOf(jobs, linked))?.linkedTo, two)
  const fields = (await fieldsOf(jobs, two)) ?? []
  assert.ok(fields.includes('590 ## $a Signed.'))
  assert.deepEqual(
    fields.filter((field) => field.startsWith('035')),
    ['035 ## $a (OCoLC)12'],
  )
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await jobs.dumps(), all)
  assert.equal((await stateOf(jobs, linked))?.linkedTo, one)
  assert.deepEqual(await jobs.unsound(), [])
})

test('linked bibs follow, and of two in one zone the local fields become one bib', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest' }))
  const one = await addBib(jobs.db, 'NZ', book(11))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const three = await addBib(jobs.db, 'NZ', book(13))
  const followed = await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: two })
  const stayed = await addBib(jobs.db, 'IY', record('590 __ $a Ours.'), { linkedMmsId: one })
  const went = await addBib(jobs.db, 'IY', record('590 __ $a Ours.', '591 __ $a Also ours.'), {
    linkedMmsId: two,
  })
  const alsoWent = await addBib(jobs.db, 'IY', record('592 __ $a As well.'), { linkedMmsId: three })
  const before = await jobs.dumps()
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  assert.deepEqual(
    (await recordOf(jobs, job)).combined.map(({ zone, mmsId, became, into }) => [zone, mmsId, became, into]),
    [
      // In the order of preference, and of each bib what hangs on it before itself.
      ['IZ', followed, 'relinked', one],
      ['IY', stayed, 'extended', one],
      ['IY', went, 'joined', stayed],
      ['NZ', two, 'deleted', one],
      ['IY', stayed, 'extended', one],
      ['IY', alsoWent, 'joined', stayed],
      ['NZ', three, 'deleted', one],
    ],
  )
  assert.equal((await stateOf(jobs, followed))?.linkedTo, one)
  assert.deepEqual(await fieldsOf(jobs, stayed), [
    '590 ## $a Ours.',
    '591 ## $a Also ours.',
    '592 ## $a As well.',
  ])
  for (const gone of [went, alsoWent]) assert.equal(await stateOf(jobs, gone), null)
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await jobs.dumps(), before)
  assert.equal((await stateOf(jobs, followed))?.linkedTo, two)
  assert.equal((await stateOf(jobs, alsoWent))?.linkedTo, three)
  assert.deepEqual(await jobs.unsound(), [])
})

test('bibs that are not free to change are not combined, and the issue names the bib and the reason', async () => {
  const jobs = await consortium()
  const one = await addBib(jobs.db, 'NZ', book(11))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const linked = await addBib(jobs.db, 'IZ', record(), { linkedMmsId: two })
  await addBib(jobs.db, 'IY', record(), { linkedMmsId: one })
  await addBib(jobs.db, 'IY', record(), { linkedMmsId: two })
  const [network, library] = [await getZone(jobs.db, 'NZ'), await getZone(jobs.db, 'IZ')]
  const before = await jobs.dumps()
  const blockedBy = async (zoneId: number, mmsId: string) => {
    await lockBib(jobs.db, zoneId, mmsId, 'Ada', library.zoneId)
    const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
    assert.deepEqual(await jobs.outcomes(job), ['unresolved:COMBINE_BLOCKED'])
    await releaseBib(jobs.db, zoneId, mmsId, 'Ada')
    const guard = (await recordOf(jobs, job)).trace?.guard
    assert.ok(guard?.guard === 'combine')
    return guard
  }
  for (const mmsId of [one, two]) {
    const guard = await blockedBy(network.zoneId, mmsId)
    assert.equal(guard.mmsId, mmsId)
    assert.match(guard.why, /^Ada of IZ has had it open since \d{4}-/)
  }
  // What hangs on the bib that stays is not touched, but for the bib that takes in another of its zone.
  await jobs.profile('combine', combining({ preferred: 'oldest' }))
  const guard = await blockedBy(library.zoneId, linked)
  assert.equal(guard.mmsId, linked)
  assert.match(guard.why, /^it is linked to one of them in zone IZ, and Ada/)
  assert.deepEqual(await jobs.dumps(), before)
  assert.deepEqual(await jobs.unsound(), [])
  await jobs.profile('combine', combining({}, { skipUnresolved: true }))
  await lockBib(jobs.db, network.zoneId, one, 'Ada', library.zoneId)
  assert.deepEqual(await jobs.outcomes(await jobs.loadRecords(book(11))), ['not_imported:COMBINE_BLOCKED'])
})

test('bibs of an institution that are linked to the network or the community are not combined there', async () => {
  const jobs = await consortium()
  const one = await addBib(jobs.db, 'NZ', book(11))
  const linked = await addBib(jobs.db, 'IZ', record(), { linkedMmsId: one })
  await addBib(jobs.db, 'IZ', book(12))
  const library = await getZone(jobs.db, 'IZ')
  await saveProfile(jobs.db, library, { ...shipped, ...combining(), code: 'combine' }, null)
  const job = await jobs.submit({ 'new.mrc': mrc([book(12)]) }, { zone: 'IZ', profile: 'combine' })
  assert.equal(await jobs.run(job), 'completed')
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:COMBINE_BLOCKED'])
  assert.deepEqual((await recordOf(jobs, job)).trace?.guard, {
    guard: 'combine',
    mmsId: linked,
    why: `it is linked to network bib ${one}`,
  })
  assert.deepEqual(await jobs.unsound(), [])
})

test('a record that is briefer than what the bibs make together is refused, and none is combined', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest', mergeRule: 'overlay-all-but-local' }))
  const brief = record(`020 __ $a ${isbn}`, '035 __ $a (OCoLC)11', '245 00 $a Emma.')
  await addBib(jobs.db, 'NZ', brief)
  await addBib(jobs.db, 'NZ', book(12))
  const before = await jobs.dump()
  const job = await jobs.loadRecords(brief)
  assert.deepEqual(await jobs.outcomes(job), ['not_imported:NOT_ADDED_BRIEF'])
  assert.deepEqual(await jobs.dump(), before)
})

test('where a person is to combine, the issue proposes what stays, and settling it does the same', async () => {
  const [manual, automatic] = [
    await consortium(combining({ handling: 'manual' })),
    await consortium(combining()),
  ]
  for (const jobs of [manual, automatic]) {
    await addBib(jobs.db, 'NZ', book(11))
    const two = await addBib(jobs.db, 'NZ', book(12))
    await addBib(jobs.db, 'NZ', book(13))
    await addBib(jobs.db, 'IZ', record('590 __ $a Theirs.'), { linkedMmsId: two })
  }
  const before = await manual.dumps()
  const job = await manual.loadRecords(book(14, '500 __ $a New.'))
  assert.deepEqual(await manual.outcomes(job), ['unresolved:COMBINE_MANUAL'])
  assert.deepEqual(await manual.dumps(), before)
  const [issue] = await listIssues(manual.db, { job, open: true, limit: 10 })
  assert.ok(issue)
  assert.equal(issue.candidates.length, 3)
  const settled = await resolveIssue(manual.db, manual.dataDir, issue.id, { as: 'combine', by: 'Ada' })
  assert.deepEqual([settled.resolution, settled.mmsId], ['combine', issue.candidates[0]])
  await automatic.loadRecords(book(14, '500 __ $a New.'))
  assert.deepEqual(await manual.dumps(), await automatic.dumps())
  assert.deepEqual(await manual.unsound(), [])
  const { now, combined } = await getReport(manual.db, job)
  // What a person has combined since is not the record's doing.
  assert.deepEqual([now.merged, now.resolved, combined], [1, 1, 0])
  await undo(manual, job)
  assert.deepEqual(await manual.dumps(), before)
  assert.deepEqual(await manual.unsound(), [])
})

test('a person may combine some of the candidates, and is told where there is nothing to combine', async () => {
  const jobs = await consortium(combining({ handling: 'manual' }))
  const bibs = await Promise.all([11, 12, 13].map((oclc) => addBib(jobs.db, 'NZ', book(oclc))))
  const [one = '', two = '', three = ''] = bibs.toSorted()
  const job = await jobs.loadRecords(book(14))
  const [issue] = await listIssues(jobs.db, { job, open: true, limit: 10 })
  const settle = (decision: Omit<Decision, 'by' | 'as'>) =>
    resolveIssue(jobs.db, jobs.dataDir, issue?.id ?? 0, { as: 'combine', by: 'Ada', ...decision })
  await assert.rejects(
    settle({ into: two, others: [two] }),
    (error) => error instanceof ImportRefusal && error.code === 'NOTHING_TO_COMBINE',
  )
  await assert.rejects(
    settle({ into: two, others: ['991234567895816'] }),
    (error) => error instanceof ImportRefusal && error.code === 'NO_TARGET',
  )
  await settle({ into: two, others: [three] })
  assert.deepEqual(
    await Promise.all([one, two, three].map(async (mmsId) => (await stateOf(jobs, mmsId))?.version ?? null)),
    [1, 2, null],
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('a bib that is gone is found by each number that it had: in a search, in a file, and by its own address', async () => {
  const jobs = await consortium(combining({ preferred: 'newest' }))
  const one = await addBib(jobs.db, 'NZ', book(11, '019 ## $a 10'))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const linked = await addBib(jobs.db, 'IZ', record(), { linkedMmsId: one })
  // A bib of a vendor's, which has no number but the vendor's own.
  await jobs.profile('vendor', { originatingSystem: 'VENDOR', match: shipped.match })
  const vendors = withControlNumber('77', record(`020 __ $a ${isbn}`, '245 00 $a Emma.', '300 __ $a 3 v.'))
  const third =
    (await recordOf(jobs, await jobs.load({ 'v.mrc': mrc([vendors]) }, { profile: 'vendor' }))).mmsId ?? ''
  const job = await jobs.loadRecords(book(12, '500 __ $a New.'))
  assert.deepEqual(await jobs.outcomes(job), ['merged'])
  const [network, library] = [await getZone(jobs.db, 'NZ'), await getZone(jobs.db, 'IZ')]
  const stays = third
  for (const query of ['ocn11', '(OCoLC)10', one, two]) {
    assert.deepEqual(await searchText(jobs.db, network, query), [stays], query)
    assert.deepEqual(await searchText(jobs.db, library, query), [linked], query)
  }
  assert.equal(await findSuccessor(jobs.db, network, one), stays)
  await undo(jobs, job)
  assert.equal(await findSuccessor(jobs.db, network, one), null)

  // The other way round: the vendor's bib goes, and its file is loaded again.
  await jobs.profile('combine', combining({ preferred: 'oldest' }))
  await jobs.loadRecords(book(12, '500 __ $a New.'))
  await jobs.profile('by-number', { match: { ...shipped.match, method: 'mms-001' } })
  const exported = withControlNumber(third, book(12, '501 __ $a Edited elsewhere.'))
  for (const [file, profile] of [
    [withControlNumber('77', record('245 00 $a Emma.', '300 __ $a 3 v.', '500 __ $a Again.')), 'vendor'],
    [exported, 'by-number'],
  ] as const) {
    const later = await jobs.load({ 'later.mrc': mrc([file]) }, { profile })
    assert.deepEqual((await recordOf(jobs, later)).mmsId, one, profile)
  }
  assert.deepEqual(await jobs.unsound(), [])
})

const withControlNumber = (number: string, { leader, fields }: MarcRecord): MarcRecord => ({
  leader,
  fields: [{ tag: '001', value: number }, ...fields],
})
