import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchBibs } from '../src/catalog/search.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addBib, record } from './catalogue.ts'
import { testDatabase } from './database.ts'

const db = await testDatabase()
await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
await addZone(db, { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ' })
const network = await getZone(db, 'NZ')
const library = await getZone(db, 'IZ')

const emma = await addBib(
  db,
  'NZ',
  record(
    '020 __ $a 9780141439587',
    '035 __ $a (OCoLC)12345678',
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Emma / $c Jane Austen.',
  ),
)
const persuasion = await addBib(
  db,
  'NZ',
  record('100 1_ $a Austen, Jane, $d 1775-1817.', '245 10 $a Persuasion / $c Jane Austen.'),
)
const linkedEmma = await addBib(db, 'IZ', record("590 __ $a Gift of O'Brien $9 LOCAL"), { linkedMmsId: emma })
const ownBook = await addBib(db, 'IZ', record('245 10 $a Gardens of Emma.', '035 __ $a (VENDOR)77-1'))

const find = async (zone: typeof network, query: string, page: { after?: string; limit?: number } = {}) => {
  const found = await searchBibs(db, zone, query, { limit: 10, ...page })
  return found.mmsIds
}

test('a bib is found when it has all words of the query', async () => {
  assert.deepEqual(await find(network, 'austen EMMA'), [emma])
  assert.deepEqual(await find(network, 'austen'), [persuasion, emma])
  assert.deepEqual(await find(network, 'austen gardens'), [])
})

test('a bib is found by its identifiers, however they are written', async () => {
  for (const query of ['12345678', '(OCoLC)ocm12345678', '0-14-143958-0', '978 0 14 143958 7', emma]) {
    assert.deepEqual(await find(network, query), [emma], query)
  }
  assert.deepEqual(await find(library, '(vendor)77-1'), [ownBook])
})

test('a linked bib is found by the words, keys and number of the network’s record', async () => {
  assert.deepEqual(await find(library, 'austen'), [linkedEmma])
  assert.deepEqual(await find(library, '12345678'), [linkedEmma])
  assert.deepEqual(await find(library, emma), [linkedEmma])
  assert.deepEqual(await find(library, 'emma'), [ownBook, linkedEmma])
})

test('a linked bib is found by its local words together with the network’s', async () => {
  assert.deepEqual(await find(library, "o'brien"), [linkedEmma])
  assert.deepEqual(await find(library, 'austen gift'), [linkedEmma])
})

test('signs that a query language would read are no operators', async () => {
  for (const query of ['emma & !austen', "' | '", 'a:*', "\\'", '<->', '$1', 'emma\0', '%', '()']) {
    await assert.doesNotReject(find(network, query), query)
  }
  assert.deepEqual(await find(network, "emma'; drop table bib; --"), [])
})

test('the pages of a search are all of it, each bib once', async () => {
  const first = await searchBibs(db, network, 'austen', { limit: 1 })
  assert.deepEqual([first.mmsIds, first.total, first.totalIsExact], [[persuasion], 2, true])
  assert.deepEqual(await find(network, 'austen', { after: first.next ?? '' }), [emma])
})

test('of more matches than are counted the pages come in the same order', async () => {
  const zoneId = library.zoneId
  await db.execute(
    `insert into bib_search (zone_id, mms_id, title, words, part)
     select $1, '98' || n, 'Emma', 'emma'::tsvector, 0 from generate_series(100000, 111000) n`,
    [network.zoneId],
  )
  const many = await searchBibs(db, network, 'emma', { limit: 3 })
  assert.deepEqual(
    [many.mmsIds[0], many.mmsIds.length, many.total, many.totalIsExact],
    [emma, 3, 10_000, false],
  )
  const next = await searchBibs(db, network, 'emma', { limit: 3, after: many.next ?? '' })
  assert.deepEqual(next.mmsIds, ['98110998', '98110997', '98110996'])
  await db.execute(
    `insert into bib (zone_id, mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system, linked_mms_id, action, part)
     select $1, '99' || n || '5801', 1, 'leader', 1, 'print', false, 'publish', 'x', '98' || n, 'linked', 0 from generate_series(100000, 111000) n`,
    [zoneId],
  )
  await db.execute(
    `insert into bib_search (zone_id, mms_id, title, words, part)
     select $1, '99' || n || '5801', '', ''::tsvector, 0 from generate_series(100000, 111000) n`,
    [zoneId],
  )
  const linked = await searchBibs(db, library, 'emma', { limit: 3 })
  assert.deepEqual(linked.mmsIds, ['991110005801', '991109995801', '991109985801'])
  assert.equal(linked.totalIsExact, false)
})
