import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { saveProfile } from '../src/import/profile.ts'
import { getZone } from '../src/catalog/zone.ts'
import { buildApp } from '../src/server/app.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { addBib, record } from './catalogue.ts'
import { book, combining, consortium, shipped } from './combining.ts'
import { everybody } from './everybody.ts'
import { addPlaces, putHoldings, putPortfolio } from './inventory.ts'
import { mrc } from './jobs.ts'

/* What is said of a bib that is no more, and its way back. */

const jobs = await consortium()
const { db } = jobs
await addPlaces(db, 'IZ')
const app = await buildApp(
  {
    db,
    address: db.address,
    dataDir: jobs.dataDir,
    version: '0.0.0',
    demo: false,
    signIn: everybody,
    webDir: join(jobs.dataDir, 'web'),
    gateway: () => noGateway,
    hosts: [],
  },
  { checkReplies: true },
)

const get = async (path: string) => {
  const { statusCode, body } = await app.inject({ url: `/api/zones/IZ/${path}` })
  return { status: statusCode, body: JSON.parse(body) }
}
const send = (method: 'POST' | 'DELETE', path: string) => app.inject({ method, url: `/api/zones/IZ/${path}` })

test('a deleted bib says when and by whom, shows what it was, and comes back as it was', async () => {
  const mmsId = await addBib(db, 'IZ', record('245 10 $a Emma.'))
  assert.equal((await get(`deleted-bibs/${mmsId}`)).status, 404)
  assert.equal((await send('DELETE', `bibs/${mmsId}`)).statusCode, 200)
  const { status, body } = await get(`bibs/${mmsId}`)
  assert.deepEqual([status, body.error.code], [404, 'BIB_DELETED'])
  assert.match(
    body.error.message,
    new RegExp(`^Bib ${mmsId} of .+ \\(IZ\\) was deleted on \\d{4}-\\d\\d-\\d\\d by cataloguer\\.$`),
  )
  const { body: deleted } = await get(`deleted-bibs/${mmsId}`)
  assert.deepEqual(
    [deleted.title, deleted.lastVersion, deleted.deletedBy, deleted.successor],
    ['Emma.', 1, 'cataloguer', null],
  )
  const { body: found } = await get(`search?q=${mmsId}`)
  assert.deepEqual([found.total, found.hint.code, found.hint.mmsId], [0, 'BIB_DELETED', mmsId])
  assert.match(found.hint.message, /was deleted on .* by cataloguer\.$/)
  for (const query of [`mms-id = ${mmsId}`, `mms-id == ${mmsId}`])
    assert.equal(
      (await get(`search?query=${encodeURIComponent(query)}`)).body.hint.code,
      'BIB_DELETED',
      query,
    )
  for (const query of [`mms-id <> ${mmsId} and title = x`, `title = ${mmsId}`])
    assert.equal(
      (await get(`search?query=${encodeURIComponent(query)}`)).body.hint.code,
      'NOTHING_FOUND',
      query,
    )
  assert.equal((await send('POST', `bibs/${mmsId}/versions/1/restore`)).statusCode, 200)
  assert.equal((await get(`bibs/${mmsId}`)).status, 200)
  assert.equal((await get(`deleted-bibs/${mmsId}`)).status, 404)
  assert.equal((await get(`search?q=${mmsId}`)).body.total, 1)
})

test('a number that no bib ever had is told apart from one of a deleted bib', async () => {
  const { body } = await get('bibs/999999999999995801')
  assert.equal(body.error.code, 'NOT_FOUND')
  assert.match(body.error.message, /^There is and was no bib 999999999999995801/)
})

test('a bib that was combined says into which, what came along, and in which job', async () => {
  const zone = await getZone(db, 'IZ')
  const profile = { ...shipped, ...combining({ preferred: 'oldest', others: 'delete' }), code: 'own' }
  await saveProfile(db, zone, profile, null)
  const stays = await addBib(db, 'IZ', book(11))
  const gone = await addBib(db, 'IZ', book(12))
  await putHoldings(db, 'IZ', gone, ['B2', 'B3'])
  await putPortfolio(db, 'IZ', gone, 'https://example.org/emma')
  const job = await jobs.load(
    { 'new.mrc': mrc([book(11, '500 __ $a New.')]) },
    { zone: 'IZ', profile: 'own' },
  )
  const { body } = await get(`deleted-bibs/${gone}`)
  assert.deepEqual([body.successor, body.job, body.position], [{ into: stays, inventory: 2 }, job, 1])
  assert.match(
    (await get(`bibs/${gone}`)).body.error.message,
    new RegExp(`in job ${job}\\. It was combined into ${stays}\\.$`),
  )
  // Its number finds where it went.
  assert.deepEqual(
    (await get(`search?q=${gone}`)).body.rows.map(({ mmsId }: { mmsId: string }) => mmsId),
    [stays],
  )
})

test('a deleted bib that was linked is shown with what it was linked to, which it comes back by', async () => {
  const network = await addBib(db, 'NZ', record('245 10 $a Shared.'))
  const mmsId = await addBib(db, 'IZ', record('590 __ $a Ours $9 LOCAL'), { linkedMmsId: network })
  // As an undo of the job that linked it leaves it.
  const past = `insert into bib_version select (jsonb_populate_record(null::bib_version, to_jsonb(b) || $2::jsonb)).* from bib b where mms_id = $1`
  await db.execute(past, [mmsId, '{}'])
  await db.execute(past, [mmsId, '{"version": 2, "record": null, "action": "deleted"}'])
  await db.execute(`delete from bib where mms_id = $1`, [mmsId])
  const { body } = await get(`deleted-bibs/${mmsId}`)
  assert.deepEqual([body.title, body.linkedMmsId], ['Shared.', network])
  const restored = await send('POST', `bibs/${mmsId}/versions/1/restore`)
  assert.equal(restored.json().error.code, 'NOT_RESTORABLE')
})
