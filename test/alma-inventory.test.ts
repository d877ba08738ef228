import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { getZone } from '../src/catalog/zone.ts'
import { addItem } from '../src/inventory/change-item.ts'
import { addPortfolio } from '../src/inventory/change-portfolio.ts'
import { emptyItem } from '../src/inventory/item.ts'
import { addLibrary, addLocation } from '../src/inventory/place.ts'
import { emptyPortfolio } from '../src/inventory/portfolio.ts'
import { byPerson } from '../src/inventory/revision.ts'
import { askingAlma, keyOf } from './alma.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
const zone = await getZone(db, 'IZ')
await addLibrary(db, zone, { code: 'MAIN', name: 'Main Library' })
await addLocation(db, zone, 'MAIN', { code: 'stacks', name: 'Stacks', callNumberType: null })

const key = await keyOf(db, zone, 'emma', ['physical-inventory-operator', 'cataloger-extended'])
const reader = await keyOf(db, zone, 'frank', ['receiving-operator'])
const { ask, json, codeOf } = askingAlma(app, key)

const book = (title: string) => record('050 _4 $a PR4034 $b .E5', `245 10 $a ${title}.`)
const holdingOf = (location: string, callNumber = 'PR1') =>
  `<holding><suppress_from_publishing>false</suppress_from_publishing><record><leader>00000nx  a22000001i 4500</leader><controlfield tag="008">1011252p    8   1001aueng0000000</controlfield><datafield tag="852" ind1="0" ind2=" "><subfield code="b">MAIN</subfield><subfield code="c">${location}</subfield><subfield code="h">${callNumber}</subfield></datafield></record></holding>`

async function addHoldings(mmsId: string): Promise<string> {
  const { status, text } = await ask(`/bibs/${mmsId}/holdings`, { method: 'POST', body: holdingOf('stacks') })
  assert.equal(status, 200, text)
  return /<holding_id>(22\d+)<\/holding_id>/.exec(text)?.[1] ?? ''
}

test('holdings are added, listed, read, changed and deleted', async () => {
  const mmsId = await addBib(db, 'IZ', book('Emma'))
  const id = await addHoldings(mmsId)
  const list = await json(`/bibs/${mmsId}/holdings`)
  assert.deepEqual(
    [list.total_record_count, list.bib_data.mms_id, list.holding[0].library, list.holding[0].location],
    [1, mmsId, { value: 'MAIN', desc: 'Main Library' }, { value: 'stacks', desc: 'Stacks' }],
  )
  assert.equal((await json(`/bibs?holdings_id=${id}`)).bib[0].mms_id, mmsId)
  const path = `/bibs/${mmsId}/holdings/${id}`
  const read = (await ask(path)).text
  assert.match(read, /<subfield code="h">PR1<\/subfield>/)
  const sent = read.replace('PR1', 'PR2').replace('publishing>false', 'publishing>true')
  const changed = await ask(path, { method: 'PUT', body: sent })
  assert.match(changed.text, /<suppress_from_publishing>true<.*<subfield code="h">PR2</)
  assert.equal((await ask(path, { method: 'DELETE' })).status, 204)
  assert.equal(await codeOf(path), '402208')
  assert.equal((await findBibPages(db, zone, [mmsId])).length, 1, 'its bib is retained')
})

test('a bib that is left without holdings is suppressed or deleted where that is asked', async () => {
  const suppressed = await addBib(db, 'IZ', book('Persuasion'))
  const first = await addHoldings(suppressed)
  await ask(`/bibs/${suppressed}/holdings/${first}?bib=suppress`, { method: 'DELETE' })
  assert.equal((await findBibPages(db, zone, [suppressed]))[0]?.suppressed, true)
  const deleted = await addBib(db, 'IZ', book('Sanditon'))
  const [one, two] = [await addHoldings(deleted), await addHoldings(deleted)]
  await ask(`/bibs/${deleted}/holdings/${one}?bib=delete`, { method: 'DELETE' })
  assert.equal((await findBibPages(db, zone, [deleted])).length, 1, 'it has holdings still')
  await ask(`/bibs/${deleted}/holdings/${two}?bib=delete`, { method: 'DELETE' })
  assert.deepEqual(await findBibPages(db, zone, [deleted]), [])
})

test('holdings stay where their bib cannot be settled as asked: both or neither', async () => {
  const mmsId = await addBib(db, 'IZ', book('Lady Susan'))
  const id = await addHoldings(mmsId)
  await lockBib(db, zone.zoneId, mmsId, 'Grace', zone.zoneId)
  for (const what of ['delete', 'suppress']) {
    const refused = await ask(`/bibs/${mmsId}/holdings/${id}?bib=${what}`, { method: 'DELETE' })
    assert.equal(refused.status, 400, refused.text)
    assert.match(refused.text, /Grace/)
    assert.equal((await ask(`/bibs/${mmsId}/holdings/${id}`)).status, 200)
  }
  await releaseBib(db, zone.zoneId, mmsId, 'Grace')
  assert.equal((await ask(`/bibs/${mmsId}/holdings/${id}?bib=delete`, { method: 'DELETE' })).status, 204)
  assert.deepEqual(await findBibPages(db, zone, [mmsId]), [])
})

test('a linked bib that loses its last holdings is suppressed, since one that is linked is not deleted', async () => {
  const shared = await addBib(db, 'NZ', book('The Watsons'))
  const mmsId = await addBib(db, 'IZ', record(), { linkedMmsId: shared })
  const id = await addHoldings(mmsId)
  assert.equal((await ask(`/bibs/${mmsId}/holdings/${id}?bib=delete`, { method: 'DELETE' })).status, 204)
  assert.equal((await findBibPages(db, zone, [mmsId]))[0]?.suppressed, true)
})

test('items are listed by holdings and by bib, and found by barcode through a redirect', async () => {
  const mmsId = await addBib(db, 'IZ', book('Mansfield Park'))
  const id = await addHoldings(mmsId)
  const items = await db.transaction(async (tx) => {
    const by = byPerson('emma')
    const shelved = {
      ...emptyItem,
      barcode: '3001',
      policy: 'loan',
      enumeration: ['1'],
      chronology: ['1814'],
    }
    const { itemId } = await addItem(tx, zone, id, shelved, by)
    await addItem(tx, zone, id, { ...emptyItem, barcode: '3002', status: 'missing' }, by)
    return itemId
  })
  for (const holdings of [id, 'ALL']) {
    const list = await json(`/bibs/${mmsId}/holdings/${holdings}/items?limit=1`)
    assert.deepEqual([list.total_record_count, list.item.length], [2, 1])
    const [{ item_data: data }] = list.item
    assert.deepEqual(
      [data.pid, data.barcode, data.base_status, data.policy.value, data.enumeration_a, data.chronology_i],
      [items, '3001', { value: '1', desc: 'Item in place' }, 'loan', '1', '1814'],
    )
  }
  const missing = await json(`/bibs/${mmsId}/holdings/${id}/items?offset=1`)
  assert.deepEqual(
    [missing.item[0].item_data.base_status.value, missing.item[0].item_data.process_type.value],
    ['0', 'MISSING'],
  )
  const found = await ask('/items?item_barcode=3001')
  assert.equal(found.status, 302)
  assert.equal(
    new URL(String(found.location)).pathname,
    `/almaws/v1/bibs/${mmsId}/holdings/${id}/items/${items}`,
  )
  assert.match((await ask(`/bibs/${mmsId}/holdings/${id}/items/${items}`)).text, /<barcode>3001<\/barcode>/)
  const ava = await ask(`/bibs/${mmsId}?expand=p_avail`)
  for (const part of [
    '8">' + id,
    'b">MAIN',
    'c">Stacks',
    'd">PR1',
    'e">available',
    'f">2',
    'g">1',
    'q">Main Library',
  ])
    assert.ok(ava.text.includes(`<subfield code="${part}</subfield>`), `${part} ${ava.text}`)
  const saved = await ask(`/bibs/${mmsId}`, { method: 'PUT', body: ava.text })
  assert.equal(saved.text.includes('tag="AVA"'), false, 'what was added is taken off again')
  assert.equal((await findBibPages(db, zone, [mmsId]))[0]?.version, 1)
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/${id}`, { method: 'DELETE' }), '60214')
})

test('portfolios are listed and read, and are the electronic availability of their bib', async () => {
  const mmsId = await addBib(db, 'IZ', book('Lady Susan'))
  const id = await db.transaction(async (tx) => {
    const content = { ...emptyPortfolio, url: 'https://example.org/susan', coverage: 'from 1871' }
    return (await addPortfolio(tx, zone, mmsId, content, byPerson('emma'))).portfolioId
  })
  const list = await json(`/bibs/${mmsId}/portfolios`)
  assert.deepEqual(
    [
      list.total_record_count,
      list.portfolio[0].id,
      list.portfolio[0].availability,
      list.portfolio[0].linking_details.url,
    ],
    [1, id, { value: '11', desc: 'Available' }, 'https://example.org/susan'],
  )
  assert.match((await ask(`/bibs/${mmsId}/portfolios/${id}`)).text, new RegExp(`<id>${id}</id>`))
  const { text } = await ask(`/bibs/${mmsId}?expand=e_avail,p_avail`)
  assert.ok(text.includes(`tag="AVE"`) && text.includes('<subfield code="s">from 1871</subfield>'))
})

test('each state of holdings, of items and of a body has the code that Alma has for it', async () => {
  const mmsId = await addBib(db, 'IZ', book('The Watsons'))
  const id = await addHoldings(mmsId)
  const post = (body: string, path = `/bibs/${mmsId}/holdings`) => codeOf(path, { method: 'POST', body })
  assert.equal(await post('<holding/>'), '402211')
  assert.equal(await post('<bib/>'), '402211')
  assert.equal(await post(holdingOf('nowhere')), '33008')
  assert.equal(await post(holdingOf('stacks'), '/bibs/991234567890125801/holdings'), '33007')
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/229`, { method: 'DELETE' }), '60213')
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/${id}?bib=burn`, { method: 'DELETE' }), '60218')
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/229`), '402208')
  assert.equal(await codeOf('/items?item_barcode=none'), '401689')
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings/${id}/items/239`), '401652')
  assert.equal(await codeOf(`/bibs/${mmsId}/portfolios/539`), '60123')
  assert.equal(await codeOf('/bibs/991234567890125801/portfolios'), '402203')
  const denied = { method: 'POST', body: holdingOf('stacks'), key: reader } as const
  assert.equal(await codeOf(`/bibs/${mmsId}/holdings`, denied), 'FORBIDDEN')
})

test('a parameter with a character that no text may have is refused by its name', async () => {
  for (const path of ['/items?item_barcode=%00', '/bibs?holdings_id=%00', '/bibs?other_system_id=a%00'])
    assert.equal(await codeOf(path), '40166411', path)
})
