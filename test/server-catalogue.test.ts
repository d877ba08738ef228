import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

const { app, db } = await testServer()
const emma = await addBib(
  db,
  'NZ',
  record(
    '020 __ $a 9780141439587',
    '035 __ $a (OCoLC)12345678',
    '100 1_ $a Austen, Jane, $d 1775-1817.',
    '245 10 $a Emma / $c Jane Austen.',
    '260 __ $a London : $b Murray, $c 1815.',
  ),
)
const linked = await addBib(db, 'IZ', record('590 __ $a Gift of the author $9 LOCAL'), { linkedMmsId: emma })

const get = (url: string) => app.inject({ url })

test('the zones come with their numbers of bibs and their networks', async () => {
  assert.deepEqual((await get('/api/zones')).json(), [
    { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816', network: null, bibs: 1 },
    { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ', bibs: 1 },
  ])
})

test('the state says that nobody is importing', async () => {
  const status = (await get('/api/status')).json()
  assert.deepEqual(
    [status.version, status.database, status.importer, status.zones.length, status.demo],
    ['0.0.0', 'up', { alive: false, seenAt: null }, 2, false],
  )
  await db.execute(`insert into importer (importer_id) values ('test')`)
  assert.equal((await get('/api/status')).json().importer.alive, true)
})

test('a search gives rows that a person can tell apart', async () => {
  const found = (await get('/api/zones/NZ/search?q=austen')).json()
  assert.deepEqual(found, {
    rows: [
      {
        mmsId: emma,
        title: 'Emma',
        otherTitle: null,
        creator: 'Austen, Jane, 1775-1817.',
        imprint: 'London : Murray, 1815.',
        date: '1815',
        identifiers: ['ISBN 9780141439587', 'OCLC 12345678'],
        resourceType: 'book',
        carrier: 'print',
        briefLevel: 3,
        suppressed: false,
        publishToOclc: 'publish',
        linkedMmsId: null,
        inventory: { holdings: 0, items: 0, portfolios: 0 },
        lock: null,
      },
    ],
    total: 1,
    totalIsExact: true,
    next: null,
    hint: null,
  })
  assert.deepEqual((await get('/api/zones/NZ/search?q=nothing+here')).json().rows, [])
})

test('a search goes on where its page ended', async () => {
  await addBib(db, 'NZ', record('245 10 $a Dumplings.'))
  await addBib(db, 'NZ', record('245 10 $a More dumplings.'))
  const first = (await get('/api/zones/NZ/search?q=dumplings&limit=1')).json()
  assert.deepEqual([first.rows[0].title, first.total], ['More dumplings.', 2])
  const next = (await get(`/api/zones/NZ/search?q=dumplings&limit=1&after=${first.next}`)).json()
  assert.deepEqual([next.rows[0].title, next.next], ['Dumplings.', null])
})

test('a search is refused in words where it cannot be run', async () => {
  assert.equal((await get('/api/zones/NZ/search')).json().error.code, 'NO_WORDS')
  assert.equal((await get('/api/zones/NZ/search?q=a&limit=1000')).statusCode, 400)
  assert.equal((await get('/api/zones/NZ/search?q=a&after=nonsense')).json().error.code, 'INVALID_CURSOR')
  const unknown = await get('/api/zones/XX/search?q=a')
  assert.equal(unknown.statusCode, 404)
  assert.match(unknown.json().error.message, /no zone XX\. The zones are NZ, IZ/)
})

test('a bib is shown with its record, version and tags', async () => {
  const bib = (await get(`/api/zones/NZ/bibs/${emma}`)).json()
  assert.deepEqual([bib.mmsId, bib.zone, bib.version, bib.title, bib.lock], [emma, 'NZ', 1, 'Emma', null])
  assert.equal(bib.record.fields[0].value, emma)
})

test('a linked bib is the network’s record with the local fields', async () => {
  const { record: shown, linkedMmsId } = (await get(`/api/zones/IZ/bibs/${linked}`)).json()
  assert.equal(linkedMmsId, emma)
  const lines = shown.fields.map(
    (field: { tag: string; value?: string }) =>
      `${field.tag}${field.value === undefined ? '' : ` ${field.value}`}`,
  )
  assert.equal(lines[0], `001 ${linked}`)
  assert.ok(lines.includes('245') && lines.includes('590'))
})

test('a bib of another zone is not there', async () => {
  for (const path of ['', '/versions']) {
    const answer = await get(`/api/zones/IZ/bibs/${emma}${path}`)
    assert.deepEqual([answer.statusCode, answer.json().error.code], [404, 'NOT_FOUND'])
  }
})

test('the versions of a bib come newest first, in pages', async () => {
  const { rows, next } = (await get(`/api/zones/NZ/bibs/${emma}/versions`)).json()
  assert.deepEqual(
    [rows.length, rows[0].version, rows[0].action, rows[0].current, next],
    [1, 1, 'created', true, null],
  )
})

test('a lock is given once, renewed by its holder, refused to others, released', async () => {
  const url = `/api/zones/NZ/bibs/${emma}/lock`
  const first = (await app.inject({ method: 'POST', url })).json()
  const again = (await app.inject({ method: 'POST', url })).json()
  assert.equal(again.token, first.token)
  const shown = (await get(`/api/zones/NZ/bibs/${emma}`)).json().lock
  assert.deepEqual([shown.holder, shown.yours, 'token' in shown], ['cataloguer', true, false])
  await db.execute(`update bib_lock set holder = 'Ada'`)
  const refused = await app.inject({ method: 'POST', url })
  assert.deepEqual([refused.statusCode, refused.json().error.code], [409, 'LOCKED'])
  assert.match(refused.json().error.message, /^Ada has had the bib open since /)
  assert.deepEqual((await app.inject({ method: 'DELETE', url })).json(), { released: true })
  assert.deepEqual((await app.inject({ method: 'DELETE', url })).json(), { released: false })
  const nowhere = await app.inject({ method: 'POST', url: '/api/zones/NZ/bibs/991234567895816/lock' })
  assert.equal(nowhere.statusCode, 404)
})

test('a profile is saved in versions, and a faulty one is refused with every fault in its place', async () => {
  const url = '/api/zones/IZ/profiles/repository'
  assert.equal((await get(url)).statusCode, 404)
  const { shippedProfile } = await import('../src/rules/profiles.ts')
  const profile = shippedProfile('repository')
  const saved = await app.inject({ method: 'PUT', url, payload: profile })
  assert.deepEqual([saved.statusCode, saved.json().version, saved.json().changedBy], [200, 1, 'cataloguer'])
  assert.deepEqual(saved.json().profile, profile)
  assert.equal((await app.inject({ method: 'PUT', url, payload: profile })).json().version, 1)
  const renamed = { ...profile, name: 'Another name' }
  assert.equal((await app.inject({ method: 'PUT', url, payload: renamed })).json().version, 2)
  const [row] = (await get('/api/zones/IZ/profiles')).json()
  assert.deepEqual([row.code, row.name, row.version, row.zone], ['repository', 'Another name', 2, 'IZ'])

  const faulty = await app.inject({
    method: 'PUT',
    url,
    payload: { ...profile, onNoMatch: 'perhaps', colour: 'red' },
  })
  assert.deepEqual([faulty.statusCode, faulty.json().error.code], [422, 'INVALID_PROFILE'])
  const paths = faulty.json().error.problems.map(({ path }: { path: string }) => path)
  assert.ok(paths.includes('onNoMatch') && paths.includes('colour'), paths.join())
  const other = await app.inject({ method: 'PUT', url: '/api/zones/IZ/profiles/other', payload: profile })
  assert.deepEqual([other.statusCode, other.json().error.field], [422, 'code'])
})

test('a record is given as a file of its own name and type', async () => {
  const types = {
    mrc: 'application/marc',
    xml: 'application/marcxml+xml',
    json: 'application/marc-in-json',
    mrk: 'text/plain',
  }
  for (const [format, type] of Object.entries(types)) {
    const file = await get(`/api/zones/NZ/bibs/${emma}?format=${format}`)
    assert.equal(file.statusCode, 200)
    assert.ok(file.headers['content-type']?.startsWith(type), `${file.headers['content-type']}`)
    assert.match(
      String(file.headers['content-disposition']),
      new RegExp(`filename\\*=UTF-8''${emma}\\.${format}$`),
    )
    assert.ok(file.body.includes('Emma'))
  }
  assert.equal((await get(`/api/zones/NZ/bibs/${emma}?format=pdf`)).statusCode, 400)
})
