import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWording, type Wording } from '../src/catalog/search/asked.ts'
import { foundRows } from '../src/catalog/search/found-rows.ts'
import { hintOf } from '../src/catalog/search/hint.ts'
import { findHeldBy } from '../src/catalog/search/held-by.ts'
import { search, searchFacets } from '../src/catalog/search/search.ts'
import type { Sort } from '../src/catalog/search/sorted-page.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { withinScope } from '../src/db/scope.ts'
import { inventoryIndexes } from '../src/rules/search/inventory-indexes.ts'
import type { Entity } from '../src/rules/search/search-index.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ' })
await addZone(db, { code: 'IZ2', kind: 'institution', name: 'Another', suffix: '5802', network: 'NZ' })
const [network, library] = [await getZone(db, 'NZ'), await getZone(db, 'IZ')]

const shared = await addBib(db, 'NZ', record('245 10 $a Emma of the network.'))
const linked = await addBib(db, 'IZ', record('590 __ $a Ours $9 LOCAL'), { linkedMmsId: shared })
const elsewhere = await addBib(db, 'IZ2', record('590 __ $a Theirs $9 LOCAL'), { linkedMmsId: shared })
const online = await addBib(db, 'IZ', record('245 10 $a Emma online.'))
const bare = await addBib(db, 'IZ', record('245 10 $a Emma without anything.'))

const addHoldings = (id: string, mmsId: string, place: string, location: string, callNumber: string) =>
  db.execute(
    `insert into holdings (zone_id, holdings_id, mms_id, version, record, library, location, call_number, call_number_sort, suppressed, action, part)
     values ($1, $2, $3, 1, 'leader', $4, $5, $6, $6, false, 'added', 0)`,
    [library.zoneId, id, mmsId, place, location, callNumber],
  )
const addItem = async (id: string, holdingsId: string, mmsId: string, barcode: string, status: string) => {
  await db.execute(
    `insert into item (zone_id, item_id, holdings_id, mms_id, version, barcode, status, policy, action, part)
     values ($1, $2, $3, $4, 1, $5, $6, 'loan', 'added', 0)`,
    [library.zoneId, id, holdingsId, mmsId, barcode, status],
  )
  await db.execute(`insert into item_barcode values ($1, $2, $3, $4, 0)`, [
    library.zoneId,
    barcode,
    id,
    mmsId,
  ])
}
const [holdings, first, second, portfolio] = [
  '22100000015801',
  '23100000015801',
  '23100000025801',
  '53100000015801',
]
await addHoldings(holdings, linked, 'MAIN', 'stacks', 'PR4034 .E5')
await addItem(first, holdings, linked, '3100', 'in-place')
await addItem(second, holdings, linked, '3200', 'missing')
await db.execute(
  `insert into portfolio (zone_id, portfolio_id, mms_id, version, url, availability, action, part)
   values ($1, $2, $3, 1, 'https://example.org/emma', 'available', 'added', 0)`,
  [library.zoneId, portfolio, online],
)

const find = async (wording: Wording, sort: Sort = 'oldest') =>
  (await search(db, library, { ...readWording(wording), sort, after: null, limit: 10 })).ids

test('a kind of titles is those with such inventory, a kind of pieces each of them', async () => {
  const emma = { text: 'emma' }
  assert.deepEqual(await find(emma), [linked, online, bare])
  assert.deepEqual(await find({ ...emma, entity: 'physical-titles' }), [linked])
  assert.deepEqual(await find({ ...emma, entity: 'electronic-titles' }), [online])
  assert.deepEqual(await find({ ...emma, entity: 'physical-items' }), [first, second])
  assert.deepEqual(await find({ ...emma, entity: 'electronic-portfolios' }), [portfolio])
  for (const sort of ['title', 'creator', 'year'] as const)
    assert.deepEqual(await find({ ...emma, entity: 'physical-items' }, sort), [first, second], sort)
})

test('titles are found by what hangs on them, and pieces by what they are', async () => {
  for (const query of [
    'barcode = 3200',
    'call-number == "pr4034 .e5"',
    'call-number == "PR4034*"',
    'library = main',
    'location = stacks',
    'item-status = missing',
    'item-policy = loan not item-status = on-order',
    'title = emma and barcode = 3100',
  ])
    assert.deepEqual(await find({ query }), [linked], query)
  const items = (query: string) => find({ query, entity: 'physical-items' })
  assert.deepEqual(await items('barcode = 3200'), [second])
  assert.deepEqual(await items('item-status <> missing'), [first])
  assert.deepEqual(await items('library = main and creator == ""'), [first, second])
  assert.deepEqual(await find({ query: 'portfolio-availability = available' }), [online])
  assert.deepEqual(await find({ query: 'title = emma not library <> ""' }), [online, bare])
})

test('a barcode is found by the keywords too, with the piece that has it and no other', async () => {
  assert.deepEqual(await find({ text: '3200' }), [linked])
  assert.deepEqual(await find({ text: ' 3200 ', entity: 'physical-items' }), [second])
  assert.deepEqual(await find({ text: '3200', entity: 'physical-titles', facets: ['library:MAIN'] }), [
    linked,
  ])
  assert.deepEqual(
    await find({ query: 'emma and keywords = 3100 and title = "emma"', entity: 'physical-items' }),
    [first],
  )
  assert.deepEqual(await find({ text: '320' }), [])
})

test('a row says how much hangs on its bib, and which piece it is', async () => {
  const [row] = await foundRows(db, library, 'physical-items', [second])
  assert.equal(row?.bib.mmsId, linked)
  assert.deepEqual(row?.inventory, { holdings: 1, items: 2, portfolios: 0 })
  assert.deepEqual(
    [row?.item?.barcode, row?.item?.library, row?.item?.callNumber, row?.portfolio],
    ['3200', 'MAIN', 'PR4034 .E5', null],
  )
  const [access] = await foundRows(db, library, 'electronic-portfolios', [portfolio])
  assert.deepEqual([access?.bib.mmsId, access?.portfolio?.url], [online, 'https://example.org/emma'])
})

test('libraries are counted by their titles', async () => {
  const { facets } = await searchFacets(db, library, readWording({ text: 'emma', entity: 'physical-items' }))
  assert.deepEqual(
    facets.filter(({ code }) => code === 'library').map(({ value, count }) => [value, count]),
    [['MAIN', 1]],
  )
})

test('a network title is held by the institutions that are linked to it, with what each has', async () => {
  const held = (await findHeldBy(db, network, shared)) ?? []
  assert.deepEqual(
    held.map(({ zone, mmsId, inventory }) => [zone, mmsId, inventory.items]),
    [
      ['IZ2', elsewhere, 0],
      ['IZ', linked, 2],
    ],
  )
  assert.equal(await findHeldBy(db, network, '999999999995816'), null)
})

test('a network zone, which has no physical inventory, says how many institutions have some', async () => {
  const asked = {
    ...readWording({ text: 'emma', entity: 'physical-items' }),
    sort: 'newest' as const,
    after: null,
    limit: 10,
  }
  const { zoneId } = await getZone(db, 'IZ2')
  // Whoever asks: here somebody of an institution that has none itself.
  const asksFrom = { catalogue: [network.zoneId, zoneId], own: [zoneId], changed: [] }
  const hint = await withinScope(asksFrom, async () =>
    hintOf(db, network, asked, await search(db, network, asked)),
  )
  assert.deepEqual([hint?.code, hint?.entity, hint?.total], ['NO_PHYSICAL_INVENTORY_HERE', 'all-titles', 1])
  assert.match(hint?.message ?? '', /1 in all titles; 1 institution holds copies\.$/)
})

test('is empty finds each row that is not empty does not, of every index of inventory', async () => {
  const [nothing, plain] = ['23100000035801', '53100000025801']
  const blank = await addBib(db, 'IZ', record('245 10 $a Persuasion without values.'))
  await addHoldings('22100000025801', blank, '', '', '')
  await db.execute(
    `insert into item (zone_id, item_id, holdings_id, mms_id, version, status, action, part)
     values ($1, $2, '22100000025801', $3, 1, 'in-place', 'added', 0)`,
    [library.zoneId, nothing, blank],
  )
  await db.execute(
    `insert into portfolio (zone_id, portfolio_id, mms_id, version, url, availability, action, part)
     values ($1, $2, $3, 1, 'https://example.org/plain', 'unavailable', 'added', 0)`,
    [library.zoneId, plain, blank],
  )
  const rows = {
    'all-titles': [linked, online, bare, blank],
    'physical-titles': [linked, blank],
    'electronic-titles': [online, blank],
    'physical-items': [first, second, nothing],
    'electronic-portfolios': [portfolio, plain],
  } as const
  for (const [entity, all] of Object.entries(rows) as [Entity, readonly string[]][]) {
    for (const { code } of inventoryIndexes) {
      const empty = await find({ query: `${code} == ""`, entity })
      const other = await find({ query: `${code} <> ""`, entity })
      assert.deepEqual([...empty, ...other].toSorted(), [...all].toSorted(), `${entity} ${code}`)
    }
  }
  assert.deepEqual(await find({ query: 'barcode == ""' }), [online, bare, blank])
  assert.deepEqual(await find({ query: 'library == ""' }), [online, bare, blank])
  assert.deepEqual(await find({ query: 'item-status == ""' }), [online, bare])
  assert.deepEqual(await find({ query: 'barcode == ""', entity: 'physical-items' }), [nothing])
  assert.deepEqual(await find({ query: 'barcode == ""', entity: 'electronic-portfolios' }), [
    portfolio,
    plain,
  ])
  assert.deepEqual(await find({ query: 'library <> ""', entity: 'physical-items' }), [first, second])
})

test('the beginning of a barcode is compared as the whole is, with its capitals', async () => {
  const lettered = '23100000045801'
  await addItem(lettered, holdings, linked, 'AbC-77', 'in-place')
  const items = (query: string) => find({ query, entity: 'physical-items' })
  assert.deepEqual(await items('barcode == "AbC-77"'), [lettered])
  assert.deepEqual(await items('barcode == "AbC*"'), [lettered])
  assert.deepEqual(await items('barcode == "abc-77"'), [])
  assert.deepEqual(await items('barcode == "abc*"'), [])
})
