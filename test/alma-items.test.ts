import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { getZone } from '../src/catalog/zone.ts'
import { getHoldings } from '../src/inventory/holdings.ts'
import { addItem, updateItem } from '../src/inventory/change-item.ts'
import { emptyItem, getItem, type ItemContent, listItems } from '../src/inventory/item.ts'
import { listPortfolios } from '../src/inventory/portfolio.ts'
import { byPerson } from '../src/inventory/revision.ts'
import { askingAlma, keyOf } from './alma.ts'
import { addBib, record } from './catalogue.ts'
import { addPlaces, putHoldings, putPortfolio } from './inventory.ts'
import { testServer } from './server.ts'
import { waiting } from './waiting.ts'

const { app, db } = await testServer()
const zone = await getZone(db, 'IZ')
await addPlaces(db, 'IZ')
const key = await keyOf(db, zone, 'emma', ['cataloger-extended'])
const operator = await keyOf(db, zone, 'frank', ['physical-inventory-operator'])
const { ask, json, codeOf } = askingAlma(app, key)

const book = (title: string) => record('050 _4 $a PR4034 $b .E5', `245 10 $a ${title}.`)

async function shelved(title: string, barcodes: readonly string[] = []) {
  const mmsId = await addBib(db, 'IZ', book(title))
  const holdingsId = await putHoldings(db, 'IZ', mmsId, barcodes)
  const items = await listItems(db, zone, holdingsId, { limit: 10 })
  return {
    mmsId,
    holdingsId,
    path: `/bibs/${mmsId}/holdings/${holdingsId}`,
    itemIds: items.map(({ itemId }) => itemId),
  }
}

const itemWith = (data: string, held = '') =>
  `<item><holding_data>${held}</holding_data><item_data>${data}</item_data></item>`

test('an item is added in XML and in JSON, with all that it says', async () => {
  const { path, holdingsId } = await shelved('Emma')
  const data = `<barcode>5001</barcode><physical_material_type desc="Book">BOOK</physical_material_type>
    <policy><value>loan</value></policy><arrival_date>2026-02-03Z</arrival_date><enumeration_a>1</enumeration_a>
    <enumeration_b>2</enumeration_b><chronology_i>1814</chronology_i><public_note>Signed</public_note>
    <fulfillment_note>Ask first</fulfillment_note><internal_note_1>Gift</internal_note_1>
    <inventory_number>I-1</inventory_number><base_status>0</base_status>`
  const held = `<holding_id>${holdingsId}</holding_id><copy_id>2</copy_id><in_temp_location>true</in_temp_location>
    <temp_library>MAIN</temp_library><temp_location>REF</temp_location>`
  const added = await ask(`${path}/items?generate_description=true`, {
    method: 'POST',
    body: itemWith(data, held),
  })
  assert.equal(added.status, 200, added.text)
  const other = await json(`${path}/items`, {
    method: 'POST',
    body: {
      holding_data: { copy_id: '3', in_temp_location: false },
      item_data: { barcode: '5002', policy: { value: 'loan', desc: 'Loan' }, requested: false },
    },
  })
  const [first, second] = await listItems(db, zone, holdingsId, { limit: 10 })
  const said: ItemContent = {
    barcode: '5001',
    status: 'not-in-place',
    policy: 'loan',
    materialType: 'BOOK',
    copyNumber: '2',
    description: '1:2 (1814)',
    enumeration: ['1', '2'],
    chronology: ['1814'],
    publicNote: 'Signed',
    fulfilmentNote: 'Ask first',
    internalNote: 'Gift',
    inventoryNumber: 'I-1',
    receivedOn: '2026-02-03',
    temporaryLibrary: 'MAIN',
    temporaryLocation: 'REF',
  }
  assert.deepEqual({ ...first, ...said }, first)
  assert.deepEqual(
    [second?.barcode, second?.policy, second?.copyNumber, second?.status, second?.changedBy],
    ['5002', 'loan', '3', 'in-place', 'emma (script)'],
  )
  assert.equal(other.item_data.pid, second?.itemId)
})

test('an item that is read and sent back as it is, in either form, is what it was', async () => {
  const { path, itemIds, holdingsId } = await shelved('Persuasion', ['5101'])
  const [itemId = ''] = itemIds
  const missing: ItemContent = {
    ...emptyItem,
    barcode: '5101',
    status: 'missing',
    copyNumber: '1',
    chronology: ['1818', ''],
    temporaryLibrary: 'LAW',
    temporaryLocation: 'STACKS',
  }
  await db.transaction((tx) => updateItem(tx, zone, itemId, 1, missing, byPerson('Ada')))
  const before = await getItem(db, zone, itemId)
  for (const body of [(await ask(`${path}/items/${itemId}`)).text, await json(`${path}/items/${itemId}`)]) {
    const put = await ask(`${path}/items/${itemId}`, { method: 'PUT', body })
    assert.equal(put.status, 200, put.text)
    const { version, changedAt: _at, changedBy, chronology, ...after } = await getItem(db, zone, itemId)
    assert.deepEqual({ ...before, ...after }, before)
    assert.deepEqual(
      [changedBy, chronology],
      ['emma (script)', ['1818']],
      'a last level without a value is none',
    )
    assert.ok(version > before.version)
  }
  assert.equal((await listItems(db, zone, holdingsId, { limit: 10 })).length, 1)
})

test('a change empties what it leaves out, but the status, which goes by what is said of it', async () => {
  const { path, itemIds } = await shelved('Sanditon', ['5201'])
  const [itemId = ''] = itemIds
  const put = (data: string) => ask(`${path}/items/${itemId}`, { method: 'PUT', body: itemWith(data) })
  const now = async () => {
    const { barcode, status } = await getItem(db, zone, itemId)
    return [barcode, status]
  }
  await put('<barcode>5202</barcode><process_type>MISSING</process_type>')
  assert.deepEqual(await now(), ['5202', 'missing'])
  await put('<policy>loan</policy>')
  assert.deepEqual(await now(), [null, 'missing'])
  await put('<base_status>1</base_status>')
  assert.deepEqual(await now(), [null, 'in-place'])
})

test('a scan at its own library brings an item back into its place, and no other scan does', async () => {
  const { path, itemIds } = await shelved('Lady Susan', ['5301'])
  const [itemId = ''] = itemIds
  const at = `${path}/items/${itemId}`
  const put = (process: string) =>
    ask(at, { method: 'PUT', body: itemWith(`<process_type>${process}</process_type>`) })
  const scan = (query: string, pid = at) =>
    ask(`${pid}?op=scan&${query}`, { method: 'POST', body: '<item/>' })
  const status = async () => (await getItem(db, zone, itemId)).status
  await put('MISSING')
  assert.match((await scan('library=LAW&circ_desk=DEFAULT')).text, /<errorCode>402502<.*library is MAIN/)
  assert.equal(await status(), 'missing')
  const scanned = await scan('library=MAIN&circ_desk=DEFAULT')
  assert.match(scanned.text, /<base_status desc="Item in place">1</)
  await scan('library=MAIN&department=BINDING')
  assert.equal(await status(), 'in-process')
  await scan('library=MAIN&department=BINDING&done=true')
  assert.equal(await status(), 'in-place')
  await put('ACQ')
  assert.equal(await codeOf(`${at}?op=scan&library=MAIN`, { method: 'POST' }), '402502')
  assert.equal(await codeOf(`${path}/items/239?op=scan&library=MAIN`, { method: 'POST' }), '402504')
  assert.equal(await codeOf(`${at}?op=lend`, { method: 'POST' }), '40166411')
})

test('a deletion says what becomes of the holdings and of the bib that it leaves without', async () => {
  const kept = await shelved('Mansfield Park', ['5401'])
  await ask(`${kept.path}/items/${kept.itemIds[0]}`, { method: 'DELETE' })
  assert.equal((await getHoldings(db, zone, kept.holdingsId)).items, 0, 'holdings are retained')
  const hidden = await shelved('Northanger Abbey', ['5402', '5403'])
  const [one, two] = hidden.itemIds
  await ask(`${hidden.path}/items/${one}?holdings=suppress`, { method: 'DELETE' })
  assert.equal((await getHoldings(db, zone, hidden.holdingsId)).suppressed, false, 'they have an item still')
  await ask(`${hidden.path}/items/${two}?holdings=suppress`, { method: 'DELETE' })
  assert.equal((await getHoldings(db, zone, hidden.holdingsId)).suppressed, true)
  const gone = await shelved('The Watsons', ['5404', '5405'])
  for (const [at, left] of [1, 0].entries()) {
    const { status, text } = await ask(`${gone.path}/items/${gone.itemIds[at]}?holdings=delete&bib=delete`, {
      method: 'DELETE',
    })
    assert.equal(status, 204, text)
    assert.equal((await findBibPages(db, zone, [gone.mmsId])).length, left)
  }
  const electronic = await shelved('Love and Freindship', ['5406'])
  await putPortfolio(db, 'IZ', electronic.mmsId, 'https://example.org/love')
  await ask(`${electronic.path}/items/${electronic.itemIds[0]}?holdings=delete&bib=delete`, {
    method: 'DELETE',
  })
  assert.equal((await findBibPages(db, zone, [electronic.mmsId])).length, 1, 'it has a portfolio still')
})

test('an item stays where its bib cannot be settled as asked: all or nothing', async () => {
  const { path, mmsId, holdingsId, itemIds } = await shelved('Evelina', ['5501'])
  await lockBib(db, zone.zoneId, mmsId, 'Grace', zone.zoneId)
  const at = `${path}/items/${itemIds[0]}?holdings=delete&bib=`
  for (const what of ['delete', 'suppress']) {
    assert.match((await ask(`${at}${what}`, { method: 'DELETE' })).text, /Grace/)
    assert.equal((await getHoldings(db, zone, holdingsId)).items, 1)
  }
  await releaseBib(db, zone.zoneId, mmsId, 'Grace')
  assert.equal(await codeOf(`${at}delete`, { method: 'DELETE', key: operator }), 'FORBIDDEN')
  assert.equal((await ask(`${at}delete`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await findBibPages(db, zone, [mmsId]), [])
})

test('of two who delete the last two pieces of a bib at once, the second settles it', async () => {
  const { path, mmsId, itemIds } = await shelved('Cecilia', ['5601'])
  const portfolio = await putPortfolio(db, 'IZ', mmsId, 'https://example.org/cecilia')
  const replies = await Promise.all([
    ask(`${path}/items/${itemIds[0]}?holdings=delete&bib=delete`, { method: 'DELETE' }),
    ask(`/bibs/${mmsId}/portfolios/${portfolio}?bib=delete`, { method: 'DELETE' }),
  ])
  assert.deepEqual(
    replies.map(({ status }) => status),
    [204, 204],
  )
  assert.deepEqual(await findBibPages(db, zone, [mmsId]), [])
})

test('a portfolio is added, changed and deleted in XML and in JSON', async () => {
  const mmsId = await addBib(db, 'IZ', book('Belinda'))
  const path = `/bibs/${mmsId}/portfolios`
  const xml = `<portfolio><is_local>true</is_local><availability>10</availability><library>MAIN</library>
    <linking_details><url_type>static</url_type><static_url>jkey=https://example.org/belinda</static_url>
    <proxy_enabled>true</proxy_enabled></linking_details><material_type>BOOK</material_type>
    <public_note>Three readers</public_note><coverage_statement>all</coverage_statement></portfolio>`
  const added = await ask(`${path}/`, { method: 'POST', body: xml })
  assert.equal(added.status, 200, added.text)
  const [first] = await listPortfolios(db, zone, mmsId)
  const { url, availability, library, proxy, materialType, publicNote, coverage } = first ?? {}
  assert.deepEqual(
    [url, availability, library, proxy, materialType, publicNote, coverage],
    ['https://example.org/belinda', 'unavailable', 'MAIN', true, 'BOOK', 'Three readers', 'all'],
  )
  const at = `${path}/${first?.portfolioId}`
  const read = await json(at)
  read.public_note = ''
  read.availability = { value: '11' }
  const put = await ask(at, { method: 'PUT', body: read })
  assert.equal(put.status, 200, put.text)
  const [changed] = await listPortfolios(db, zone, mmsId)
  assert.deepEqual(
    { ...changed, version: 1, changedAt: first?.changedAt },
    { ...first, publicNote: null, availability: 'available' },
  )
  const other = await json(path, {
    method: 'POST',
    body: { linking_details: { url: 'https://example.org' } },
  })
  assert.equal((await json(`${path}?limit=1&offset=1`)).portfolio[0].id, other.id)
  assert.equal((await ask(`${path}/${other.id}?bib=suppress`, { method: 'DELETE' })).status, 204)
  assert.equal((await findBibPages(db, zone, [mmsId]))[0]?.suppressed, false, 'it has a portfolio still')
  await ask(`${at}?bib=suppress`, { method: 'DELETE' })
  assert.equal((await findBibPages(db, zone, [mmsId]))[0]?.suppressed, true)
})

test('a portfolio for a bib of the network goes to the linked bib of the institution', async () => {
  const shared = await addBib(db, 'NZ', book('Camilla'))
  const added = await json(`/bibs/${shared}/portfolios`, {
    method: 'POST',
    body: { linking_details: { url: 'https://example.org/camilla' } },
  })
  const { value: mmsId } = added.resource_metadata.mms_id
  assert.equal((await findBibPages(db, zone, [mmsId]))[0]?.linkedMmsId, shared)
})

test('what an item may not say has the code that Alma has for it, and nothing is changed', async () => {
  const { path, holdingsId, mmsId } = await shelved('Marriage', ['5701'])
  const post = (body: string | object) => ask(`${path}/items`, { method: 'POST', body })
  const refused: readonly (readonly [string | object, RegExp])[] = [
    ['', /It is empty/],
    ['<bib/>', /The root is &lt;bib&gt;/],
    ['{', /not well-formed JSON/],
    ['[1]', /no JSON object/],
    ['<item><item_data>', /not well formed/],
    [itemWith('<barcode>5701</barcode>'), /Barcode 5701 is that of item 23/],
    [itemWith(`<barcode>${'5'.repeat(101)}</barcode>`), /item_data\/barcode must have 100 characters/],
    [itemWith('<arrival_date>2026-02-30Z</arrival_date>'), /item_data\/arrival_date/],
    [itemWith('<process_type>LOAN</process_type>'), /process_type is one of MISSING/],
    [itemWith('<base_status>2</base_status>'), /base_status is 1 or 0/],
    [itemWith('<library>LAW</library>'), /item_data\/library is LAW, and that of its holdings is MAIN/],
    [itemWith('<provenance>GIFT</provenance>'), /no place here for item_data\/provenance/],
    [itemWith('', '<in_temp_location>true</in_temp_location>'), /temp_library and temp_location/],
    [
      itemWith(
        '',
        '<in_temp_location>true</in_temp_location><temp_library>MAIN</temp_library><temp_location>ATTIC</temp_location>',
      ),
      /has no location ATTIC/,
    ],
    [{ item_data: { public_note: 'a\u0000b' } }, /U\+0000/],
  ]
  for (const [body, why] of refused) {
    const { status, text } = await post(body)
    assert.deepEqual([status, /<errorCode>(\w+)/.exec(text)?.[1]], [400, '40166404'], text)
    assert.match(text, why)
  }
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)
  assert.match((await post(deep)).text, /nested more than/)
  assert.equal(
    await codeOf(`${path}/items?generate_inventory_num_name=A`, { method: 'POST', body: '<item/>' }),
    '40166411',
  )
  const unknown = { method: 'POST', body: '<item/>' } as const
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/ALL/items`, unknown), '402208')
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/229/items`, unknown), '402208')
  assert.equal(await codeOf(`${path}/items/239`, { method: 'PUT', body: '<item/>' }), '401652')
  assert.equal(await codeOf(`${path}/items/239`, { method: 'DELETE' }), '401849')
  assert.equal(await codeOf(`${path}/items/239?holdings=burn`, { method: 'DELETE' }), '40166411')
  assert.equal((await listItems(db, zone, holdingsId, { limit: 10 })).length, 1)
})

test('an item that somebody changed since it was read is not overwritten', async () => {
  const { path, itemIds } = await shelved('Discipline', ['5801'])
  const [itemId = ''] = itemIds
  // The row is held until the change, whose item has been read, waits for it.
  const held = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const holder = db.transaction(async (tx) => {
    await updateItem(tx, zone, itemId, 1, { ...emptyItem, publicNote: 'Ada’s' }, byPerson('Ada'))
    held.resolve()
    await release.promise
  })
  await held.promise
  const late = ask(`${path}/items/${itemId}`, { method: 'PUT', body: itemWith('<policy>loan</policy>') })
  await waiting(db, 1)
  release.resolve()
  await holder
  assert.match((await late).text, /<errorCode>40166404<.*changed by Ada since you read it/)
  assert.equal((await getItem(db, zone, itemId)).publicNote, 'Ada’s')
})

test('what a portfolio may not say has the code that Alma has for it, and nothing is changed', async () => {
  const mmsId = await addBib(db, 'IZ', book('Destiny'))
  const path = `/bibs/${mmsId}/portfolios`
  const portfolio = (inside: string) =>
    ({ method: 'POST', body: `<portfolio>${inside}</portfolio>` }) as const
  const linking = (inside: string) => portfolio(`<linking_details>${inside}</linking_details>`)
  assert.equal(await codeOf(path, portfolio('<availability>12</availability>')), '60161')
  assert.equal(await codeOf(path, linking('<url>javascript:alert(1)</url>')), '60164')
  assert.equal(await codeOf(path, portfolio('<license>L</license>')), '60164')
  assert.equal(
    await codeOf(path, portfolio('<electronic_collection><id>61</id></electronic_collection>')),
    '60164',
  )
  assert.equal(
    await codeOf(path, portfolio('<coverage_details><from_year>1990</from_year></coverage_details>')),
    '60164',
  )
  assert.equal(await codeOf(path, linking('<url_type>dynamic</url_type>')), '60166')
  assert.equal(await codeOf(path, linking('<proxy_enabled>maybe</proxy_enabled>')), '60167')
  assert.equal(await codeOf(path, portfolio('<library>ATTIC</library>')), '402469')
  assert.equal(await codeOf(path, portfolio(`<public_note>${'x'.repeat(2001)}</public_note>`)), '60164')
  assert.equal(await codeOf('/bibs/991234567890125801/portfolios', portfolio('')), '60221')
  assert.equal(await codeOf('/bibs/emma/portfolios', portfolio('')), '60221')
  assert.deepEqual(await listPortfolios(db, zone, mmsId), [])
  const id = await putPortfolio(db, 'IZ', mmsId, 'https://example.org/destiny')
  assert.equal(await codeOf(`${path}/${id}`, { method: 'PUT', body: '<bib/>' }), '60165')
  assert.equal(await codeOf(`${path}/539`, { method: 'PUT', body: '<portfolio/>' }), '60123')
  assert.equal(await codeOf(`${path}/${id}?bib=burn`, { method: 'DELETE' }), '60218')
  assert.equal(await codeOf(`${path}/${id}`, { method: 'DELETE', key: operator }), 'FORBIDDEN')
  assert.equal((await listPortfolios(db, zone, mmsId)).length, 1)
})

test('an item in a holdings record that is not of the bib in the address is not there', async () => {
  const one = await shelved('Ida', ['5901'])
  const other = await shelved('Clarentine')
  const { itemId } = await db.transaction((tx) =>
    addItem(tx, zone, other.holdingsId, { ...emptyItem, barcode: '5902' }, byPerson('Ada')),
  )
  const body = itemWith('<barcode>5903</barcode>')
  assert.equal(await codeOf(`${one.path}/items/${itemId}`, { method: 'PUT', body }), '401652')
  assert.equal(await codeOf(`${one.path}/items/${itemId}`, { method: 'DELETE' }), '401849')
  assert.equal((await getItem(db, zone, itemId)).barcode, '5902')
})
