import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBibPages } from '../src/catalog/bib-page.ts'
import { searchText } from './search-text.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { formatField } from '../src/rules/field-text.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })
await addZone(db, {
  code: 'OTHER',
  kind: 'institution',
  name: 'Another library',
  suffix: '5802',
  network: 'NZ',
})

const book = (oclc: number, title: string) =>
  record(`035 __ $a (OCoLC)${oclc}`, '100 1_ $a Austen, Jane.', `245 10 $a ${title}.`, '264 _1 $c 1815.')
const post = async (url: string, of: string) => {
  const reply = await app.inject({ method: 'POST', url, payload: { of } })
  return { status: reply.statusCode, ...reply.json() }
}
const linesOf = async (zone: string, mmsId: string) => {
  const [page] = await findBibPages(db, await getZone(db, zone), [mmsId])
  return page?.record.fields.map(formatField) ?? []
}
test('an institution is linked to a network bib once, and finds it by the network’s words and keys', async () => {
  const emma = await addBib(db, 'NZ', book(101, 'Emma'))
  const first = await post('/api/zones/IZ/linked-bibs', emma)
  assert.deepEqual([first.status, first.isNew, first.alike], [200, true, []])
  const again = await post('/api/zones/IZ/linked-bibs', emma)
  assert.deepEqual([again.mmsId, again.isNew], [first.mmsId, false])
  const found = await searchText(db, await getZone(db, 'IZ'), 'emma austen')
  assert.deepEqual(found, [first.mmsId])
})

test('a link names the institution’s other bibs with the same OCLC number', async () => {
  const own = await addBib(db, 'IZ', book(102, 'Persuasion'))
  const network = await addBib(db, 'NZ', book(102, 'Persuasion'))
  assert.deepEqual((await post('/api/zones/IZ/linked-bibs', network)).alike, [own])
})

test('a copy has a number of its own and the other’s in 035, and is made once', async () => {
  const network = await addBib(db, 'NZ', book(103, 'Sanditon'))
  const copy = await post('/api/zones/IZ/copied-bibs', network)
  assert.equal(copy.status, 200)
  assert.match(copy.mmsId, /5801$/)
  const lines = await linesOf('IZ', copy.mmsId)
  assert.ok(lines.includes(`035 ## $a (NZ)${network}`), lines.join('\n'))
  assert.ok(lines.includes('245 10 $a Sanditon.'))
  const again = await post('/api/zones/IZ/copied-bibs', network)
  assert.deepEqual([again.status, again.error.code], [409, 'ALREADY_THERE'])
  assert.ok(again.error.message.includes(copy.mmsId))
})

test('what an institution has of a bib is told: what is linked to it, its copy, and what has its OCLC number', async () => {
  const ownOf = async (of: string) => {
    const reply = await app.inject(`/api/zones/IZ/own-bibs?of=${of}`)
    return [
      reply.statusCode,
      reply.json().rows?.map(({ mmsId, how }: { mmsId: string; how: string }) => [mmsId, how]),
    ]
  }
  const network = await addBib(db, 'NZ', book(108, 'The Watsons'))
  assert.deepEqual(await ownOf(network), [200, []])
  const alike = await addBib(db, 'IZ', book(108, 'The Watsons'))
  const { mmsId: copy } = await post('/api/zones/IZ/copied-bibs', network)
  assert.deepEqual(await ownOf(network), [
    200,
    [
      [copy, 'copied'],
      [alike, 'alike'],
    ],
  ])
  const other = await addBib(db, 'NZ', book(109, 'Catharine'))
  const { mmsId: linked } = await post('/api/zones/IZ/linked-bibs', other)
  assert.deepEqual(await ownOf(other), [200, [[linked, 'linked']]])
  assert.deepEqual(await ownOf('991234567890125816'), [404, undefined])
})

test('a bib that is linked is not copied as well: the refusal says to unlink it', async () => {
  const network = await addBib(db, 'NZ', book(104, 'Lady Susan'))
  const { mmsId } = await post('/api/zones/IZ/linked-bibs', network)
  const { status, error } = await post('/api/zones/IZ/copied-bibs', network)
  assert.deepEqual([status, error.code], [409, 'ALREADY_THERE'])
  assert.equal(error.remedy, `Unlink ${mmsId} to have a copy of your own.`)
})

test('unlinking leaves the institution the whole record with its local fields, and the network’s as it is', async () => {
  const network = await addBib(db, 'NZ', book(105, 'Mansfield Park'))
  const linked = await addBib(db, 'IZ', record('590 __ $a Gift $9 LOCAL'), { linkedMmsId: network })
  const url = `/api/zones/IZ/bibs/${linked}/link`
  const reply = await app.inject({ method: 'DELETE', url })
  assert.deepEqual(reply.json(), {
    mmsId: linked,
    unlinkedFrom: network,
    suppressed: false,
    publishToOclc: 'publish',
  })
  const lines = await linesOf('IZ', linked)
  assert.ok(lines.includes('245 10 $a Mansfield Park.') && lines.includes('590 ## $a Gift $9 LOCAL'))
  const found = await searchText(db, await getZone(db, 'IZ'), '105')
  assert.deepEqual(found, [linked], 'it is found by the OCLC number, now its own')
  const again = await app.inject({ method: 'DELETE', url })
  assert.deepEqual([again.statusCode, again.json().error.code], [409, 'NOT_LINKED'])
})

test('a bib that somebody else has open is not unlinked', async () => {
  const network = await addBib(db, 'NZ', book(106, 'Northanger Abbey'))
  const { mmsId } = await post('/api/zones/IZ/linked-bibs', network)
  await db.execute(
    `insert into bib_lock (zone_id, mms_id, holder, since, seen_at, part)
     select zone_id, $1, 'jane', now(), now(), part from bib where mms_id = $1`,
    [mmsId],
  )
  const reply = await app.inject({ method: 'DELETE', url: `/api/zones/IZ/bibs/${mmsId}/link` })
  assert.equal(reply.json().error.code, 'LOCKED')
})

test('only an institution takes bibs, and only of its network or of the community zone', async () => {
  const network = await addBib(db, 'NZ', book(107, 'The Watsons'))
  const other = await addBib(db, 'OTHER', book(108, 'Catharine'))
  assert.equal((await post('/api/zones/NZ/linked-bibs', network)).error.code, 'NOT_AN_INSTITUTION')
  assert.equal((await post('/api/zones/IZ/linked-bibs', other)).error.code, 'NOT_SHARED_WITH_ZONE')
  assert.equal((await post('/api/zones/IZ/linked-bibs', '991234567890129999')).error.code, 'NO_SUCH_BIB')
  const community = await addBib(db, 'CZ', book(109, 'Love and Freindship'))
  assert.equal((await post('/api/zones/IZ/linked-bibs', community)).status, 200)
})

test('two who link the same bib at once get one linked bib', async () => {
  const network = await addBib(db, 'NZ', book(110, 'Evelyn'))
  const both = await Promise.all([1, 2, 3].map(() => post('/api/zones/IZ/linked-bibs', network)))
  assert.equal(new Set(both.map(({ mmsId }) => mmsId)).size, 1)
  assert.equal(both.filter(({ isNew }) => isNew).length, 1)
})

test('a link says of both bibs whether they are suppressed or unpublished, and an unlinked bib stays so', async () => {
  const network = await addBib(db, 'NZ', book(111, 'Amelia Webster'))
  await db.execute(`update bib set suppressed = true where mms_id = $1`, [network])
  const first = await post('/api/zones/IZ/linked-bibs', network)
  assert.deepEqual(
    [first.suppressed, first.publishToOclc, first.theirs],
    [false, 'publish', { suppressed: true, publishToOclc: 'publish' }],
  )
  await db.execute(`update bib set suppressed = true, publish_to_oclc = 'do-not-publish' where mms_id = $1`, [
    first.mmsId,
  ])
  const again = await post('/api/zones/IZ/linked-bibs', network)
  assert.deepEqual([again.suppressed, again.publishToOclc], [true, 'do-not-publish'])
  const row = (await app.inject({ url: '/api/zones/IZ/search?q=amelia' })).json().rows[0]
  assert.deepEqual([row.suppressed, row.publishToOclc], [true, 'do-not-publish'])
  const url = `/api/zones/IZ/bibs/${first.mmsId}/link`
  const unlinked = (await app.inject({ method: 'DELETE', url })).json()
  assert.deepEqual([unlinked.suppressed, unlinked.publishToOclc], [true, 'do-not-publish'])
})
