import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { addZone } from '../src/catalog/zone.ts'
import { verify } from '../src/import/verify.ts'
import { followSources } from '../src/inventory/follow-source.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'
import { emma, type ListedRow, mind, titleList } from './title-lists.ts'

/* What an institution activates of the community zone, and what title lists change of that. */

const { app, db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })

async function ask(method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api/zones/${path}`, ...(payload ? { payload } : {}) })
  return { status: reply.statusCode, body: reply.json() }
}
const get = async (path: string) => (await ask('GET', path)).body
const post = async (path: string, payload: object) => (await ask('POST', path, payload)).body

async function load(id: string, ...rows: readonly ListedRow[]): Promise<void> {
  const reply = await app.inject({
    method: 'POST',
    url: `/api/zones/CZ/collections/${id}/titles`,
    headers: { 'content-type': 'text/plain' },
    payload: titleList(...rows),
  })
  assert.equal(reply.statusCode, 200, reply.body)
}

async function loaded(...rows: readonly ListedRow[]): Promise<string> {
  const { collectionId } = await post('CZ/collections', { name: 'Novels' })
  await load(collectionId, ...rows)
  return collectionId
}

const persuasion: ListedRow = {
  ...emma,
  publication_title: 'Persuasion : a tale',
  title_id: 'pers-1',
  online_identifier: '9780141439686',
  title_url: 'https://example.org/persuasion',
}

type Offered = {
  readonly portfolioId: string
  readonly title: string
  readonly activatedId: string | null
  readonly activatedMmsId: string | null
}
const offered = async (id: string, query = ''): Promise<readonly Offered[]> =>
  (await get(`IZ/collections/${id}/portfolios${query}`)).rows
const titles = (rows: readonly Offered[]) => rows.map(({ title }) => title)
const sourceIds = async (id: string) => (await offered(id)).map(({ portfolioId }) => portfolioId)

test('a plan says what an activation comes to, and a collection is activated by asking until nothing is left', async () => {
  const id = await loaded(emma, persuasion, mind)
  const [first = ''] = await sourceIds(id)
  assert.deepEqual(await post('IZ/activations/plan', { portfolios: [first] }), {
    toActivate: 1,
    wereThere: 0,
    withdrawn: 0,
    bibs: 1,
    newBibs: 1,
  })
  assert.equal((await get(`IZ/collections/${id}`)).activated, 0, 'a plan writes nothing')
  await post('IZ/activations', { portfolios: [first] })
  await load(id, emma, persuasion)
  const plan = await post('IZ/activations/plan', { collection: id })
  assert.deepEqual(plan, { toActivate: 1, wereThere: 1, withdrawn: 1, bibs: 1, newBibs: 1 })
  const activated = await post('IZ/activations', { collection: id })
  assert.deepEqual([activated.length, activated[0].wasThere], [1, false])
  assert.deepEqual(await post('IZ/activations', { collection: id }), [])
  assert.equal((await get(`IZ/collections/${id}`)).activated, 2)
})

test('within a collection is searched by words, by what the list knows a title by, and by what was activated', async () => {
  const id = await loaded(emma, persuasion, mind)
  assert.deepEqual(titles(await offered(id, '?q=tale%20persu')), ['Persuasion : a tale'])
  assert.deepEqual(titles(await offered(id, '?q=pers-1')), ['Persuasion : a tale'])
  assert.deepEqual(titles(await offered(id, "?q=%26%20'!%3A*")), [])
  const [first = ''] = await sourceIds(id)
  const [{ mmsId }] = await post('IZ/activations', { portfolios: [first] })
  await load(id, emma, persuasion)
  const activated = await offered(id, '?state=activated')
  assert.deepEqual([titles(activated), activated[0]?.activatedMmsId], [['Emma'], mmsId])
  assert.deepEqual(titles(await offered(id, '?state=open')), ['Persuasion : a tale'])
  assert.deepEqual(titles(await offered(id, '?state=withdrawn')), ['Mind'])
})

test('a portfolio of the community zone goes onto a bib of one’s own, whether it was activated before or not', async () => {
  const id = await loaded(emma, mind)
  const [ofEmma = '', ofMind = ''] = await sourceIds(id)
  const own = await addBib(db, 'IZ', record('245 10 $a Emma / $c Jane Austen.'))
  const before = await db.query(`select from bib`)
  const [fresh] = await post('IZ/activations', { portfolios: [ofEmma], onto: own })
  assert.deepEqual([fresh.mmsId, fresh.wasThere, fresh.isNewBib], [own, false, false])
  assert.equal((await db.query(`select from bib`)).length, before.length, 'no linked bib is made beside it')
  const [linked] = await post('IZ/activations', { portfolios: [ofMind] })
  const [moved] = await post('IZ/activations', { portfolios: [ofMind], onto: own })
  assert.deepEqual([moved.mmsId, moved.wasThere, moved.portfolioId], [own, true, linked.portfolioId])
  await load(id, { ...emma, title_url: 'https://example.org/e9' }, mind)
  assert.equal((await get(`IZ/portfolios/${fresh.portfolioId}`)).url, 'https://example.org/e9')
  const missing = await ask('POST', 'IZ/activations', { portfolios: [ofEmma], onto: '99999999995801' })
  assert.deepEqual([missing.status, missing.body.error.code], [404, 'NO_SUCH_BIB'])
})

test('what is deactivated goes, and the plan says what of one’s own goes with it and which bibs are left empty', async () => {
  const id = await loaded(emma, mind)
  await post('IZ/activations', { collection: id })
  const [source] = await offered(id)
  const own = await get(`IZ/portfolios/${source?.activatedId}`)
  const portfolio = { url: 'https://proxy.example.org/emma', coverage: own.coverage }
  await ask('PUT', `IZ/portfolios/${own.portfolioId}`, { version: own.version, portfolio })
  await post(`IZ/bibs/${own.mmsId}/portfolios`, { url: 'https://example.org/another' })
  const plan = { portfolios: 2, withOwn: 1, bibs: 2, emptied: 1 }
  assert.deepEqual(await post('IZ/deactivations/plan', { collection: id }), plan)
  assert.equal((await get(`IZ/collections/${id}`)).activated, 2, 'a plan writes nothing')
  const gone = await post('IZ/deactivations', { portfolios: [source?.portfolioId] })
  assert.deepEqual([gone.length, gone[0].portfolioId, gone[0].isBibEmpty], [1, own.portfolioId, false])
  const rest = await post('IZ/deactivations', { collection: id })
  assert.deepEqual([rest.length, rest[0].isBibEmpty], [1, true])
  assert.deepEqual(await post('IZ/deactivations', { collection: id }), [])
  assert.equal((await get(`CZ/collections/${id}`)).portfolios, 2, 'the collection has all it had')
})

test('a title that is withdrawn while it is activated is refused, or withdrawn for the institution too', async () => {
  const id = await loaded(emma, persuasion)
  const [source = ''] = await sourceIds(id)
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  const { promise: withdrawn, resolve: told } = Promise.withResolvers<void>()
  const list = db.transaction(async (tx) => {
    await tx.query(`select from portfolio where portfolio_id = $1 for update`, [source])
    await tx.execute(`update portfolio set withdrawn_at = now() where portfolio_id = $1`, [source])
    await followSources(tx, [source], null)
    told()
    await held
  })
  await withdrawn
  const activating = ask('POST', 'IZ/activations', { portfolios: [source] })
  for (let waiting = 0; waiting < 1; await delay(10))
    waiting = (
      await db.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length
  letGo()
  await list
  const { status, body } = await activating
  assert.deepEqual([status, body.error?.code], [409, 'WITHDRAWN'])
})

test('what is meant is said in one way: portfolios, or a collection', async () => {
  for (const body of [{}, { portfolios: ['531234567895000'], collection: '611234567895000' }]) {
    const { status, body: answer } = await ask('POST', 'IZ/activations/plan', body)
    assert.deepEqual([status, answer.error.code], [422, 'NOTHING_CHOSEN'])
  }
})

test('a change of a title list is told with what was before, until somebody says that it was seen', async () => {
  const id = await loaded(emma, mind)
  await post('IZ/activations', { collection: id })
  const unseen = () => get(`IZ/activations/changes?unseen=true&collection=${id}`)
  assert.deepEqual(await unseen(), [])
  await load(id, { ...emma, title_url: 'https://example.org/e2' })
  const changes = await unseen()
  const [ofMind, ofEmma] = changes[0].title === 'Mind' ? changes : changes.toReversed()
  assert.deepEqual(
    [ofEmma.was.url, ofEmma.url, ofEmma.collectionName],
    ['https://example.org/emma', 'https://example.org/e2', 'Novels'],
  )
  assert.deepEqual(
    [ofMind.was.availability, ofMind.availability, ofMind.isWithdrawn],
    ['available', 'unavailable', true],
  )
  assert.equal((await get(`IZ/collections/${id}`)).changes, 2)
  // One of them changes once more before it is said that it was seen.
  await load(id, { ...emma, title_url: 'https://example.org/e3' })
  const seen = {
    changes: changes.map(({ portfolioId, version }: Offered & { version: number }) => ({
      portfolioId,
      version,
    })),
  }
  assert.deepEqual(await post('IZ/activations/changes/seen', seen), { acknowledged: 1 })
  const left = await unseen()
  assert.deepEqual(
    left.map(({ url, was }: { url: string; was: { url: string } }) => [was.url, url]),
    [['https://example.org/e2', 'https://example.org/e3']],
  )
  assert.equal((await get(`IZ/collections/${id}`)).changes, 1)
  const all = await get(`IZ/activations/changes?collection=${id}`)
  assert.deepEqual(
    all.map(({ title, seenBy }: { title: string; seenBy: string | null }) => [title, seenBy !== null]),
    [
      ['Emma', false],
      ['Mind', true],
    ],
  )
  // What comes back is a change again.
  await load(id, { ...emma, title_url: 'https://example.org/e3' }, mind)
  assert.equal((await unseen()).length, 2)
})

test('the catalogue is sound after all of it', async () => {
  for await (const { id, examples } of verify(db, context.dataDir)) assert.deepEqual([id, examples], [id, []])
})
