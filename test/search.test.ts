import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWording, type Wording } from '../src/catalog/search/asked.ts'
import { SearchRefusal } from '../src/catalog/search/refusal.ts'
import { search, searchFacets } from '../src/catalog/search/search.ts'
import type { Place, Sort } from '../src/catalog/search/sorted-page.ts'
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

const searched = (
  zone: typeof network,
  wording: Wording,
  { sort = 'newest', after = null, limit = 10 }: { sort?: Sort; after?: Place | null; limit?: number } = {},
) => search(db, zone, { ...readWording(wording), sort, after, limit })

const find = async (zone: typeof network, text: string) => (await searched(zone, { text })).ids

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
  for (const query of [
    'emma & !austen',
    "a' | '",
    'a:*',
    "\\'x",
    '<->a',
    '$1',
    '%a',
    '(a)',
    'title = emma',
    'a"b',
  ]) {
    await assert.doesNotReject(find(network, query), query)
  }
  assert.deepEqual(await find(network, "emma'; drop table bib; --"), [])
})

test('a text without a letter or digit is refused, and finds neither all nor nothing', async () => {
  for (const text of ['%', '()', '   ', "' | '"])
    await assert.rejects(
      async () => find(network, text),
      (error) => error instanceof SearchRefusal && error.code === 'NO_WORDS',
      text,
    )
})

test('the pages of a search are all of it, each bib once', async () => {
  const first = await searched(network, { text: 'austen' }, { limit: 1 })
  assert.deepEqual([first.ids, first.total, first.totalIsExact], [[persuasion], 2, true])
  const second = await searched(network, { text: 'austen' }, { limit: 1, after: first.next })
  assert.deepEqual([second.ids, second.next], [[emma], null])
})

test('of more matches than are counted the pages come in the same order', async () => {
  const addRows = (zoneId: number, mmsId: string, title: string, words: string, linked: string) =>
    db.execute(
      `insert into bib_search (zone_id, mms_id, title, words, part)
       select ${zoneId}, ${mmsId}, '${title}', '${words}'::tsvector, 0 from generate_series(100000, 111000) n;
       insert into bib_facet (zone_id, mms_id, resource_type, languages, country, carrier, brief_level, suppressed, publish_to_oclc,
         originating_system, linked_mms_id, sort_title, sort_creator, part)
       select ${zoneId}, ${mmsId}, 'book', '{eng}', 'enk', 'print', 1, false, 'publish', 'x', ${linked}, '${title}', '', 0
       from generate_series(100000, 111000) n`,
    )
  await addRows(network.zoneId, `'98' || n`, 'Emma', 'emma', 'null')
  const many = await searched(network, { text: 'emma' }, { limit: 3 })
  assert.deepEqual([many.ids[0], many.ids.length, many.total, many.totalIsExact], [emma, 3, 10_000, false])
  const next = await searched(network, { text: 'emma' }, { limit: 3, after: many.next })
  assert.deepEqual(next.ids, ['98110998', '98110997', '98110996'])
  const oldest = await searched(network, { text: 'emma' }, { sort: 'oldest', limit: 2 })
  assert.deepEqual([oldest.ids, oldest.shortfall], [['98100000', '98100001'], null])
  assert.equal((await searched(network, { text: 'emma' }, { sort: 'title' })).shortfall, 'UNSORTED')
  const counted = await searchFacets(db, network, readWording({ text: 'emma' }))
  assert.deepEqual([counted.counted, counted.isWhole], [10_000, false])
  await db.execute(
    `insert into bib (zone_id, mms_id, version, record, brief_level, carrier, suppressed, publish_to_oclc, originating_system, linked_mms_id, action, part)
     select $1, '99' || n || '5801', 1, 'leader', 1, 'print', false, 'publish', 'x', '98' || n, 'linked', 0 from generate_series(100000, 111000) n`,
    [library.zoneId],
  )
  await addRows(library.zoneId, `'99' || n || '5801'`, '', '', `'98' || n`)
  const linked = await searched(library, { text: 'emma' }, { limit: 3 })
  assert.deepEqual(linked.ids, ['991110005801', '991109995801', '991109985801'])
  assert.equal(linked.totalIsExact, false)
})

test('a bib with several of the numbers that are asked for is one hit', async () => {
  const twice = await addBib(
    db,
    'NZ',
    record('035 __ $a (OCoLC)7700001 $z (OCoLC)7700002 $z (OCoLC)7700003', '245 10 $a Two numbers.'),
  )
  const { ids, total } = await searched(network, { query: 'oclc-035az = 77000*' })
  assert.deepEqual([ids, total], [[twice], 1])
})
