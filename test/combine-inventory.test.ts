import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { saveProfile } from '../src/import/profile.ts'
import { listConflicts } from '../src/import/report.ts'
import { relinkInventory } from '../src/inventory/move.ts'
import { byPerson, listInventoryVersions } from '../src/inventory/revision.ts'
import { addBib, record } from './catalogue.ts'
import { book, combining, consortium, recordOf, shipped, stateOf, undo } from './combining.ts'
import { addPlaces, placesOf, putHoldings, putPortfolio } from './inventory.ts'
import { mrc } from './jobs.ts'
import { waiting } from './waiting.ts'

/** A consortium whose library combines its own bibs by the profile `own`. */
async function library(combine: Parameters<typeof combining>[0] = {}, more: object = {}) {
  const jobs = await consortium()
  await addPlaces(jobs.db, 'IZ')
  const zone = await getZone(jobs.db, 'IZ')
  await saveProfile(jobs.db, zone, { ...shipped, ...combining(combine), ...more, code: 'own' }, null)
  const load = (...records: Parameters<typeof mrc>[0][number][]) =>
    jobs.load({ 'new.mrc': mrc(records) }, { zone: 'IZ', profile: 'own' })
  return { ...jobs, zone, loadOwn: load }
}

test('holdings, items and portfolios go with a combined bib to the one that stays, and an undo brings them back', async () => {
  for (const others of ['delete', 'suppress', 'keep'] as const) {
    const jobs = await library({ preferred: 'oldest', others })
    const one = await addBib(jobs.db, 'IZ', book(11))
    const two = await addBib(jobs.db, 'IZ', book(12))
    const kept = await putHoldings(jobs.db, 'IZ', one, ['B1'])
    const holdings = await putHoldings(jobs.db, 'IZ', two, ['B2', 'B3'])
    const portfolio = await putPortfolio(jobs.db, 'IZ', two, 'https://example.org/emma')
    const before = await placesOf(jobs.db)
    const job = await jobs.loadOwn(book(11, '500 __ $a New.'))
    assert.deepEqual(await jobs.outcomes(job), ['merged'])
    assert.deepEqual([...new Set(Object.values(await placesOf(jobs.db)))], [one], others)
    assert.deepEqual(await jobs.unsound(), [])
    const [last] = await listInventoryVersions(jobs.db, jobs.zone.zoneId, 'holdings', holdings, 10)
    assert.deepEqual([last?.version, last?.action, last?.job, last?.position], [2, 'moved', job, 1])
    assert.match(String(last?.content?.['record']), new RegExp(`004${one}`))
    await undo(jobs, job)
    assert.deepEqual(await placesOf(jobs.db), before, others)
    assert.deepEqual([before[kept], before[portfolio]], [one, two])
    assert.deepEqual(await jobs.unsound(), [])
  }
})

test('a record that changes nothing else and combines bibs that are kept is taken back all the same', async () => {
  const jobs = await library({ preferred: 'oldest', others: 'keep' })
  await addBib(jobs.db, 'IZ', book(11))
  const two = await addBib(jobs.db, 'IZ', book(11))
  const holdings = await putHoldings(jobs.db, 'IZ', two, ['B1'])
  const before = await placesOf(jobs.db)
  // The first job makes the record what the second finds; only then is something on the other bib again.
  await jobs.loadOwn(book(11, '500 __ $a New.'))
  await jobs.db.transaction((tx) =>
    relinkInventory(tx, jobs.zone, 'holdings', holdings, 2, two, byPerson('Ada')),
  )
  const job = await jobs.loadOwn(book(11, '500 __ $a New.'))
  assert.deepEqual(await jobs.outcomes(job), ['unchanged'])
  assert.notDeepEqual(await placesOf(jobs.db), before)
  await undo(jobs, job)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('of several matches the one with most inventory stays', async () => {
  const jobs = await library({ preferred: 'most-inventory' })
  const one = await addBib(jobs.db, 'IZ', book(11))
  const two = await addBib(jobs.db, 'IZ', book(12))
  await putPortfolio(jobs.db, 'IZ', one, 'https://example.org/emma')
  await putHoldings(jobs.db, 'IZ', two, ['B1', 'B2'])
  const job = await jobs.loadOwn(book(11, '500 __ $a New.'))
  assert.equal((await recordOf(jobs, job)).mmsId, two)
  assert.deepEqual([...new Set(Object.values(await placesOf(jobs.db)))], [two])
})

test('inventory of a linked bib goes to the one that its zone has for the network bib that stays', async () => {
  const jobs = await consortium(combining({ preferred: 'oldest' }))
  await addPlaces(jobs.db, 'IZ')
  await addPlaces(jobs.db, 'IY')
  const one = await addBib(jobs.db, 'NZ', book(11))
  const two = await addBib(jobs.db, 'NZ', book(12))
  const twin = await addBib(jobs.db, 'IZ', record('590 __ $a Ours.'), { linkedMmsId: one })
  const joined = await addBib(jobs.db, 'IZ', record('590 __ $a Ours too.'), { linkedMmsId: two })
  const relinked = await addBib(jobs.db, 'IY', record(), { linkedMmsId: two })
  const holdings = await putHoldings(jobs.db, 'IZ', joined, ['B1'])
  const other = await putHoldings(jobs.db, 'IY', relinked, ['B1'])
  const everybodys = await putPortfolio(jobs.db, 'NZ', two, 'https://example.org/emma')
  const before = await placesOf(jobs.db)
  const job = await jobs.loadRecords(book(11, '500 __ $a New.'))
  const after = await placesOf(jobs.db)
  assert.deepEqual([after[holdings], after[other], after[everybodys]], [twin, relinked, one])
  assert.equal(await stateOf(jobs, joined), null)
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('inventory goes through all bibs that records of a file combine one after the other, and back', async () => {
  const jobs = await library({ preferred: 'oldest' })
  const numbered = (n: number, ...isbns: readonly string[]) =>
    record(
      ...isbns.map((isbn) => `020 __ $a ${isbn}`),
      `035 __ $a (OCoLC)${n}`,
      '245 00 $a Emma.',
      '300 __ $a 3 v.',
    )
  const [a, b, c] = ['9780000000019', '9780000000026', '9780000000033']
  const first = await addBib(jobs.db, 'IZ', numbered(1, a))
  await addBib(jobs.db, 'IZ', numbered(2, b))
  const third = await addBib(jobs.db, 'IZ', numbered(3, c))
  const holdings = await putHoldings(jobs.db, 'IZ', third, ['B1'])
  const before = await placesOf(jobs.db)
  const job = await jobs.loadOwn(numbered(2, b, c), numbered(1, a, b))
  assert.equal((await placesOf(jobs.db))[holdings], first)
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('an undo leaves inventory where somebody has brought it since, and says so', async () => {
  const jobs = await library({ preferred: 'oldest' })
  await addBib(jobs.db, 'IZ', book(11))
  const two = await addBib(jobs.db, 'IZ', book(12))
  const elsewhere = await addBib(jobs.db, 'IZ', record('245 00 $a Persuasion.'))
  const holdings = await putHoldings(jobs.db, 'IZ', two, ['B1'])
  const job = await jobs.loadOwn(book(11, '500 __ $a New.'))
  await jobs.db.transaction((tx) =>
    relinkInventory(tx, jobs.zone, 'holdings', holdings, 2, elsewhere, byPerson('Ada')),
  )
  const number = await undo(jobs, job)
  assert.equal((await placesOf(jobs.db))[holdings], elsewhere)
  assert.notEqual(await stateOf(jobs, two), null)
  const [conflict] = await listConflicts(jobs.db, number, { limit: 10 })
  assert.deepEqual(conflict?.conflicts, [
    `holdings ${holdings}: moved to bib ${elsewhere} since, and left there`,
  ])
  assert.deepEqual(await jobs.unsound(), [])
})

test('a bib that a job made is not removed by its undo once it has inventory', async () => {
  const jobs = await library()
  const job = await jobs.loadOwn(book(11))
  const { mmsId } = await recordOf(jobs, job)
  const holdings = await putHoldings(jobs.db, 'IZ', mmsId ?? '')
  const number = await undo(jobs, job)
  assert.equal((await placesOf(jobs.db))[holdings], mmsId)
  const [conflict] = await listConflicts(jobs.db, number, { limit: 10 })
  assert.deepEqual(conflict?.conflicts, ['the bib has holdings'])
  assert.deepEqual(await jobs.unsound(), [])
})

test('a linked bib that a job made stays with its inventory when the job is undone', async () => {
  const jobs = await library({}, { useNetworkZone: true })
  const job = await jobs.loadOwn(book(11))
  const [row] = await jobs.db.query<{ linked: string }>(
    `select linked_mms_id as linked from import_record where job_id = $1`,
    [job],
  )
  const linked = row?.linked ?? ''
  const holdings = await putHoldings(jobs.db, 'IZ', linked)
  const number = await undo(jobs, job)
  assert.equal((await placesOf(jobs.db))[holdings], linked)
  const [conflict] = await listConflicts(jobs.db, number, { limit: 10 })
  assert.deepEqual(conflict?.conflicts, ['the bib has linked bibs'])
  assert.deepEqual(await jobs.unsound(), [])
})

test('inventory that comes while its bib is being combined waits, and is told that the bib is gone', async () => {
  const jobs = await library({ preferred: 'oldest' })
  const one = await addBib(jobs.db, 'IZ', book(11))
  const two = await addBib(jobs.db, 'IZ', book(12))
  const holdings = await putHoldings(jobs.db, 'IZ', two, ['B1'])
  // The row of the other bib is held, so that job and person both have to wait for it, the job first.
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holder = jobs.db.transaction(async (tx) => {
    await tx.query(`select from bib where mms_id = $1 for update`, [two])
    held.resolve()
    await release.promise
  })
  await held.promise
  const job = jobs.loadOwn(book(11, '500 __ $a New.'))
  await waiting(jobs.db, 1)
  const late = assert.rejects(putHoldings(jobs.db, 'IZ', two), { code: 'NO_SUCH_BIB' })
  await waiting(jobs.db, 2)
  release.resolve()
  await holder
  assert.deepEqual(await jobs.outcomes(await job), ['merged'])
  await late
  assert.deepEqual([...new Set(Object.values(await placesOf(jobs.db)))], [one])
  assert.notEqual((await placesOf(jobs.db))[holdings], undefined)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a record that asks for a deletion does not get it while the bib has inventory', async () => {
  const jobs = await library({}, { deletes: 'delete' })
  const withHoldings = await addBib(jobs.db, 'IZ', book(11))
  await putHoldings(jobs.db, 'IZ', withHoldings)
  const gone = record(`020 __ $a 9780141439587`, '035 __ $a (OCoLC)11', '245 00 $a Emma.')
  const job = await jobs.loadOwn({ ...gone, leader: '00000dam a2200000 i 4500' })
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:DELETE_BLOCKED'])
  assert.deepEqual((await recordOf(jobs, job)).trace?.guard, { guard: 'delete', hangs: ['holdings'] })
})

test('the commit of a preview brings to a bib what its earlier batches would have, and what later ones delete has it', async () => {
  const jobs = await library({ preferred: 'oldest' }, { deletes: 'delete' })
  const one = await addBib(jobs.db, 'IZ', book(11))
  const two = await addBib(jobs.db, 'IZ', book(12))
  const holdings = await putHoldings(jobs.db, 'IZ', two, ['B1'])
  const filling = Array.from({ length: 300 }, (_, at) =>
    record(`035 __ $a (OCoLC)${at + 100}`, `245 00 $a Novel ${at}.`, '300 __ $a 3 v.'),
  )
  const gone = { ...record('035 __ $a (OCoLC)11', '245 00 $a Emma.'), leader: '00000dam a2200000 i 4500' }
  const file = { 'new.mrc': mrc([book(11, '500 __ $a New.'), ...filling, gone]) }
  const profile = { zone: 'IZ', profile: 'own' }
  const preview = await jobs.load(file, { ...profile, kind: 'preview' })
  const shown = await jobs.outcomes(preview)
  assert.deepEqual([shown.at(0), shown.at(-1)], ['merged', 'unresolved:DELETE_BLOCKED'])
  assert.equal((await placesOf(jobs.db))[holdings], two)
  const { job: commit } = await submitCommit(jobs.db, preview, 'Ada')
  assert.equal(await jobs.run(commit), 'completed')
  assert.deepEqual(await jobs.outcomes(commit), shown)
  assert.equal((await placesOf(jobs.db))[holdings], one)
  assert.deepEqual(await jobs.unsound(), [])
})
