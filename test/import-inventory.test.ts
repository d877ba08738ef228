import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { submitCommit } from '../src/import/follow-job.ts'
import { listInventorySteps } from '../src/import/inventory-ledger.ts'
import { listRecords } from '../src/import/job-records.ts'
import { saveProfile } from '../src/import/profile.ts'
import { getReport, listConflicts } from '../src/import/report.ts'
import { updateItem } from '../src/inventory/change-item.ts'
import { listHoldings } from '../src/inventory/holdings.ts'
import { findItemByBarcode, getItem, listItems } from '../src/inventory/item.ts'
import { listPortfolios } from '../src/inventory/portfolio.ts'
import { byPerson } from '../src/inventory/revision.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { InventorySettings } from '../src/rules/inventory/inventory-settings.ts'
import { addBib, record } from './catalogue.ts'
import { consortium, recordOf, shipped, undo } from './combining.ts'
import { addPlaces, placesOf, putHoldings } from './inventory.ts'
import { mrc } from './jobs.ts'

const from = (subfield: string) => ({ field: '949', subfield })

const items: InventorySettings = {
  operations: 'mixed',
  removeFields: ['949'],
  physical: {
    make: 'holdings-and-items',
    policy: 'advanced',
    itemField: '949',
    library: { ...from('l'), map: { Vendor: 'MAIN' } },
    location: { ...from('s'), default: 'STACKS' },
    bibCallNumber: 'on-new',
    item: { barcode: from('b'), policy: { default: 'loan' }, receivedOn: from('d') },
    holdingsFields: [{ from: '866', to: '866' }],
  },
  electronic: {
    portfolios: 'each',
    url: { field: '856', subfield: 'u' },
    skipIndicators: ['2'],
    activate: true,
    publicNote: { field: '856', subfield: 'z' },
  },
}

/** A network, and a library whose profile `own` makes inventory on its linked bibs. */
async function library(more: object = {}, inventory: InventorySettings = items) {
  const jobs = await consortium()
  await addPlaces(jobs.db, 'IZ')
  const zone = await getZone(jobs.db, 'IZ')
  await saveProfile(jobs.db, zone, { ...shipped, inventory, code: 'own', ...more }, null)
  const send = (kind: 'import' | 'preview', ...records: readonly MarcRecord[]) =>
    jobs.load({ 'new.mrc': mrc(records) }, { zone: 'IZ', profile: 'own', kind })
  return { ...jobs, zone, send }
}

const book = (oclc: number, ...more: readonly string[]) =>
  record(
    `035 __ $a (OCoLC)${oclc}`,
    '050 _0 $a PR4034 $b .E5',
    `245 10 $a Emma ${oclc} / $c Jane Austen.`,
    '300 __ $a 3 v.',
    ...more,
  )

const ebook = (oclc: number, ...more: readonly string[]) =>
  record(`035 __ $a (OCoLC)${oclc}`, `245 10 $a Emma ${oclc}.`, '338 __ $b cr $2 rdacarrier', ...more)

test('each field of the profile is an item, in holdings of the linked bib, with what the bib and the record say', async () => {
  const jobs = await library({ useNetworkZone: true })
  const file = book(
    1,
    '866 _0 $a v.1-3',
    '949 __ $l VENDOR $b B1 $d 20261101',
    '949 __ $l MAIN $b B2',
    '949 __ $l LAW $b B3',
  )
  const job = await jobs.send('import', file)
  const report = await getReport(jobs.db, job)
  assert.deepEqual(report.inventory, {
    holdings: 2,
    items: 3,
    portfolios: 0,
    changed: 0,
    removed: 0,
    problems: 0,
  })
  const item = await findItemByBarcode(jobs.db, jobs.zone, 'B1')
  assert.deepEqual(
    [item?.library, item?.location, item?.receivedOn, item?.policy, item?.callNumber, item?.job],
    ['MAIN', 'STACKS', '2026-11-01', 'loan', 'PR4034 .E5', job],
  )
  const holdings = await listHoldings(jobs.db, jobs.zone, item?.mmsId ?? '')
  assert.deepEqual(
    holdings.map((each) => [each.library, each.items]),
    [
      ['LAW', 1],
      ['MAIN', 2],
    ],
  )
  assert.ok(holdings.every((each) => each.record.fields.some(({ tag }) => tag === '866')))
  const [bib] = await jobs.db.query<{ linked: string; record: string }>(
    `select i.linked_mms_id as linked, n.record from bib i join bib n on n.mms_id = i.linked_mms_id where i.mms_id = $1`,
    [item?.mmsId],
  )
  assert.match(bib?.linked ?? '', /^99/)
  assert.doesNotMatch(bib?.record ?? '', /949/)
  assert.deepEqual(await jobs.unsound(), [])
})

test('the same file again makes nothing, with barcodes or without', async () => {
  const jobs = await library()
  const file = [
    book(1, '949 __ $l MAIN $b B1', '949 __ $l MAIN', '949 __ $l MAIN'),
    ebook(2, '856 40 $u https://example.org/2'),
  ]
  await jobs.send('import', ...file)
  const before = await placesOf(jobs.db)
  const again = await jobs.send('import', ...file)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.deepEqual((await getReport(jobs.db, again)).inventory, {
    holdings: 0,
    items: 0,
    portfolios: 0,
    changed: 0,
    removed: 0,
    problems: 0,
  })
  const steps = await listInventorySteps(jobs.db, String(again), { file: 1, position: 1 })
  assert.deepEqual(
    steps.map(({ kind, result }) => `${kind} ${result}`),
    ['item known', 'item known', 'item known'],
  )
  assert.deepEqual(await jobs.unsound(), [])
})

test('a barcode that another has and a place that is unknown cost the item and not the bib, and the row says why', async () => {
  const jobs = await library()
  const job = await jobs.send(
    'import',
    book(1, '949 __ $l MAIN $b B1'),
    book(2, '949 __ $l MAIN $b B1', '949 __ $l MIAN $b B2', '949 __ $l MAIN $s ref $b B3', '949 __ $b B4'),
    book(3, '949 __ $l MAIN $b B5 $d 20261301'),
  )
  assert.deepEqual(await jobs.outcomes(job), ['created', 'created', 'created'])
  assert.deepEqual((await getReport(jobs.db, job)).inventory, {
    holdings: 2,
    items: 2,
    portfolios: 0,
    changed: 0,
    removed: 0,
    problems: 2,
  })
  const steps = await listInventorySteps(jobs.db, String(job), { file: 1, position: 2 })
  assert.deepEqual(
    steps.map(({ code }) => code),
    ['BARCODE_TAKEN', 'NO_SUCH_LIBRARY', 'NO_SUCH_LOCATION', 'NO_PLACE'],
  )
  assert.match(steps[1]?.why ?? '', /MIAN.*Did you mean MAIN\?/)
  assert.match(steps[2]?.why ?? '', /Did you mean REF\?/)
  const listed = await listRecords(jobs.db, job, { inventory: 'problems', limit: 10 })
  assert.deepEqual(
    listed.map(({ position }) => position),
    [2, 3],
  )
  assert.equal((await findItemByBarcode(jobs.db, jobs.zone, 'B5'))?.receivedOn, null)
  assert.deepEqual(await jobs.unsound(), [])
})

test('an electronic record gets a portfolio for each URL that is none of another resource', async () => {
  const jobs = await library()
  const job = await jobs.send(
    'import',
    ebook(
      1,
      '856 40 $u https://example.org/1 $z Members only',
      '856 42 $u https://example.org/about',
      '856 41 $u javascript:alert(1)',
      '949 __ $l MAIN $b B1',
    ),
  )
  assert.deepEqual((await getReport(jobs.db, job)).inventory, {
    holdings: 0,
    items: 0,
    portfolios: 1,
    changed: 0,
    removed: 0,
    problems: 1,
  })
  const [row] = await jobs.db.query<{ mmsId: string }>(`select mms_id as "mmsId" from portfolio`)
  const [portfolio] = await listPortfolios(jobs.db, jobs.zone, row?.mmsId ?? '')
  assert.deepEqual(
    [portfolio?.url, portfolio?.publicNote, portfolio?.availability],
    ['https://example.org/1', 'Members only', 'available'],
  )
})

test('a preview says of inventory what its commit does, across batches and for bibs that are still to be made', async () => {
  for (const useNetworkZone of [false, true]) {
    const jobs = await library({ useNetworkZone })
    const fill = Array.from({ length: 200 }, (_, at) => book(100 + at, `949 __ $l MAIN $b F${at}`))
    const file = [
      book(1, '949 __ $l MAIN $b B1'),
      ...fill,
      book(1, '949 __ $l MAIN $b B1', '949 __ $l MAIN $b B2'),
      book(2, '949 __ $l MAIN $b F7', '949 __ $l NOWHERE'),
      ebook(3, '856 40 $u https://example.org/3'),
    ]
    const preview = await jobs.send('preview', ...file)
    assert.deepEqual(await placesOf(jobs.db), {})
    const planned = await getReport(jobs.db, preview)
    assert.deepEqual(planned.inventory, {
      holdings: 201,
      items: 202,
      portfolios: 1,
      changed: 0,
      removed: 0,
      problems: 1,
    })
    assert.deepEqual(await jobs.db.query(`select from preview_inventory`), [])
    const { job } = await submitCommit(jobs.db, preview, 'Ada')
    await jobs.run(job)
    assert.deepEqual((await getReport(jobs.db, job)).inventory, planned.inventory)
    for (const position of [1, 202, 203, 204]) {
      const of = async (each: number) =>
        (await listInventorySteps(jobs.db, String(each), { file: 1, position })).map(
          ({ kind, result, code }) => `${kind} ${result} ${code}`,
        )
      assert.deepEqual(await of(job), await of(preview))
    }
    assert.deepEqual(await jobs.unsound(), [])
  }
})

test('an undo takes the inventory of its job away with its bibs, and what somebody has touched stays and is named', async () => {
  for (const useNetworkZone of [false, true]) {
    const jobs = await library({ useNetworkZone })
    const job = await jobs.send(
      'import',
      book(1, '949 __ $l MAIN $b B1'),
      book(2, '949 __ $l MAIN $b B2', '949 __ $l LAW $b B3'),
      ebook(3, '856 40 $u https://example.org/3'),
    )
    const touched = await findItemByBarcode(jobs.db, jobs.zone, 'B2')
    assert.ok(touched)
    await jobs.db.transaction((tx) =>
      updateItem(tx, jobs.zone, touched.itemId, 1, { ...touched, internalNote: 'Torn' }, byPerson('Ada')),
    )
    const undone = await undo(jobs, job)
    const left = await placesOf(jobs.db)
    assert.deepEqual(
      Object.keys(left).toSorted(),
      [touched.holdingsId, touched.itemId, `B2 of ${jobs.zone.zoneId}`].toSorted(),
    )
    assert.equal((await getItem(jobs.db, jobs.zone, touched.itemId)).internalNote, 'Torn')
    const conflicts = await listConflicts(jobs.db, undone, { limit: 10 })
    const [two, ...others] = conflicts
    assert.deepEqual([two?.position, others.length], [2, 0])
    assert.ok(
      two?.conflicts.some((why) => why.includes(`item ${touched.itemId} has been changed since`)),
      String(two?.conflicts),
    )
    assert.ok(two?.conflicts.some((why) => why.includes(`${touched.holdingsId} has items that stay`)))
    assert.deepEqual(await jobs.unsound(), [])
  }
})

test('items that came into holdings of others go without them', async () => {
  const jobs = await library()
  await jobs.send('import', book(1, '949 __ $l MAIN $b B1'))
  const before = await placesOf(jobs.db)
  const job = await jobs.send('import', book(1, '949 __ $l MAIN $b B2'))
  const added = await findItemByBarcode(jobs.db, jobs.zone, 'B2')
  assert.equal((await listItems(jobs.db, jobs.zone, added?.holdingsId ?? '', { limit: 10 })).length, 2)
  assert.deepEqual(await jobs.outcomes(job), ['unchanged'])
  await undo(jobs, job)
  assert.deepEqual(await placesOf(jobs.db), before)
  assert.deepEqual(await jobs.unsound(), [])
})

test('a profile of the network zone that makes physical inventory is not saved', async () => {
  const jobs = await library()
  const network = await getZone(jobs.db, 'NZ')
  await assert.rejects(saveProfile(jobs.db, network, { ...shipped, inventory: items, code: 'own' }, null), {
    code: 'NO_PHYSICAL_INVENTORY',
  })
})

test('a commit whose inventory would come out otherwise than its preview showed leaves that record to a person, and does the others', async () => {
  const jobs = await library()
  const file = [
    book(1, '949 __ $l MAIN $b B1'),
    book(2, '949 __ $l MAIN $b B2'),
    book(3, '949 __ $l LAW $b B3'),
    // It was to go into the holdings that the record before it makes.
    book(3, '949 __ $l LAW $b B4'),
    book(5, '949 __ $l MAIN $b B5'),
  ]
  const preview = await jobs.send('preview', ...file)
  const other = await addBib(jobs.db, 'IZ', record('245 00 $a Persuasion.'))
  await putHoldings(jobs.db, 'IZ', other, ['B2', 'B3'])
  const { job } = await submitCommit(jobs.db, preview, 'Ada')
  await jobs.run(job)
  assert.deepEqual(await jobs.outcomes(job), [
    'created',
    'unresolved:PREVIEW_DRIFTED',
    'unresolved:PREVIEW_DRIFTED',
    'unresolved:PREVIEW_DRIFTED',
    'created',
  ])
  assert.deepEqual((await getReport(jobs.db, job)).inventory.items, 2)
  const { trace } = await recordOf(jobs, job, 2)
  assert.deepEqual(trace?.reviewed, {
    outcome: 'created',
    code: null,
    mmsId: null,
    inventory: ['holdings: added MAIN STACKS', 'item: added MAIN STACKS barcode B2'],
  })
  assert.deepEqual(await jobs.unsound(), [])
})

test('a library that closes between preview and commit stops the records that go there, and no bib is made for them', async () => {
  const jobs = await library()
  const preview = await jobs.send('preview', book(1, '949 __ $l LAW $b B1'))
  await jobs.db.execute(`delete from location where library_code = 'LAW'`)
  const { job } = await submitCommit(jobs.db, preview, 'Ada')
  await jobs.run(job)
  assert.deepEqual(await jobs.outcomes(job), ['unresolved:PREVIEW_DRIFTED'])
  assert.deepEqual(await jobs.db.query('select from bib'), [])
  assert.deepEqual(await jobs.unsound(), [])
})
