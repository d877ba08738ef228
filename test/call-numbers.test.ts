import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib } from '../src/catalog/lock.ts'
import { getZone } from '../src/catalog/zone.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { listInventorySteps } from '../src/import/inventory-ledger.ts'
import { saveProfile } from '../src/import/profile.ts'
import { getReport, listConflicts } from '../src/import/report.ts'
import { updateBib } from '../src/import/save-bib.ts'
import { setCallNumberTable } from '../src/inventory/call-number-table.ts'
import { updateHoldings } from '../src/inventory/change-holdings.ts'
import { getHoldings } from '../src/inventory/holdings.ts'
import { byPerson, listInventoryVersions } from '../src/inventory/revision.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { InventorySettings } from '../src/rules/inventory/inventory-settings.ts'
import { addBib, record } from './catalogue.ts'
import { combining, consortium, shipped, undo } from './combining.ts'
import { addPlaces, placesOf, putHoldings } from './inventory.ts'
import { mrc } from './jobs.ts'

/* Holdings keep the call number of their bib where a profile or a zone says always. */

const shelving = (bibCallNumber: 'on-new' | 'always'): InventorySettings => ({
  operations: 'physical',
  physical: {
    make: 'holdings-and-items',
    policy: 'advanced',
    itemField: '949',
    library: { default: 'MAIN' },
    location: { field: '949', subfield: 's', default: 'STACKS' },
    callNumber: { field: '949', subfield: 'h' },
    bibCallNumber,
  },
})

async function library(bibCallNumber: 'on-new' | 'always') {
  const jobs = await consortium()
  for (const code of ['IZ', 'IY']) await addPlaces(jobs.db, code)
  const zone = await getZone(jobs.db, 'IZ')
  const own = {
    ...shipped,
    onMatch: { ...shipped.onMatch, action: 'overlay' },
    code: 'own',
    inventory: shelving(bibCallNumber),
  } as const
  await saveProfile(jobs.db, zone, own, null)
  const send = (kind: 'import' | 'preview', ...records: readonly MarcRecord[]) =>
    jobs.load({ 'new.mrc': mrc(records) }, { zone: 'IZ', profile: 'own', kind })
  const numberOf = async (id: string, code = 'IZ') =>
    (await getHoldings(jobs.db, await getZone(jobs.db, code), id)).callNumber
  const stepsOf = async (job: number, position = 1) =>
    (await listInventorySteps(jobs.db, String(job), { file: 1, position })).map(
      ({ kind, result, id, why }) => [kind, result, id, why],
    )
  return { ...jobs, zone, send, numberOf, stepsOf }
}

const book = (cutter: string, ...more: readonly string[]) =>
  record('035 __ $a (OCoLC)1', `050 00 $a PR4034 $b ${cutter}`, '245 10 $a Emma.', ...more)

/** Records that fill a batch. */
const filling = Array.from({ length: 300 }, (_, at) =>
  record(`035 __ $a (OCoLC)${at + 100}`, `245 00 $a Novel ${at}.`),
)

test('holdings get the number of their bib anew where a record of such a profile changes it, and an undo gives back the old', async () => {
  const jobs = await library('always')
  const mmsId = await addBib(jobs.db, 'IZ', book('.E5'))
  const shelved = await putHoldings(jobs.db, 'IZ', mmsId, ['1'])
  const dewey = await putHoldings(jobs.db, 'IZ', mmsId, [], { library: 'MAIN', location: 'REF' })
  const preview = await jobs.send('preview', book('.E6'))
  assert.deepEqual(await jobs.stepsOf(preview), [
    ['holdings', 'changed', shelved, 'Call number PR4034 .E5 → PR4034 .E6'],
  ])
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E5')
  const { job } = await submitCommit(jobs.db, preview, 'Ada')
  await jobs.run(job)
  assert.deepEqual(await jobs.stepsOf(job), await jobs.stepsOf(preview))
  const counts = { holdings: 0, items: 0, portfolios: 0, changed: 1, removed: 0, problems: 0 }
  assert.deepEqual((await getReport(jobs.db, job)).inventory, counts)
  assert.deepEqual((await getReport(jobs.db, preview)).inventory, counts)
  assert.deepEqual([await jobs.numberOf(shelved), await jobs.numberOf(dewey)], ['PR4034 .E6', ''])
  const [now, before] = await listInventoryVersions(jobs.db, jobs.zone.zoneId, 'holdings', shelved, 5)
  assert.deepEqual([now?.action, now?.job, now?.position, before?.version], ['changed', job, 1, 1])
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, job)
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E5')
  assert.deepEqual(await jobs.unsound(), [])
})

test('a profile that numbers new holdings alone leaves those that are there', async () => {
  const jobs = await library('on-new')
  const mmsId = await addBib(jobs.db, 'IZ', book('.E5'))
  const shelved = await putHoldings(jobs.db, 'IZ', mmsId)
  const job = await jobs.send('import', book('.E6', '949 __ $s REF'))
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E5')
  assert.deepEqual(await jobs.outcomes(job), ['overlaid'])
})

test('a number that the record gives its new holdings is not that of the bib', async () => {
  const jobs = await library('always')
  await addBib(jobs.db, 'IZ', book('.E5'))
  const job = await jobs.send('import', book('.E6', '949 __ $h PR4034 .E6 copy 2'))
  const [[, result, id]] = (await jobs.stepsOf(job)) as [string[]]
  assert.equal(result, 'added')
  assert.equal(await jobs.numberOf(String(id)), 'PR4034 .E6 copy 2')
})

test('holdings that somebody changed after the job stay as they are by its undo, which names them', async () => {
  const jobs = await library('always')
  const mmsId = await addBib(jobs.db, 'IZ', book('.E5'))
  const shelved = await putHoldings(jobs.db, 'IZ', mmsId)
  const job = await jobs.send('import', book('.E6'))
  const { record: own, version } = await getHoldings(jobs.db, jobs.zone, shelved)
  await jobs.db.transaction((tx) =>
    updateHoldings(tx, jobs.zone, shelved, version, { record: own, suppressed: true }, byPerson('Ada')),
  )
  const undone = await undo(jobs, job)
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E6')
  const [conflict] = await listConflicts(jobs.db, undone, { limit: 5 })
  assert.ok(
    conflict?.conflicts.some((why) => why.includes(`holdings record ${shelved} has been changed since`)),
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('two records of a file that change the number one after the other are taken back to what it was', async () => {
  const jobs = await library('always')
  const mmsId = await addBib(jobs.db, 'IZ', book('.E5'))
  const shelved = await putHoldings(jobs.db, 'IZ', mmsId)
  const job = await jobs.send('import', book('.E6'), book('.E7'), ...filling, book('.E8'))
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E8')
  await undo(jobs, job)
  assert.equal(await jobs.numberOf(shelved), 'PR4034 .E5')
  assert.deepEqual(await jobs.unsound(), [])
})

test('in a zone that says always every change does so: one by hand, and one of the network’s bib that its own is linked to', async () => {
  const jobs = await library('on-new')
  for (const code of ['IZ', 'IY']) {
    const zone = await getZone(jobs.db, code)
    await setCallNumberTable(jobs.db, zone, { rows: null, update: code === 'IZ' ? 'always' : 'on-new' })
  }
  const shared = await addBib(jobs.db, 'NZ', book('.E5'))
  const [ours, theirs] = [await putHoldings(jobs.db, 'IZ', shared), await putHoldings(jobs.db, 'IY', shared)]
  await jobs.profile('overlaying', { onMatch: { ...shipped.onMatch, action: 'overlay' } })
  const loaded = await jobs.load({ 'new.mrc': mrc([book('.E6')]) }, { profile: 'overlaying' })
  assert.deepEqual(
    [await jobs.numberOf(ours), await jobs.numberOf(theirs, 'IY')],
    ['PR4034 .E6', 'PR4034 .E5'],
  )
  assert.deepEqual(await jobs.unsound(), [])
  await undo(jobs, loaded)
  assert.equal(await jobs.numberOf(ours), 'PR4034 .E5')
  const own = await addBib(jobs.db, 'IZ', record('050 00 $a QA1', '245 10 $a Own.'))
  const shelved = await putHoldings(jobs.db, 'IZ', own)
  await updateBib(jobs.db, await getZone(jobs.db, 'IZ'), own, record('050 00 $a QA2', '245 10 $a Own.'), {
    by: 'Ada',
    skipValidation: true,
  })
  assert.equal(await jobs.numberOf(shelved), 'QA2')
  await updateBib(jobs.db, await getZone(jobs.db, 'IZ'), own, record('245 10 $a Own.'), {
    by: 'Ada',
    skipValidation: true,
  })
  assert.equal(await jobs.numberOf(shelved), 'QA2', 'a bib without a number takes none away')
  assert.deepEqual(await jobs.unsound(), [])
})

test('local fields of a linked bib count: a number of the library’s own is not the network’s', async () => {
  const jobs = await library('on-new')
  const iz = await getZone(jobs.db, 'IZ')
  await setCallNumberTable(jobs.db, iz, { rows: null, update: 'always' })
  const shared = await addBib(jobs.db, 'NZ', book('.E5'))
  const linked = await addBib(jobs.db, 'IZ', record('090 __ $a OWN $b 1 $9 LOCAL'), { linkedMmsId: shared })
  const shelved = await putHoldings(jobs.db, 'IZ', linked)
  assert.equal(await jobs.numberOf(shelved), 'OWN 1')
  await jobs.profile('overlaying', { onMatch: { ...shipped.onMatch, action: 'overlay' } })
  await jobs.load({ 'new.mrc': mrc([book('.E6')]) }, { profile: 'overlaying' })
  assert.equal(await jobs.numberOf(shelved), 'OWN 1')
  assert.equal((await listInventoryVersions(jobs.db, iz.zoneId, 'holdings', shelved, 5)).length, 1)
})

test('holdings that went to another bib by a later record, which is not taken back, stay as they are there', async () => {
  const jobs = await library('always')
  const novel = (number: string, ...isbns: readonly string[]) =>
    record(...isbns.map((isbn) => `020 __ $a ${isbn}`), `050 00 $a PR4034 $b ${number}`, '245 10 $a Emma.')
  const [first, second] = ['9780141439587', '9780141439518']
  const combine = { ...combining({ preferred: 'oldest', others: 'keep' }), code: 'both' }
  const onMatch = { ...shipped.onMatch, action: 'overlay' } as const
  await saveProfile(
    jobs.db,
    jobs.zone,
    { ...shipped, ...combine, onMatch, inventory: shelving('always') },
    null,
  )
  const stays = await addBib(jobs.db, 'IZ', novel('.A1', second))
  const goes = await addBib(jobs.db, 'IZ', novel('.E5', first))
  const shelved = await putHoldings(jobs.db, 'IZ', goes)
  // In another batch, so that the number has been taken before the holdings go.
  const file = { 'new.mrc': mrc([novel('.E6', first), ...filling, novel('.A1', first, second)]) }
  const job = await jobs.load(file, { zone: 'IZ', profile: 'both' })
  assert.equal((await placesOf(jobs.db))[shelved], stays)
  await lockBib(jobs.db, jobs.zone.zoneId, stays, 'Grace', jobs.zone.zoneId)
  await undo(jobs, job)
  assert.deepEqual([(await placesOf(jobs.db))[shelved], await jobs.numberOf(shelved)], [stays, 'PR4034 .E6'])
  assert.deepEqual(await jobs.unsound(), [])
})
