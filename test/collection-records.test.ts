import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { verify } from '../src/import/verify.ts'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import { record } from './catalogue.ts'
import { testServer } from './server.ts'
import { emma, mind, titleList } from './title-lists.ts'

/* Files of MARC records that are loaded into electronic collections, and the loads that are kept. */

const { app, db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })

const get = async (path: string) => (await app.inject(`/api/zones/${path}`)).json()
const post = async (path: string, payload: object) =>
  (await app.inject({ method: 'POST', url: `/api/zones/${path}`, payload })).json()
const newCollection = async (): Promise<string> =>
  (await post('CZ/collections', { name: 'Films' })).collectionId

async function load(id: string, payload: Buffer | string, query = '') {
  const reply = await app.inject({
    method: 'POST',
    url: `/api/zones/CZ/collections/${id}/titles?fileName=films.mrc${query}`,
    headers: { 'content-type': 'application/marc' },
    payload,
  })
  return { status: reply.statusCode, ...reply.json() }
}

type Numbered = { readonly number?: string; readonly source?: string; readonly status?: string }

/** A record of a vendor: with 001 and 003, and leader/05. */
function numbered({ number, source, status = 'n' }: Numbered, ...lines: readonly string[]): MarcRecord {
  const { leader, fields } = record(...lines)
  return {
    leader: leader.slice(0, 5) + status + leader.slice(6),
    fields: [
      ...(number === undefined ? [] : [{ tag: '001', value: number }]),
      ...(source === undefined ? [] : [{ tag: '003', value: source }]),
      ...fields,
    ],
  }
}

const fileOf = (...records: readonly MarcRecord[]) =>
  Buffer.concat(records.map((each) => encodeIso2709(each).bytes))

const film = (number: string, title: string, ...more: readonly string[]) =>
  numbered(
    { number, source: 'SILVR' },
    `245 00 $a ${title}`,
    `856 40 $u https://example.org/${number} $z For members`,
    ...more,
  )

type Report = Awaited<ReturnType<typeof load>>
function counts(report: Report) {
  const { lines, blank, further, deletes, added, changed, unchanged, rejected, withdrawn } = report
  assert.equal(
    lines,
    blank + further + deletes + added + changed + unchanged + rejected.length,
    'every record is counted once',
  )
  return {
    added,
    changed,
    unchanged,
    deletes,
    further,
    rejected: rejected.length,
    withdrawn: withdrawn.length,
  }
}
const none = { added: 0, changed: 0, unchanged: 0, deletes: 0, further: 0, rejected: 0, withdrawn: 0 }

const offered = async (id: string) => (await get(`CZ/collections/${id}/portfolios`)).rows
const wholeState = async () =>
  JSON.stringify([
    await db.query(`select * from bib order by mms_id`),
    await db.query(`select * from portfolio order by portfolio_id`),
    await db.query(`select count(*) from bib_version`),
  ])

test('a record becomes a bib and a portfolio with its address, and the same file again changes nothing', async () => {
  const id = await newCollection()
  const file = fileOf(film('m1', 'Metropolis'), film('m2', 'Nosferatu', '866 _0 $a Disc 1-2'))
  const before = await wholeState()
  const planned = await load(id, file, '&dryRun=true')
  assert.deepEqual(counts(planned), { ...none, added: 2 })
  assert.equal(await wholeState(), before, 'a dry run writes nothing')
  assert.deepEqual({ ...(await load(id, file)), isDryRun: true }, planned)
  const titles = await offered(id)
  assert.deepEqual(
    titles.map(({ title, url, coverage }: Record<string, string | null>) => [title, url, coverage]),
    [
      ['Metropolis', 'https://example.org/m1', null],
      ['Nosferatu', 'https://example.org/m2', 'Disc 1-2'],
    ],
  )
  const bib = await get(`CZ/bibs/${titles[0].mmsId}`)
  const tags = bib.record.fields.map(({ tag }: { tag: string }) => tag)
  assert.ok(!tags.includes('856'), 'the address is the portfolio’s')
  assert.match(JSON.stringify(bib.record.fields), /\(SILVR\)m1/)
  const [portfolio] = await get(`CZ/bibs/${titles[0].mmsId}/portfolios`)
  assert.deepEqual([portfolio.publicNote, portfolio.materialType], ['For members', 'book'])
  const after = await wholeState()
  assert.deepEqual(counts(await load(id, file)), { ...none, unchanged: 2 })
  assert.equal(await wholeState(), after)
})

test('a file of records adds to what is there, and takes away what its records say is gone', async () => {
  const id = await newCollection()
  await load(id, fileOf(film('a1', 'Alpha'), film('a2', 'Beta')))
  assert.deepEqual(counts(await load(id, fileOf(film('a3', 'Gamma')))), { ...none, added: 1 })
  const gone = (number: string) => numbered({ number, source: 'SILVR', status: 'd' }, '245 00 $a Alpha')
  const file = fileOf(gone('a1'), gone('never'), film('a2', 'Beta, restored'))
  const report = await load(id, file)
  assert.deepEqual(counts(report), { ...none, changed: 1, deletes: 2, withdrawn: 1 })
  assert.deepEqual([report.withdrawn[0].key, report.withdrawn[0].title], ['a1', 'Alpha'])
  const titles = await offered(id)
  assert.deepEqual(
    titles.map(({ title, availability }: Record<string, string>) => [title, availability]),
    [
      ['Alpha', 'unavailable'],
      ['Beta, restored', 'available'],
      ['Gamma', 'available'],
    ],
  )
  // Said to be all there is, it takes the place of what was there.
  const whole = await load(id, fileOf(film('a2', 'Beta, restored')), '&whole=true')
  assert.deepEqual(counts(whole), { ...none, unchanged: 1, withdrawn: 1 })
})

test('what cannot be loaded is told by record and field, and the rest is', async () => {
  const id = await newCollection()
  const broken = Buffer.from('00042nam a2200000 i 4500')
  const file = Buffer.concat([
    fileOf(
      film('r1', 'Rear'),
      numbered({ number: 'r2' }, '500 __ $a Of no title'),
      numbered({ number: 'r3' }, '245 00 $a Script', '856 40 $u javascript:alert(1)'),
      film('r1', 'Rear once more'),
      film('r4', 'Two ways', '856 40 $u https://example.org/other', '856 42 $u https://example.org/review'),
    ),
    broken,
    fileOf(numbered({ number: 'r7' }, '245 00 $a Nowhere')),
  ])
  const report = await load(id, file)
  assert.deepEqual(counts(report), { ...none, added: 3, further: 1, rejected: 3 })
  assert.deepEqual(
    report.rejected.map(({ line, column, code }: Record<string, unknown>) => [line, column, code]),
    [
      [2, '245', 'NO_TITLE'],
      [3, '856', 'NOT_A_URL'],
      [6, null, 'TRUNCATED'],
    ],
  )
  assert.deepEqual(
    report.findings.map(({ line, code }: Record<string, unknown>) => [line, code]),
    [
      [4, 'REPEATED_TITLE'],
      [5, 'MORE_ADDRESSES'],
      [7, 'NO_ADDRESS'],
    ],
  )
  const [, twoWays] = await offered(id)
  const bib = await get(`CZ/bibs/${twoWays.mmsId}`)
  assert.match(
    JSON.stringify(bib.record.fields),
    /example\.org\/review/,
    'a related resource stays in the bib',
  )
  const nothing = await load(id, fileOf(numbered({ number: 'x' }, '500 __ $a Of no title')))
  assert.deepEqual([nothing.status, nothing.error.code], [422, 'NO_TITLES'])
})

test('a record goes to the bib that the zone has of its OCLC number, which stays as it is', async () => {
  const first = await newCollection()
  const second = await newCollection()
  const ofOclc = (title: string) =>
    numbered(
      { number: 'ocm00012345' },
      `245 00 $a ${title}`,
      '338 __ $a online resource $b cr',
      '856 40 $u https://example.org/o',
    )
  await load(first, fileOf(ofOclc('Persona')))
  const before = await db.query(`select record from bib`)
  assert.deepEqual(counts(await load(second, fileOf(ofOclc('Persona, another title')))), {
    ...none,
    added: 1,
  })
  assert.deepEqual(await db.query(`select record from bib`), before)
  assert.equal((await offered(second))[0].mmsId, (await offered(first))[0].mmsId)
})

test('loads are kept with what they changed; dry runs and refused files are not', async () => {
  const id = await newCollection()
  await load(id, titleList(emma, mind))
  await load(id, titleList({ ...emma, title_url: 'https://example.org/e2' }), '&dryRun=true')
  await load(id, 'no title list')
  await load(id, titleList({ ...emma, title_url: 'https://example.org/e2' }, { title_id: 'x' }))
  const loads = await get(`IZ/collections/${id}/loads`)
  assert.deepEqual(
    loads.map(({ format, added, changed, withdrawn, rejected }: Record<string, unknown>) => [
      format,
      added,
      changed,
      withdrawn,
      rejected,
    ]),
    [
      ['kbart', 0, 1, 1, 1],
      ['kbart', 2, 0, 0, 0],
    ],
  )
  const { report } = await get(`IZ/collections/${id}/loads/${loads[0].loadId}`)
  const [change] = report.changes
  assert.deepEqual(
    [change.title, change.was.url, change.url],
    ['Emma', 'https://example.org/emma', 'https://example.org/e2'],
  )
  assert.deepEqual([report.withdrawn[0].title, report.rejected[0].code], ['Mind', 'NO_TITLE'])
  const other = await newCollection()
  const reply = await app.inject(`/api/zones/IZ/collections/${other}/loads/${loads[0].loadId}`)
  assert.deepEqual([reply.statusCode, reply.json().error.code], [404, 'NO_SUCH_LOAD'])
})

test('the catalogue is sound after all of it', async () => {
  for await (const { id, examples } of verify(db, context.dataDir)) assert.deepEqual([id, examples], [id, []])
})
