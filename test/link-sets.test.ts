import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { getZone } from '../src/catalog/zone.ts'
import { addShippedProfiles } from '../src/import/setup.ts'
import { storedPath, storeStream } from '../src/import/store.ts'
import { addBib, record } from './catalogue.ts'
import { addPlaces, putHoldings } from './inventory.ts'
import { testServer } from './server.ts'

/*
 * Which bibs a job links: named by a set or by a search of the institution.
 */

const { app, db, context } = await testServer()
await addShippedProfiles(db, await getZone(db, 'NZ'), null)
await addPlaces(db, 'IZ')

const emma = await addBib(db, 'IZ', record('245 10 $a Emma.'))
const persuasion = await addBib(db, 'IZ', record('245 10 $a Persuasion.'))
await addBib(db, 'NZ', record('245 10 $a Emma.'))
await putHoldings(db, 'IZ', emma, ['31', '32'])
await putHoldings(db, 'IZ', persuasion, ['41'])

const post = async (url: string, payload: object) => {
  const reply = await app.inject({ method: 'POST', url: `/api/zones/IZ/${url}`, payload })
  return { status: reply.statusCode, body: reply.json() }
}
const link = (named: object) => post('link-jobs', { contribute: false, dryRun: true, ...named })

/** The list that a job was given, and what it is called. */
async function listOf(job: number): Promise<{ name: string; lines: readonly string[] }> {
  const [file] = await db.query<{ name: string; sha256: string }>(
    `select name, sha256 from import_file where job_id = $1`,
    [job],
  )
  assert.ok(file)
  const text = await readFile(storedPath(context.dataDir, file.sha256), 'utf8')
  return { name: file.name, lines: text.trimEnd().split('\n') }
}

async function linked(named: object) {
  const { status, body } = await link(named)
  assert.equal(status, 201, JSON.stringify(body))
  assert.deepEqual([body.kind, body.linksBibs], ['preview', true])
  return listOf(body.job)
}

async function addSet(set: object): Promise<number> {
  const { status, body } = await post('sets', set)
  assert.equal(status, 201, JSON.stringify(body))
  return body.set.id
}

test('a job is of the members of an itemised set, and is called as it', async () => {
  const set = await addSet({
    name: 'Austen',
    kind: 'itemised',
    entity: 'all-titles',
    members: [emma, persuasion],
  })
  assert.deepEqual(await linked({ set }), { name: 'Austen', lines: [emma, persuasion] })
})

test('of a set of items it is of their bibs, each once', async () => {
  const set = await addSet({
    name: 'Items',
    kind: 'itemised',
    entity: 'physical-items',
    query: 'barcode == 31 or barcode == 32',
  })
  assert.deepEqual((await linked({ set })).lines, [emma])
})

test('of a logical set, and of a search, it is of what is found at the moment', async () => {
  const query = 'title any "emma persuasion"'
  const set = await addSet({ name: 'Novels', kind: 'logical', entity: 'all-titles', query })
  assert.deepEqual((await linked({ set })).lines, [emma, persuasion])
  const sanditon = await addBib(db, 'IZ', record('245 10 $a Sanditon, or Emma again.'))
  assert.deepEqual((await linked({ set })).lines, [emma, persuasion, sanditon])
  assert.deepEqual(await linked({ search: { query } }), {
    name: query,
    lines: [emma, persuasion, sanditon],
  })
  const items = await linked({ search: { entity: 'physical-items', query } })
  assert.deepEqual(items.lines, [emma, persuasion])
})

test('what comes to no bibs, or cannot be asked, is refused before there is a job', async () => {
  const countJobs = async () => (await db.query(`select from import_job`)).length
  const before = await countJobs()
  const codeOf = async (named: object) => (await link(named)).body.error?.code
  assert.equal(await codeOf({ search: { query: 'title = nothing' } }), 'NO_BIBS')
  assert.equal(await codeOf({ search: { query: 'title =' } }), 'INVALID_QUERY')
  assert.equal(await codeOf({ search: { query: 'nonsense = x' } }), 'UNKNOWN_INDEX')
  assert.equal(await codeOf({ set: 999_999 }), 'NO_SUCH_SET')
  assert.equal(await codeOf({ mmsIds: [emma], search: { query: 'title = emma' } }), 'NO_LIST')
  assert.equal(await codeOf({}), 'NO_LIST')
  assert.equal(await countJobs(), before)
})

test('a list that names no bib, or is no text, is refused before there is a job, and UTF-16 is read', async () => {
  const store = async (bytes: Buffer) => {
    const { sha256 } = await storeStream(context.dataDir, oneChunk(bytes))
    return link({ list: { sha256, name: 'a list' } })
  }
  const codeOf = async (bytes: Buffer) => (await store(bytes)).body.error?.code
  assert.equal(await codeOf(Buffer.from('Title,Creator\nEmma,Austen\n')), 'NO_BIBS')
  assert.equal(await codeOf(Buffer.from([0x7f, 0x45, 0x00, 0x01, 0x0a, 0x00])), 'NO_BIBS')
  assert.equal(await codeOf(Buffer.from(`${emma}\nno\0ne\n`)), 'INVALID_TEXT')
  assert.equal((await store(Buffer.from(`\ufeffMMS ID\r\n${emma}\r\n`, 'utf16le'))).status, 201)
})

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
