import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { listInventorySteps } from '../src/import/inventory-ledger.ts'
import { saveProfile } from '../src/import/profile.ts'
import { getReport, listConflicts } from '../src/import/report.ts'
import { relinkInventory } from '../src/inventory/move.ts'
import { addPortfolio } from '../src/inventory/change-portfolio.ts'
import { emptyPortfolio, getPortfolio, listPortfolios } from '../src/inventory/portfolio.ts'
import { byPerson } from '../src/inventory/revision.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { ElectronicSettings } from '../src/rules/inventory/inventory-settings.ts'
import { addBib, record } from './catalogue.ts'
import { consortium, recordOf, shipped, stateOf, undo } from './combining.ts'
import { addPlaces, placesOf, putHoldings, putPortfolio } from './inventory.ts'
import { mrc } from './jobs.ts'

/* A provider's record that asks for a deletion, and the portfolios on its bib. */

async function library(onDelete: ElectronicSettings['onDelete'], deletes: 'delete' | 'suppress' = 'delete') {
  const jobs = await consortium()
  await addPlaces(jobs.db, 'IZ')
  const zone = await getZone(jobs.db, 'IZ')
  const electronic: ElectronicSettings = {
    portfolios: 'each',
    url: { field: '856', subfield: 'u' },
    activate: true,
    ...(onDelete === undefined ? {} : { onDelete }),
    collection: '61000001',
  }
  const inventory = { operations: 'electronic', electronic } as const
  await saveProfile(jobs.db, zone, { ...shipped, deletes, inventory, code: 'own' }, null)
  const send = (kind: 'import' | 'preview', ...records: readonly MarcRecord[]) =>
    jobs.load({ 'new.mrc': mrc(records) }, { zone: 'IZ', profile: 'own', kind })
  const stepsOf = async (job: number, position = 1) =>
    (await listInventorySteps(jobs.db, String(job), { file: 1, position })).map(({ result, id }) => [
      result,
      id,
    ])
  const commit = async (preview: number) => {
    const { job } = await submitCommit(jobs.db, preview, 'Ada')
    await jobs.run(job)
    return job
  }
  return { ...jobs, zone, send, stepsOf, commit }
}

const ours = 'https://provider.example.org/emma'
const theirs = 'https://other.example.org/emma'

const ebook = (oclc: number) =>
  record(`035 __ $a (OCoLC)${oclc}`, '245 00 $a Emma.', '338 __ $b cr $2 rdacarrier')
const gone = (oclc: number, ...more: readonly string[]): MarcRecord => ({
  ...record(`035 __ $a (OCoLC)${oclc}`, '245 00 $a Emma.', '338 __ $b cr $2 rdacarrier', ...more),
  leader: '00000dam a2200000 i 4500',
})
const withdrawn = (oclc: number) => gone(oclc, `856 40 $u ${ours}`)

test('where the profile says nothing a bib with portfolios is not deleted, and they stay', async () => {
  for (const onDelete of [undefined, 'keep'] as const) {
    const jobs = await library(onDelete)
    const mmsId = await addBib(jobs.db, 'IZ', ebook(1))
    const portfolio = await putPortfolio(jobs.db, 'IZ', mmsId, ours)
    const job = await jobs.send('import', withdrawn(1))
    assert.deepEqual(await jobs.outcomes(job), ['unresolved:DELETE_BLOCKED'])
    assert.deepEqual((await recordOf(jobs, job)).trace?.guard, { guard: 'delete', hangs: ['portfolios'] })
    assert.deepEqual(await placesOf(jobs.db), { [portfolio]: mmsId })
  }
})

test('its portfolio goes with the bib, as the preview shows, and an undo brings both back as they were', async () => {
  const jobs = await library('delete')
  const mmsId = await addBib(jobs.db, 'IZ', ebook(1))
  const portfolio = await putPortfolio(jobs.db, 'IZ', mmsId, ours)
  const was = await getPortfolio(jobs.db, jobs.zone, portfolio)
  const preview = await jobs.send('preview', withdrawn(1))
  assert.deepEqual(await jobs.stepsOf(preview), [['removed', portfolio]])
  assert.deepEqual(await placesOf(jobs.db), { [portfolio]: mmsId })
  const job = await jobs.commit(preview)
  assert.deepEqual(await jobs.outcomes(job), ['deleted'])
  assert.deepEqual(await jobs.stepsOf(job), [['removed', portfolio]])
  assert.equal((await getReport(jobs.db, job)).inventory.removed, 1)
  assert.deepEqual(await placesOf(jobs.db), {})
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  const {
    version,
    changedAt: _at,
    changedBy: _by,
    job: _job,
    ...back
  } = await getPortfolio(jobs.db, jobs.zone, portfolio)
  assert.deepEqual({ ...was, ...back }, was)
  assert.equal(version, 3)
  assert.notEqual(await stateOf(jobs, mmsId), null)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a bib that has other portfolios or holdings stays, and so do they', async () => {
  const jobs = await library('delete')
  const [one, two] = [await addBib(jobs.db, 'IZ', ebook(1)), await addBib(jobs.db, 'IZ', ebook(2))]
  const portfolios = [
    await putPortfolio(jobs.db, 'IZ', one, ours),
    await putPortfolio(jobs.db, 'IZ', two, ours),
  ]
  const other = await putPortfolio(jobs.db, 'IZ', one, theirs)
  const holdings = await putHoldings(jobs.db, 'IZ', two)
  const before = await placesOf(jobs.db)
  const preview = await jobs.send('preview', withdrawn(1), withdrawn(2), withdrawn(2))
  const job = await jobs.commit(preview)
  const outcomes = [
    'not_imported:DELETE_BIB_STAYS',
    'not_imported:DELETE_BIB_STAYS',
    'unresolved:DELETE_BLOCKED',
  ]
  assert.deepEqual([await jobs.outcomes(preview), await jobs.outcomes(job)], [outcomes, outcomes])
  assert.deepEqual((await recordOf(jobs, job, 2)).trace?.guard, { guard: 'delete', hangs: ['holdings'] })
  assert.deepEqual(await placesOf(jobs.db), { [other]: one, [holdings]: two })
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.ok(portfolios.every((id) => before[id] !== undefined))
  assert.deepEqual(await jobs.unsound(), [])
})

test('a record without an address means the portfolios of the profile’s collection, and no others', async () => {
  const jobs = await library('delete')
  const mmsId = await addBib(jobs.db, 'IZ', ebook(1))
  const alone = await putPortfolio(jobs.db, 'IZ', mmsId, theirs)
  assert.deepEqual(await jobs.outcomes(await jobs.send('import', gone(1))), ['unresolved:DELETE_BLOCKED'])
  const part = await putPortfolio(jobs.db, 'IZ', mmsId, ours)
  await jobs.db.execute(`update portfolio set collection_id = '61000001' where portfolio_id = $1`, [part])
  const job = await jobs.send('import', gone(1, '500 __ $a Withdrawn.'))
  assert.deepEqual(await jobs.outcomes(job), ['not_imported:DELETE_BIB_STAYS'])
  assert.deepEqual(await placesOf(jobs.db), { [alone]: mmsId })
})

test('portfolios are closed and the bib suppressed where the profile says so, and opened and shown again by an undo', async () => {
  const jobs = await library('deactivate', 'suppress')
  const mmsId = await addBib(jobs.db, 'IZ', ebook(1))
  const portfolio = await putPortfolio(jobs.db, 'IZ', mmsId, ours)
  const job = await jobs.send('import', withdrawn(1))
  assert.deepEqual(
    [await jobs.outcomes(job), await jobs.stepsOf(job)],
    [['deleted'], [['changed', portfolio]]],
  )
  const state = async () => [
    (await getPortfolio(jobs.db, jobs.zone, portfolio)).availability,
    (await stateOf(jobs, mmsId))?.suppressed,
  ]
  assert.deepEqual(await state(), ['unavailable', true])
  const again = await jobs.send('import', gone(1, `856 40 $u ${ours}`, '500 __ $a Again.'))
  assert.deepEqual([await jobs.outcomes(again), await jobs.stepsOf(again)], [['unchanged'], []])
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.deepEqual(await state(), ['available', false])
  assert.deepEqual(await jobs.unsound(), [])
})

test('what came to the bib, or went from it, between preview and commit leaves the record to a person', async () => {
  const jobs = await library('delete')
  const [one, two] = [await addBib(jobs.db, 'IZ', ebook(1)), await addBib(jobs.db, 'IZ', ebook(2))]
  const moved = await putPortfolio(jobs.db, 'IZ', one, ours)
  await putPortfolio(jobs.db, 'IZ', two, ours)
  const preview = await jobs.send('preview', withdrawn(1), withdrawn(2))
  const elsewhere = await addBib(jobs.db, 'IZ', record('245 00 $a Persuasion.'))
  await jobs.db.transaction((tx) =>
    relinkInventory(tx, jobs.zone, 'portfolio', moved, 1, elsewhere, byPerson('Ada')),
  )
  await jobs.db.transaction((tx) =>
    addPortfolio(tx, jobs.zone, two, { ...emptyPortfolio, url: theirs }, byPerson('Ada')),
  )
  const job = await jobs.commit(preview)
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:PREVIEW_DRIFTED', 'unresolved:PREVIEW_DRIFTED'])
  assert.equal((await listPortfolios(jobs.db, jobs.zone, two)).length, 2)
  assert.deepEqual(await jobs.unsound(), [])
})

test('an undo leaves what others have made of a closed portfolio since, and says so', async () => {
  const jobs = await library('deactivate')
  const mmsId = await addBib(jobs.db, 'IZ', ebook(1))
  const portfolio = await putPortfolio(jobs.db, 'IZ', mmsId, ours)
  const job = await jobs.send('import', withdrawn(1))
  assert.deepEqual(await jobs.outcomes(job), ['not_imported:DELETE_BIB_STAYS'])
  const other = await addBib(jobs.db, 'IZ', record('245 00 $a Persuasion.'))
  await jobs.db.transaction((tx) =>
    relinkInventory(tx, jobs.zone, 'portfolio', portfolio, 2, other, byPerson('Ada')),
  )
  const undone = await undo(jobs, job)
  const [conflict] = await listConflicts(jobs.db, undone, { limit: 5 })
  assert.ok(conflict?.conflicts.some((why) => why.includes(`portfolio ${portfolio} has been changed since`)))
  assert.equal((await getPortfolio(jobs.db, jobs.zone, portfolio)).availability, 'unavailable')
  assert.deepEqual(await jobs.unsound(), [])
})
