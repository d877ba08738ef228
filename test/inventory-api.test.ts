import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { verify } from '../src/import/verify.ts'
import type { DataField } from '../src/marc/record.ts'
import { formatField } from '../src/rules/field-text.ts'
import { keyOf } from './alma.ts'
import { foundBy } from './found.ts'
import { addBib, record } from './catalogue.ts'
import { addPlaces, placesOf, putHoldings } from './inventory.ts'
import { testServer } from './server.ts'

const { app, db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })
const iz = await getZone(db, 'IZ')
await addPlaces(db, 'IZ')

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api/zones/${path}`, ...(payload ? { payload } : {}) })
  return { status: reply.statusCode, ...reply.json() }
}
const errorOf = ({ status, error }: { status: number; error?: { code: string } }) => [status, error?.code]
const rows = async (path: string) => (await app.inject({ url: `/api/zones/${path}` })).json()

let next = 1
const book = (...more: readonly string[]) =>
  record(`035 __ $a (OCoLC)${1000 + next++}`, '245 10 $a Emma / $c Jane Austen.', ...more)
const lcBook = () => book('050 00 $a PR4034 $b .E5 1816', '082 00 $a 823/.7')
const main = { library: 'MAIN', location: 'STACKS' }

const unsound = async () => {
  const breaches: string[] = []
  for await (const { id, examples } of verify(db, context.dataDir))
    breaches.push(...examples.map((example) => `${id} ${example}`))
  return breaches
}

test('holdings are made from the default template, with the call number that the bib has by the scheme', async () => {
  const mmsId = await addBib(db, 'IZ', lcBook())
  const added = await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)
  assert.deepEqual([added.status, added.mmsId, added.isNewBib], [200, mmsId, false])
  const { holdings } = added
  assert.match(holdings.holdingsId, /^22\d+5801$/)
  assert.deepEqual(
    [holdings.callNumber, holdings.libraryName, holdings.locationName, holdings.version],
    ['PR4034 .E5 1816', 'Main library', 'Stacks', 1],
  )
  assert.deepEqual(
    holdings.record.fields.filter(({ tag }: { tag: string }) => tag === '852').map(formatField),
    ['852 0# $b MAIN $c STACKS $h PR4034 $i .E5 1816'],
  )
  // The location is shelved by Dewey.
  const reference = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { library: 'MAIN', location: 'REF' })
  assert.equal(reference.holdings.callNumber, '823.7')
  const said = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { ...main, callNumberType: '8' })
  assert.equal(said.holdings.callNumber, '')
})

test('the table of the zone goes before the shipped one', async () => {
  const mmsId = await addBib(db, 'IZ', lcBook())
  const shipped = await ask('GET', 'IZ/call-numbers')
  const rows = [{ scheme: '0', field: '082', subfields: [{ from: 'a', to: 'h' }] }]
  assert.deepEqual([shipped.isShipped, shipped.update], [true, 'on-new'])
  const own = { status: 200, isShipped: false, rows, update: 'always' }
  assert.deepEqual(await ask('PUT', 'IZ/call-numbers', { rows, update: 'always' }), own)
  assert.deepEqual(await ask('PUT', 'IZ/call-numbers', { rows }), own, 'what is not said stays')
  const added = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { ...main, callNumberType: '0' })
  assert.equal(added.holdings.callNumber, '823/.7')
  const wrong = await ask('PUT', 'IZ/call-numbers', { rows: [{ ...rows[0], scheme: '7' }] })
  assert.deepEqual(errorOf(wrong), [422, 'SCHEME_AND_SOURCE'])
  assert.deepEqual(await ask('PUT', 'IZ/call-numbers', { rows: null, update: 'on-new' }), shipped)
})

test('an unknown library or location is refused with the nearest that there is', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const refused = async (library: string, location: string) => {
    const { status, error } = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { library, location })
    return [status, error.code, error.remedy]
  }
  assert.deepEqual(await refused('main', 'STACKS'), [422, 'NO_SUCH_LIBRARY', 'Did you mean MAIN?'])
  assert.deepEqual(await refused('MIAN', 'STACKS'), [422, 'NO_SUCH_LIBRARY', 'Did you mean MAIN?'])
  assert.deepEqual(await refused('MAIN', 'STAKCS'), [422, 'NO_SUCH_LOCATION', 'Did you mean STACKS?'])
  assert.deepEqual(await refused('LAW', 'REF'), [422, 'NO_SUCH_LOCATION', 'Take one of STACKS.'])
  assert.deepEqual(await rows(`IZ/bibs/${mmsId}/holdings`), [])
})

test('holdings are given another record, under their own numbers, and each version can be seen', async () => {
  const mmsId = await addBib(db, 'IZ', lcBook())
  const { holdings } = await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)
  const path = `IZ/holdings/${holdings.holdingsId}`
  const fields = [
    { tag: '001', value: '22999' },
    {
      tag: '852',
      ind1: '0',
      ind2: ' ',
      subfields: [
        { code: 'b', value: 'LAW' },
        { code: 'c', value: 'STACKS' },
        { code: 'h', value: 'KF1' },
      ],
    },
  ]
  const change = { version: 1, record: { leader: holdings.record.leader, fields }, suppressed: true }
  const changed = await ask('PUT', path, change)
  assert.deepEqual(
    [changed.version, changed.library, changed.callNumber, changed.suppressed],
    [2, 'LAW', 'KF1', true],
  )
  assert.equal(changed.record.fields[0].value, holdings.holdingsId)
  const again = await ask('PUT', path, change)
  assert.deepEqual(errorOf(again), [409, 'CHANGED_SINCE'])
  assert.equal(again.error.current.version, 2)
  const [second, first] = await rows(`IZ/inventory/${holdings.holdingsId}/versions`)
  assert.deepEqual(
    [second.action, second.isCurrent, first.action, first.isCurrent],
    ['changed', true, 'added', false],
  )
  assert.equal(first.content.call_number, 'PR4034 .E5 1816')
  const wrong = { ...change, version: 2, record: { leader: holdings.record.leader, fields: [] } }
  assert.deepEqual(errorOf(await ask('PUT', path, wrong)), [422, 'NOT_HOLDINGS'])
})

test('update from bibliographic takes the number that the bib has now, or says that it has none', async () => {
  const mmsId = await addBib(db, 'IZ', lcBook())
  const { holdings } = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { ...main, callNumberType: '0' })
  const path = `IZ/holdings/${holdings.holdingsId}`
  const fields = holdings.record.fields.map((field: DataField) =>
    field.tag === '852' ? { ...field, ind1: '1' } : field,
  )
  await ask('PUT', path, { version: 1, record: { ...holdings.record, fields }, suppressed: false })
  const taken = await ask('POST', `${path}/call-number`, { version: 2 })
  assert.deepEqual([taken.callNumber, taken.version], ['823.7', 3])
  const documents = fields.map((field: DataField) => (field.tag === '852' ? { ...field, ind1: '3' } : field))
  await ask('PUT', path, { version: 3, record: { ...holdings.record, fields: documents }, suppressed: false })
  assert.deepEqual(errorOf(await ask('POST', `${path}/call-number`, { version: 4 })), [422, 'NO_CALL_NUMBER'])
})

test('a barcode is that of one item of the zone: a second is refused with where the first is', async () => {
  const one = await addBib(db, 'IZ', book())
  const two = await addBib(db, 'IZ', book())
  const first = await ask('POST', `IZ/bibs/${one}/items`, { ...main, item: { barcode: ' 3001 ' } })
  assert.equal(first.item.barcode, '3001')
  const second = await ask('POST', `IZ/bibs/${two}/items`, { ...main, item: { barcode: '3001' } })
  assert.deepEqual(errorOf(second), [409, 'BARCODE_TAKEN'])
  assert.match(second.error.message, new RegExp(`item ${first.item.itemId} of bib ${one}, in MAIN, STACKS`))
  // Nothing of it is left, the holdings that were to be made for it either.
  assert.deepEqual(await rows(`IZ/bibs/${two}/holdings`), [])
  assert.equal((await ask('GET', 'IZ/items?barcode=3001'))['itemId'], first.item.itemId)
  assert.deepEqual(errorOf(await ask('GET', 'IZ/items?barcode=none')), [404, 'NOT_FOUND'])
  // A barcode that is given up is free.
  const path = `IZ/items/${first.item.itemId}`
  assert.equal((await ask('PUT', path, { version: 1, item: { barcode: '3002' } }))['barcode'], '3002')
  assert.equal(
    (await ask('POST', `IZ/bibs/${two}/items`, { ...main, item: { barcode: '3001' } })).status,
    200,
  )
  assert.deepEqual(errorOf(await ask('PUT', path, { version: 2, item: { barcode: '3001' } })), [
    409,
    'BARCODE_TAKEN',
  ])
  assert.equal((await ask('GET', path))['barcode'], '3002')
})

test('two who add the same barcode at once come to one item', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const { holdings } = await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)
  const path = `IZ/holdings/${holdings.holdingsId}/items`
  const answers = await Promise.all([1, 2, 3].map(() => ask('POST', path, { barcode: '3100' })))
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409, 409],
  )
})

test('two items whose barcodes are exchanged at once are refused, and neither waits for the other', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const { holdings } = await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)
  const add = async (barcode: string) =>
    (await ask('POST', `IZ/holdings/${holdings.holdingsId}/items`, { barcode })).item.itemId
  const [one, other] = [await add('3201'), await add('3202')]
  const give = (itemId: string, barcode: string) =>
    ask('PUT', `IZ/items/${itemId}`, { version: 1, item: { barcode } })
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all([give(one, '3202'), give(other, '3201')])
    assert.deepEqual(answers.map(errorOf), Array(2).fill([409, 'BARCODE_TAKEN']))
  }
})

test('items that are added at once where there are no holdings come into the same', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => ask('POST', `IZ/bibs/${mmsId}/items`, { ...main, item: {} })),
  )
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  assert.equal(new Set(answers.map(({ item }) => item.holdingsId)).size, 1)
})

test('holdings at the same library and location take a further item', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const add = (place: object) => ask('POST', `IZ/bibs/${mmsId}/items`, { ...place, item: {} })
  const first = await add(main)
  const second = await add(main)
  const elsewhere = await add({ library: 'LAW', location: 'STACKS' })
  assert.equal(second.item.holdingsId, first.item.holdingsId)
  assert.notEqual(elsewhere.item.holdingsId, first.item.holdingsId)
  const page = await ask('GET', `IZ/holdings/${first.item.holdingsId}/items?limit=1`)
  assert.deepEqual([page.rows.length, page.next], [1, first.item.itemId])
  const rest = await ask('GET', `IZ/holdings/${first.item.holdingsId}/items?after=${page.next}`)
  assert.deepEqual(
    rest.rows.map(({ itemId }: { itemId: string }) => itemId),
    [second.item.itemId],
  )
})

test('an item says what it is of, when it came and where it is for a time', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const item = {
    status: 'in-process',
    description: 'v.2 (1999)',
    enumeration: ['2'],
    chronology: ['1999'],
    receivedOn: '2026-11-02',
    temporaryLibrary: 'MAIN',
    temporaryLocation: 'REF',
    internalNote: '  ',
  }
  const { item: added } = await ask('POST', `IZ/bibs/${mmsId}/items`, { ...main, item })
  const { internalNote, ...told } = item
  assert.deepEqual({ ...added, ...told }, added)
  assert.deepEqual([internalNote.trim(), added.internalNote], ['', null])
  const refused = async (more: object) =>
    errorOf(await ask('POST', `IZ/bibs/${mmsId}/items`, { ...main, item: more }))
  assert.deepEqual(await refused({ temporaryLibrary: 'MAIN' }), [422, 'HALF_A_PLACE'])
  assert.deepEqual(await refused({ temporaryLibrary: 'MAIN', temporaryLocation: 'ATTIC' }), [
    422,
    'NO_SUCH_LOCATION',
  ])
  assert.deepEqual(await refused({ receivedOn: '2026-02-31' }), [400, 'INVALID_REQUEST'])
  assert.deepEqual(await refused({ status: 'lost' }), [400, 'INVALID_REQUEST'])
})

test('inventory for a network or community bib hangs on the institution’s linked bib, which is made with it', async () => {
  for (const zone of ['NZ', 'CZ']) {
    const mmsId = await addBib(db, zone, book('650 _0 $a Matchmaking.'))
    const added = await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)
    assert.deepEqual([added.status, added.isNewBib], [200, true])
    const linked = added.mmsId
    assert.equal((await ask('GET', `IZ/bibs/${linked}`))['linkedMmsId'], mmsId)
    const portfolio = await ask('POST', `IZ/bibs/${mmsId}/portfolios`, { url: 'https://example.org/emma' })
    assert.deepEqual([portfolio.mmsId, portfolio.isNewBib], [linked, false])
    const item = await ask('POST', `IZ/bibs/${mmsId}/items`, { ...main, item: {} })
    assert.equal(item.item.holdingsId, added.holdings.holdingsId)
    const found = { mmsIds: await foundBy(db, 'IZ', 'matchmaking') }
    assert.ok(found.mmsIds.includes(linked))
  }
})

test('where the inventory is refused no linked bib is made for it', async () => {
  const mmsId = await addBib(db, 'NZ', book())
  const refused = await ask('POST', `IZ/bibs/${mmsId}/holdings`, { library: 'MAIN', location: 'NOWHERE' })
  assert.deepEqual(errorOf(refused), [422, 'NO_SUCH_LOCATION'])
  assert.deepEqual(await db.query('select from bib where linked_mms_id = $1', [mmsId]), [])
})

test('the network has no physical inventory and may have portfolios', async () => {
  const mmsId = await addBib(db, 'NZ', book())
  assert.deepEqual(errorOf(await ask('POST', `NZ/bibs/${mmsId}/holdings`, main)), [
    422,
    'NO_PHYSICAL_INVENTORY',
  ])
  assert.deepEqual(errorOf(await ask('POST', `NZ/bibs/${mmsId}/items`, { ...main, item: {} })), [
    422,
    'NO_PHYSICAL_INVENTORY',
  ])
  assert.deepEqual(errorOf(await ask('POST', 'NZ/libraries', { code: 'MAIN', name: 'Main' })), [
    422,
    'NO_PHYSICAL_INVENTORY',
  ])
  const added = await ask('POST', `NZ/bibs/${mmsId}/portfolios`, { url: 'https://example.org/all' })
  assert.match(added.portfolio.portfolioId, /^53\d+5816$/)
})

test('a portfolio has an address that opens a resource and runs nothing', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  for (const url of ['javascript:alert(1)', 'example.org', 'https://example.org/a b'])
    assert.deepEqual(errorOf(await ask('POST', `IZ/bibs/${mmsId}/portfolios`, { url })), [422, 'NOT_A_URL'])
  const { portfolio } = await ask('POST', `IZ/bibs/${mmsId}/portfolios`, {
    url: 'https://example.org/emma',
    coverage: '1998-',
    library: 'LAW',
  })
  const path = `IZ/portfolios/${portfolio.portfolioId}`
  const changed = await ask('PUT', path, { version: 1, portfolio: { availability: 'unavailable' } })
  assert.deepEqual([changed.version, changed.url, changed.availability], [2, null, 'unavailable'])
  assert.deepEqual(errorOf(await ask('PUT', path, { version: 1, portfolio: {} })), [409, 'CHANGED_SINCE'])
  assert.deepEqual(errorOf(await ask('PUT', path, { version: 2, portfolio: { library: 'LWA' } })), [
    422,
    'NO_SUCH_LIBRARY',
  ])
})

test('holdings with items stay; the last inventory that goes leaves the bib to be deleted, suppressed or kept', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const { item } = await ask('POST', `IZ/bibs/${mmsId}/items`, { ...main, item: { barcode: '3300' } })
  const holdings = `IZ/holdings/${item.holdingsId}`
  assert.deepEqual(errorOf(await ask('DELETE', `${holdings}?version=1`)), [409, 'HOLDINGS_HAVE_ITEMS'])
  const { left } = await ask('DELETE', `IZ/items/${item.itemId}?version=1`)
  assert.deepEqual([left.holdings, left.items, left.choices], [1, 0, []])
  assert.deepEqual(errorOf(await ask('DELETE', `${holdings}?version=9`)), [409, 'CHANGED_SINCE'])
  const emptied = await ask('DELETE', `${holdings}?version=1`)
  assert.deepEqual(emptied.left, {
    mmsId,
    holdings: 0,
    items: 0,
    portfolios: 0,
    choices: ['delete', 'suppress', 'keep'],
  })
  assert.deepEqual(errorOf(await ask('GET', holdings)), [404, 'NO_SUCH_INVENTORY'])
  const [last] = await rows(`IZ/inventory/${item.itemId}/versions`)
  assert.deepEqual([last.version, last.action, last.content], [2, 'deleted', null])
})

test('holdings go to another bib with their items, and a portfolio too', async () => {
  const [one, two] = [await addBib(db, 'IZ', book()), await addBib(db, 'IZ', book())]
  const { item } = await ask('POST', `IZ/bibs/${one}/items`, { ...main, item: { barcode: '3400' } })
  const { portfolio } = await ask('POST', `IZ/bibs/${one}/portfolios`, { url: 'https://example.org' })
  const moved = await ask('PUT', `IZ/holdings/${item.holdingsId}/bib`, { version: 1, mmsId: two })
  assert.deepEqual([moved.mmsId, moved.left.portfolios, moved.left.choices], [two, 1, []])
  assert.deepEqual((await ask('GET', 'IZ/items?barcode=3400'))['mmsId'], two)
  const { record: carried } = await ask('GET', `IZ/holdings/${item.holdingsId}`)
  assert.deepEqual(carried.fields[1], { tag: '004', value: two })
  const last = await ask('PUT', `IZ/portfolios/${portfolio.portfolioId}/bib`, { version: 1, mmsId: two })
  assert.deepEqual(last.left.choices, ['delete', 'suppress', 'keep'])
  // Of a network bib the linked one takes them.
  const network = await addBib(db, 'NZ', book())
  const linked = await ask('PUT', `IZ/holdings/${item.holdingsId}/bib`, { version: 2, mmsId: network })
  assert.deepEqual([linked.isNewBib, (await placesOf(db))[item.itemId]], [true, linked.mmsId])
  const unlinked = await app.inject({ method: 'DELETE', url: `/api/zones/IZ/bibs/${linked.mmsId}/link` })
  assert.equal(unlinked.statusCode, 200)
  assert.equal((await placesOf(db))[item.itemId], linked.mmsId)
})

const bibState = async (mmsId: string) => {
  const { status, suppressed } = await ask('GET', `IZ/bibs/${mmsId}`)
  return status === 404 ? 'gone' : suppressed === true ? 'suppressed' : 'there'
}

test('a bib that is left without inventory is suppressed or deleted in the same transaction, or nothing is done', async () => {
  const hidden = await addBib(db, 'IZ', lcBook())
  const portfolio = await ask('POST', `IZ/bibs/${hidden}/portfolios`, { url: 'https://example.org/1' })
  const [one, two] = [await putHoldings(db, 'IZ', hidden, ['7001']), await putHoldings(db, 'IZ', hidden)]
  const last = await ask('DELETE', `IZ/portfolios/${portfolio.portfolio.portfolioId}?version=1&bib=delete`)
  assert.deepEqual([last.became, last.left.holdings], ['keep', 2])
  assert.equal((await ask('DELETE', `IZ/holdings/${two}?version=1&bib=suppress`)).became, 'keep')
  const [item] = (await rows(`IZ/holdings/${one}/items`)).rows
  const path = `IZ/items/${item.itemId}?version=1&holdings=delete&bib=suppress`
  await lockBib(db, iz.zoneId, hidden, 'Grace', iz.zoneId)
  assert.deepEqual(errorOf(await ask('DELETE', path)), [409, 'LOCKED'])
  assert.equal((await rows(`IZ/holdings/${one}/items`)).rows.length, 1)
  await releaseBib(db, iz.zoneId, hidden, 'Grace')
  const { left, became } = await ask('DELETE', path)
  assert.deepEqual([left.holdings, left.choices.length, became], [0, 3, 'suppress'])
  assert.equal(await bibState(hidden), 'suppressed')
  const again = await putHoldings(db, 'IZ', hidden)
  const suppressed = await ask('DELETE', `IZ/holdings/${again}?version=1&bib=suppress`)
  assert.equal(suppressed.became, 'suppress', 'a bib that is suppressed already is no hindrance')
})

test('a bib whose last inventory goes to another is settled with the move; one that is linked is not deleted', async () => {
  const [from, into] = [await addBib(db, 'IZ', book()), await addBib(db, 'IZ', book())]
  const holdings = await putHoldings(db, 'IZ', from, ['7101'])
  const moved = await ask('PUT', `IZ/holdings/${holdings}/bib`, { version: 1, mmsId: into, bib: 'delete' })
  assert.deepEqual([moved.mmsId, moved.became, await bibState(from)], [into, 'delete', 'gone'])
  const shared = await addBib(db, 'NZ', book())
  const portfolio = await ask('POST', `IZ/bibs/${shared}/portfolios`, { url: 'https://example.org/2' })
  const path = `IZ/portfolios/${portfolio.portfolio.portfolioId}`
  const refused = await ask('DELETE', `${path}?version=1&bib=delete`)
  assert.deepEqual(errorOf(refused), [409, 'DELETE_BLOCKED'])
  assert.equal((await ask('GET', path)).version, 1)
})

test('of two who take the last inventory from each other’s bib both bibs are settled, and nothing is lost', async () => {
  const [one, two] = [await addBib(db, 'IZ', book()), await addBib(db, 'IZ', book())]
  const [first, second] = [await putHoldings(db, 'IZ', one), await putHoldings(db, 'IZ', two)]
  const replies = await Promise.all([
    ask('PUT', `IZ/holdings/${first}/bib`, { version: 1, mmsId: two, bib: 'delete' }),
    ask('PUT', `IZ/holdings/${second}/bib`, { version: 1, mmsId: one, bib: 'delete' }),
  ])
  // Whoever comes first takes the other's bib from under it, or leaves inventory there.
  assert.ok(replies.some(({ status }) => status === 200))
  const places = await placesOf(db)
  for (const id of [first, second]) assert.equal(await bibState(places[id] ?? ''), 'there')
})

test('who may edit inventory and not delete bibs keeps a bib that is left without', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const holdings = await putHoldings(db, 'IZ', mmsId)
  const secret = await keyOf(db, iz, 'operator', ['physical-inventory-operator'])
  const refused = await app.inject({
    method: 'DELETE',
    url: `/api/zones/IZ/holdings/${holdings}?version=1&bib=delete`,
    headers: { authorization: `Bearer ${secret}` },
  })
  assert.equal(refused.statusCode, 403)
  assert.equal(await bibState(mmsId), 'there')
})

test('an item is added to holdings that somebody brings to another bib at that moment', async () => {
  const [one, two] = [await addBib(db, 'IZ', book()), await addBib(db, 'IZ', book())]
  const holdingsId = await putHoldings(db, 'IZ', one)
  const path = `IZ/holdings/${holdingsId}`
  const [added] = await Promise.all([
    ask('POST', `${path}/items`, { barcode: '3500' }),
    ask('PUT', `${path}/bib`, { version: 1, mmsId: two }),
  ])
  assert.equal(added.status, 200)
  const places = await placesOf(db)
  assert.deepEqual([places[holdingsId], places[added.item.itemId]], [two, two])
})

test('numbers of what is not there are answered in words', async () => {
  const mmsId = `991234567895801`
  assert.deepEqual(errorOf(await ask('POST', `IZ/bibs/${mmsId}/holdings`, main)), [404, 'NO_SUCH_BIB'])
  assert.deepEqual(errorOf(await ask('POST', `IZ/bibs/991234567891234/holdings`, main)), [404, 'NO_SUCH_BIB'])
  assert.deepEqual(errorOf(await ask('GET', 'IZ/holdings/221234567895801')), [404, 'NO_SUCH_INVENTORY'])
  assert.deepEqual(errorOf(await ask('GET', 'IZ/holdings/231234567895801')), [400, 'INVALID_REQUEST'])
  assert.deepEqual(errorOf(await ask('GET', 'IZ/inventory/231234567895801/versions')), [
    404,
    'NO_SUCH_INVENTORY',
  ])
  const bib = await addBib(db, 'IZ', book())
  assert.deepEqual(errorOf(await ask('POST', `IZ/bibs/${bib}/holdings`, { library: 'MAIN' })), [
    422,
    'HOLDINGS_UNSAID',
  ])
})

test('libraries and locations are told from one another by more than case', async () => {
  const annex = { code: 'ANNEX', name: 'Annex' }
  const [added] = (await rows('IZ/libraries')).filter(({ code }: { code: string }) => code === 'LAW')
  assert.equal(added.locations.length, 1)
  assert.equal(
    (await app.inject({ method: 'POST', url: '/api/zones/IZ/libraries', payload: annex })).statusCode,
    200,
  )
  assert.deepEqual(errorOf(await ask('POST', 'IZ/libraries', { code: 'annex', name: 'Again' })), [
    409,
    'CODE_TAKEN',
  ])
  const shelf = { code: 'SHELF', name: 'Shelf', callNumberType: '1' }
  const location = await app.inject({
    method: 'POST',
    url: '/api/zones/IZ/libraries/ANNEX/locations',
    payload: shelf,
  })
  assert.deepEqual(location.json()[0].locations, [shelf])
  assert.deepEqual(errorOf(await ask('POST', 'IZ/libraries/Annex/locations', shelf)), [
    422,
    'NO_SUCH_LIBRARY',
  ])
})

test('the catalogue is sound after all of it', async () => {
  assert.deepEqual(await unsound(), [])
})

test('verify names inventory that hangs on nothing, barcodes that lie and gaps in versions', async () => {
  const mmsId = await addBib(db, 'IZ', book())
  const holdingsId = await putHoldings(db, 'IZ', mmsId, ['3600', '3601'])
  await db.execute(`update item set barcode = 'other' where barcode = '3600'`)
  await db.execute(`update holdings set version = 3, mms_id = '99999' where holdings_id = $1`, [holdingsId])
  const found = new Set((await unsound()).map((line) => line.split(' ')[0]))
  for (const id of [
    'INVENTORY_OF_BIBS',
    'ITEMS_OF_HOLDINGS',
    'ITEM_BARCODES',
    'HOLDINGS_RECORDS',
    'INVENTORY_VERSIONS',
  ])
    assert.ok(found.has(id), id)
})
