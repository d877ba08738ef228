import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lockBib, releaseBib } from '../src/catalog/lock.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { verify } from '../src/import/verify.ts'
import { addBib, record } from './catalogue.ts'
import { emma, type ListedRow, mind, titleList } from './title-lists.ts'
import { testServer } from './server.ts'

const { app, db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })

async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) {
  const reply = await app.inject({ method, url: `/api/zones/${path}`, ...(payload ? { payload } : {}) })
  const body = reply.json()
  return Array.isArray(body)
    ? { status: reply.statusCode, rows: body }
    : { status: reply.statusCode, ...body }
}
const errorOf = ({ status, error }: { status: number; error?: { code: string } }) => [status, error?.code]

async function addCollection(zone = 'CZ'): Promise<string> {
  return (await ask('POST', `${zone}/collections`, { name: 'Novels', provider: 'Example' })).collectionId
}

async function load(id: string, text: string, { zone = 'CZ', dryRun = false, most = false } = {}) {
  const reply = await app.inject({
    method: 'POST',
    url: `/api/zones/${zone}/collections/${id}/titles?fileName=list.txt&dryRun=${String(dryRun)}&withdrawMost=${String(most)}`,
    headers: { 'content-type': 'text/tab-separated-values' },
    payload: text,
  })
  return { status: reply.statusCode, ...reply.json() }
}

type Report = Awaited<ReturnType<typeof load>>
const counts = ({ lines, blank, further, added, changed, unchanged, rejected, withdrawn }: Report) => {
  assert.equal(
    lines,
    blank + further + added + changed + unchanged + rejected.length,
    'every line is counted once',
  )
  return { added, changed, unchanged, rejected: rejected.length, withdrawn: withdrawn.length }
}
const none = { added: 0, changed: 0, unchanged: 0, rejected: 0, withdrawn: 0 }

const offered = async (id: string, zone = 'CZ') =>
  (await ask('GET', `${zone}/collections/${id}/portfolios`)).rows
const whole = async () =>
  JSON.stringify([
    await db.query(`select * from bib order by mms_id`),
    await db.query(`select * from portfolio order by portfolio_id`),
    await db.query(`select count(*) from inventory_version`),
    await db.query(`select count(*) from bib_version`),
  ])

/** A collection of Emma and Mind with their portfolios. */
async function loaded(...rows: readonly ListedRow[]) {
  const id = await addCollection()
  assert.equal((await load(id, titleList(...rows))).status, 200)
  return { id, titles: await offered(id) }
}

test('a title list becomes bibs and portfolios of the community zone, and the same again changes nothing', async () => {
  const id = await addCollection()
  const list = titleList(emma, mind)
  assert.deepEqual(counts(await load(id, list)), { ...none, added: 2 })
  const titles = await offered(id)
  assert.deepEqual(
    titles.map(({ title, url, coverage }: Record<string, string>) => [title, url, coverage]),
    [
      ['Emma', 'https://example.org/emma', null],
      ['Mind', 'https://example.org/mind', 'v.1 (1876) –'],
    ],
  )
  for (const { mmsId } of titles) assert.match(mmsId, /^99\d+5000$/)
  const before = await whole()
  assert.deepEqual(counts(await load(id, list)), { ...none, unchanged: 2 })
  assert.equal(await whole(), before)
})

test('one list that is loaded several times at once makes each title once', async () => {
  const id = await addCollection()
  const list = titleList(
    ...Array.from({ length: 30 }, (_, at) => ({
      publication_title: `At once ${at}`,
      title_id: `once-${at}`,
      title_url: `https://example.org/once/${at}`,
      publication_type: 'monograph',
    })),
  )
  const reports = await Promise.all(Array.from({ length: 4 }, () => load(id, list)))
  assert.deepEqual(
    reports.map(({ status }) => status),
    [200, 200, 200, 200],
  )
  assert.equal((await offered(id)).length, 30)
  assert.equal(
    reports.reduce((sum, { added }) => sum + added, 0),
    30,
  )
})

test('a dry run shows what a list would change, and changes nothing', async () => {
  const { id } = await loaded(emma, mind)
  const next = titleList(
    { ...emma, title_url: 'https://example.org/e2' },
    { ...emma, title_id: 'p', publication_title: 'Persuasion', online_identifier: '' },
  )
  const before = await whole()
  const planned = await load(id, next, { dryRun: true })
  assert.deepEqual(counts(planned), { ...none, added: 1, changed: 1, withdrawn: 1 })
  assert.equal(await whole(), before)
  const done = await load(id, next)
  assert.deepEqual({ ...done, isDryRun: true }, planned)
  const titles = await offered(id)
  assert.deepEqual(
    titles.map(({ titleKey, availability }: Record<string, string>) => [titleKey, availability]),
    [
      ['emma', 'available'],
      ['mind', 'unavailable'],
      ['p', 'available'],
    ],
  )
  // What comes back is available again.
  assert.deepEqual(counts(await load(id, titleList(mind, emma))), { ...none, changed: 2, withdrawn: 1 })
})

test('a bib that somebody has locked is told, in a dry run as well, and written when it is free', async () => {
  const sanditon = { ...emma, title_id: 's', publication_title: 'Sanditon', online_identifier: '' }
  const { id, titles } = await loaded(sanditon, mind)
  const { zoneId } = await getZone(db, 'CZ')
  const { mmsId } = titles.find(({ title }: Record<string, string>) => title === 'Sanditon')
  assert.ok((await lockBib(db, zoneId, mmsId, 'Ada', zoneId)).ok)
  const next = titleList({ ...sanditon, publication_title: 'Sanditon: a fragment' }, mind)
  for (const dryRun of [true, false]) {
    const report = await load(id, next, { dryRun })
    assert.deepEqual(counts(report), { ...none, unchanged: 2 })
    assert.deepEqual(
      report.findings.map(({ line, code }: Record<string, unknown>) => [line, code]),
      [[2, 'NOT_ADDED_LOCKED']],
    )
    assert.ok(report.findings[0].message.startsWith(`The bib ${mmsId} is open to Ada since `))
  }
  await releaseBib(db, zoneId, mmsId)
  const report = await load(id, next)
  assert.deepEqual([counts(report), report.findings], [{ ...none, changed: 1, unchanged: 1 }, []])
})

test('a list whose lines end with CR alone is read as any other', async () => {
  const id = await addCollection()
  const list = titleList(emma, mind).replaceAll('\r\n', '\r')
  assert.deepEqual(counts(await load(id, list)), { ...none, added: 2 })
})

test('a title without an address is loaded, and said to open nothing', async () => {
  const id = await addCollection()
  const report = await load(id, titleList({ ...emma, title_url: '' }, mind))
  assert.deepEqual(counts(report), { ...none, added: 2 })
  assert.deepEqual(
    report.findings.map(({ line, column, code }: Record<string, unknown>) => [line, column, code]),
    [[2, 'title_url', 'NO_ADDRESS']],
  )
})

test('lines of one title are one portfolio, and a line without a use is told and withdraws nothing', async () => {
  const id = await addCollection()
  const later = { ...mind, date_first_issue_online: '1990', num_first_vol_online: '99' }
  assert.deepEqual(counts(await load(id, titleList(mind, emma, later))), { ...none, added: 2 })
  assert.equal((await offered(id))[0].coverage, 'v.1 (1876) –; v.99 (1990) –')
  const report = await load(id, titleList({ ...emma, title_url: 'javascript:alert(1)' }, mind, later))
  assert.deepEqual(counts(report), { ...none, unchanged: 1, rejected: 1 })
  const [{ line, column, code }] = report.rejected
  assert.deepEqual([line, column, code], [2, 'title_url', 'NOT_A_URL'])
  for (const [text, refused] of [
    ['Emma\tx\n', 'NOT_KBART'],
    [titleList(), 'NO_TITLES'],
  ] as const)
    assert.deepEqual(errorOf(await load(id, text)), [422, refused])
  assert.equal((await offered(id)).length, 2)
})

test('two collections with a title have portfolios on one bib, and their lists do not take turns in changing it', async () => {
  const first = await loaded({ ...emma, title_id: '1', online_identifier: '9780199535521' })
  const other = titleList({
    ...emma,
    title_id: '2',
    online_identifier: '9780199535521',
    publication_title: 'Emma : a novel',
  })
  const second = await addCollection()
  assert.deepEqual(counts(await load(second, other)), { ...none, added: 1 })
  const [{ mmsId }] = await offered(second)
  assert.equal(mmsId, first.titles[0].mmsId)
  const before = await whole()
  await load(first.id, titleList({ ...emma, title_id: '1', online_identifier: '9780199535521' }))
  await load(second, other)
  assert.equal(await whole(), before)
})

test('an activated portfolio is on the institution’s linked bib, and follows its source until it is told otherwise', async () => {
  const { id, titles } = await loaded(emma, mind)
  const sources = titles.map(({ portfolioId }: { portfolioId: string }) => portfolioId)
  const activated = await ask('POST', 'IZ/activations', { portfolios: sources })
  assert.equal(activated.status, 200)
  const [ofEmma, ofMind] = activated.rows
  assert.deepEqual([ofEmma.isNewBib, ofEmma.wasThere], [true, false])
  assert.equal((await ask('GET', `IZ/bibs/${ofEmma.mmsId}`)).linkedMmsId, titles[0].mmsId)
  const again = await ask('POST', 'IZ/activations', { portfolios: sources })
  assert.deepEqual(
    again.rows.map(({ wasThere, portfolioId }: Record<string, unknown>) => [wasThere, portfolioId]),
    [
      [true, ofEmma.portfolioId],
      [true, ofMind.portfolioId],
    ],
  )
  // An address of its own stays; a coverage that is as the source has it goes on following.
  const there = await ask('GET', `IZ/portfolios/${ofEmma.portfolioId}`)
  assert.deepEqual([there.followsUrl, there.sourceId], [true, sources[0]])
  const own = { url: 'https://proxy.example.org/emma', coverage: there.coverage }
  const changed = await ask('PUT', `IZ/portfolios/${ofEmma.portfolioId}`, { version: 1, portfolio: own })
  assert.deepEqual([changed.followsUrl, changed.followsCoverage], [false, true])
  await load(
    id,
    titleList(
      { ...emma, title_url: 'https://example.org/e2', embargo_info: 'P1Y' },
      { ...mind, title_url: 'https://example.org/m2' },
    ),
  )
  const after = await ask('GET', `IZ/portfolios/${ofEmma.portfolioId}`)
  assert.deepEqual([after.url, after.coverage], [own.url, 'without the last year'])
  assert.equal((await ask('GET', `IZ/portfolios/${ofMind.portfolioId}`)).url, 'https://example.org/m2')
  assert.equal((await ask('GET', `CZ/collections/${id}`)).activated, 0)
  assert.equal((await ask('GET', `IZ/collections/${id}`)).activated, 2)
})

test('a list that was cut off withdraws nothing, unless it is said that most may go', async () => {
  const rows = Array.from({ length: 22 }, (_, at) => ({
    publication_title: `Cut ${at}`,
    title_id: `cut-${at}`,
    title_url: `https://example.org/cut/${at}`,
    publication_type: 'monograph',
  }))
  const { id } = await loaded(...rows)
  const before = await whole()
  assert.deepEqual(errorOf(await load(id, titleList(...rows.slice(0, 10)))), [409, 'WITHDRAWS_MOST'])
  assert.equal(await whole(), before)
  const cut = titleList(...rows.slice(0, 10))
  assert.equal((await load(id, cut, { dryRun: true })).withdrawn.length, 12, 'a dry run shows it')
  const half = titleList(...rows.slice(0, 11))
  assert.deepEqual(counts(await load(id, half)), { ...none, unchanged: 11, withdrawn: 11 })
  const few = titleList(...rows.slice(0, 1))
  assert.deepEqual(counts(await load(id, few)), { ...none, unchanged: 1, withdrawn: 10 })
  await load(id, titleList(...rows))
  assert.deepEqual(counts(await load(id, few, { most: true })), { ...none, unchanged: 1, withdrawn: 21 })
})

test('a withdrawn title is told to the institutions that have it, and cannot be activated', async () => {
  const { id, titles } = await loaded(emma, mind)
  const [, source] = titles
  const { rows } = await ask('POST', 'IZ/activations', { portfolios: [source.portfolioId] })
  await load(id, titleList(emma))
  const [change] = (await ask('GET', 'IZ/activations/changes')).rows
  assert.deepEqual([change.portfolioId, change.isWithdrawn], [rows[0].portfolioId, true])
  const local = await ask('GET', `IZ/portfolios/${rows[0].portfolioId}`)
  assert.equal(local.availability, 'unavailable')
  // Deactivated, it may not be had again.
  const removed = await ask('DELETE', `IZ/portfolios/${rows[0].portfolioId}?version=${local.version}`)
  assert.equal(removed.status, 200)
  const refused = await ask('POST', 'IZ/activations', { portfolios: [source.portfolioId] })
  assert.deepEqual(errorOf(refused), [409, 'WITHDRAWN'])
  const gone = await ask('DELETE', `CZ/portfolios/${source.portfolioId}?version=2`)
  assert.deepEqual(errorOf(gone), [409, 'OF_TITLE_LIST'])
})

test('an activated portfolio goes to one’s own bib and back, and follows its source wherever it is', async () => {
  const { id, titles } = await loaded(emma)
  const { rows } = await ask('POST', 'IZ/activations', { portfolios: [titles[0].portfolioId] })
  const own = await addBib(db, 'IZ', record('245 10 $a Emma / $c Jane Austen.'))
  const path = `IZ/portfolios/${rows[0].portfolioId}`
  assert.equal((await ask('PUT', `${path}/bib`, { version: 1, mmsId: own })).mmsId, own)
  await load(id, titleList({ ...emma, title_url: 'https://example.org/e3' }))
  const there = await ask('GET', path)
  assert.deepEqual(
    [there.mmsId, there.url, there.sourceId],
    [own, 'https://example.org/e3', titles[0].portfolioId],
  )
  const back = await ask('PUT', `${path}/bib`, { version: there.version, mmsId: titles[0].mmsId })
  assert.equal(back.mmsId, rows[0].mmsId)
})

test('two who activate the same at once come to one portfolio', async () => {
  const { titles } = await loaded(emma)
  const body = { portfolios: [titles[0].portfolioId] }
  const answers = await Promise.all([1, 2, 3].map(() => ask('POST', 'IZ/activations', body)))
  assert.deepEqual(
    answers.map(({ status, rows }) => [status, rows[0].portfolioId]),
    answers.map(() => [200, answers[0]?.rows[0].portfolioId]),
  )
})

test('portfolios are activated in institutions, and lists are loaded in the zone of their collection', async () => {
  const { id, titles } = await loaded(emma)
  const body = { portfolios: [titles[0].portfolioId] }
  assert.deepEqual(errorOf(await ask('POST', 'NZ/activations', body)), [422, 'NOT_AN_INSTITUTION'])
  assert.deepEqual(errorOf(await load(id, titleList(mind), { zone: 'IZ' })), [422, 'COLLECTION_OF_OTHERS'])
  const own = { portfolios: ['531234567895801'] }
  assert.deepEqual(errorOf(await ask('POST', 'IZ/activations', own)), [404, 'NO_SUCH_INVENTORY'])
  assert.deepEqual(errorOf(await ask('GET', 'IZ/collections/611234567895000')), [404, 'NO_SUCH_COLLECTION'])
})

test('the catalogue is sound after all of it', async () => {
  for await (const { id, examples } of verify(db, context.dataDir)) assert.deepEqual([id, examples], [id, []])
})
