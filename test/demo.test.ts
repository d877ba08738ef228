import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { listExports } from '../src/import/gateway-export.ts'
import { listCollections } from '../src/inventory/electronic-collection.ts'
import { runImporter } from '../src/import/importer.ts'
import { listJobs } from '../src/import/job.ts'
import { listRecords } from '../src/import/job-records.ts'
import { findProfile } from '../src/import/profile.ts'
import { getReport, type JobReport } from '../src/import/report.ts'
import { storeStream } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { verify } from '../src/import/verify.ts'
import { outcomes } from '../src/rules/outcome.ts'
import type { DemoFile } from '../src/server/api/demo.ts'
import { buildApp } from '../src/server/app.ts'
import type { ServerContext } from '../src/server/context.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { setUpConsortium } from '../src/server/demo/consortium.ts'
import { type DemoGateway, openDestinations } from '../src/server/demo/exports.ts'
import { seedDemo } from '../src/server/demo/seed.ts'
import { samples } from '../src/server/demo/story.ts'
import { makeVendorFile, onePiece } from '../src/server/demo/vendor-files.ts'
import { testDatabase } from './database.ts'
import { startGatewayProcess } from './gateway.ts'
import { everybody } from './everybody.ts'

const db = await testDatabase()
const dataDir = await mkdtemp(join(tmpdir(), 'accession-demo-'))
const ending = new AbortController()
const importer = runImporter(db, dataDir, ending.signal)
after(async () => {
  ending.abort()
  await importer
  await rm(dataDir, { recursive: true, force: true })
})

const serverOfDemo: ServerContext = {
  db,
  address: db.address,
  dataDir,
  version: '0.0.0',
  demo: true,
  signIn: everybody,
  webDir: join(dataDir, 'web'),
  gateway: () => noGateway,
  hosts: [],
}

const allJobs = () => listJobs(db, { limit: 100 })

const reports = async () => Promise.all((await allJobs()).map(({ job }) => getReport(db, job)))

test('a seeding that is cut off goes on where it was, and does nothing twice', async () => {
  await setUpConsortium(db)
  await setUpConsortium(db)
  const cut = new AbortController()
  const seeding = seedDemo(db, dataDir, cut.signal)
  while ((await allJobs()).length < 5) await delay(20)
  cut.abort()
  await seeding
  await seedDemo(db, dataDir, ending.signal)
  const told = (await allJobs()).map(({ label, kind, zone }) => `${kind} ${label} ${zone}`)
  assert.equal(new Set(told).size, told.length)
  await seedDemo(db, dataDir, ending.signal)
  assert.equal((await allJobs()).length, told.length)
})

const exportsOldestFirst = async () => (await listExports(db, { limit: 100 })).toReversed()

const seedWith = (settled: DemoGateway['settled'], secrets: DemoGateway['secrets'], until = ending.signal) =>
  seedDemo(db, dataDir, until, { settled, secrets })

test('a gateway that cannot be had holds up neither the demo nor its end', async () => {
  const secrets = await openDestinations(db, true)
  assert.deepEqual([...secrets.keys()], ['NZ', 'SALT'])
  await seedWith(Promise.resolve({ ...noGateway, status: 'waiting' }), secrets)
  const cut = new AbortController()
  const seeding = seedWith(new Promise(() => {}), secrets, cut.signal)
  cut.abort()
  await seeding
  assert.deepEqual(await exportsOldestFirst(), [])
})

test('the demo exports through the port once, and goes on where it was cut off', async () => {
  assert.deepEqual([...(await openDestinations(db, false)).keys()], [], 'a secret that nobody needs is kept')
  const gateway = await startGatewayProcess(db.address)
  const settled = Promise.resolve(gateway.state())
  const cut = new AbortController()
  const seeding = seedWith(settled, await openDestinations(db, true), cut.signal)
  while ((await exportsOldestFirst()).length < 2) await delay(5)
  cut.abort()
  await seeding
  await seedWith(settled, await openDestinations(db, true))
  const sent = await exportsOldestFirst()
  assert.deepEqual(
    sent.map(({ logon, outcome, code }) => `${logon} ${code ?? outcome}`),
    [
      'NZ/maria created',
      'NZ/maria unchanged',
      'SALT/ines created',
      'NZ/tomas unchanged',
      'NZ/tomas NOT_ADDED_OLD',
      'NZ/tomas NOT_ADDED_LOCKED',
      'NZ/maria created',
    ],
  )
  assert.equal(sent.at(-1)?.replayOf, sent[0]?.id)
  const again = await openDestinations(db, true)
  assert.deepEqual([...again.keys()], [], 'a secret that a visitor has typed into Connexion is kept')
  await seedWith(settled, again)
  assert.equal((await exportsOldestFirst()).length, sent.length)
})

test('a secret that the demo made is shown once', async () => {
  const app = await buildApp({ ...serverOfDemo, demoSecrets: new Map([['NZ', 'shown once']]) })
  const show = () => app.inject({ method: 'POST', url: '/api/demo/secrets/NZ' })
  assert.deepEqual((await app.inject('/api/demo/secrets')).json(), ['NZ'])
  assert.deepEqual((await show()).json(), { secret: 'shown once' })
  assert.equal((await show()).statusCode, 404)
  assert.deepEqual((await app.inject('/api/demo/secrets')).json(), [])
  await app.close()
})

test('a secret of the demo that was made anew is not shown any more', async () => {
  const app = await buildApp({ ...serverOfDemo, demoSecrets: new Map([['SALT', 'of the demo']]) })
  const { secret } = (
    await app.inject({ method: 'POST', url: '/api/zones/SALT/integration-profile/secret' })
  ).json<{ secret: string }>()
  assert.ok(secret.length >= 16)
  assert.deepEqual((await app.inject('/api/demo/secrets')).json(), [])
  await app.close()
})

test('the demo shows every outcome, and every reason to keep a record out', async () => {
  const all = await reports()
  const missing = outcomes.filter((outcome) => all.every(({ atImport }) => atImport[outcome] === 0))
  assert.deepEqual(missing, [])
  const codes = new Set(all.flatMap((report) => Object.keys(report.codes)))
  const expected = [
    'NOT_ADDED_BRIEF',
    'NOT_ADDED_LOCKED',
    'NOT_ADDED_OLD',
    'NOT_ADDED_LINKED',
    'MATCHED_DO_NOT_IMPORT',
    'NO_MATCH_DO_NOT_IMPORT',
    'DELETE_NO_MATCH',
    'DELETE_NOT_ALLOWED',
    'DELETE_BLOCKED',
    'MULTI_MATCH',
    'MANUAL_MATCH',
    'PREVIEW_DRIFTED',
    'INVALID',
    'FILTERED',
    'ENCODING',
    'STRUCTURE',
    'NOT_A_BIB',
    'NO_DIRECTORY',
    'NO_FIELDS',
    'TRUNCATED',
  ]
  assert.deepEqual(
    expected.filter((code) => !codes.has(code)),
    [],
  )
})

test('the demo leaves something to do: a preview to commit, issues to settle, an undo with a conflict', async () => {
  const all = await reports()
  assert.ok(
    all.some(
      ({ kind, canCommit, outcomes: { merged } }) => kind === 'preview' && canCommit.allowed && merged > 0,
    ),
  )
  assert.ok(all.some(({ openIssues }) => openIssues > 0))
  assert.ok(all.some(({ now }) => now.resolved > 0))
  const undone = all.flatMap(({ undo }) => (undo === null ? [] : [undo]))
  assert.deepEqual(
    undone.map(({ removed, conflict }) => ({ removed, conflict })),
    [{ removed: 4, conflict: 1 }],
  )
  assert.deepEqual(
    all.filter(({ status }) => status !== 'completed').map(({ status, label }) => `${status}: ${label}`),
    ['failed: Northgate, May (first try)'],
  )
})

test('each record of the demo has its title in the report, whatever became of its bib', async () => {
  const untitled: string[] = []
  for (const { job } of await allJobs())
    for (const record of await listRecords(db, job, { limit: 1000 }))
      if (record.title === '' && record.outcome !== 'rejected' && record.code !== 'INVALID')
        untitled.push(`job ${job}, record ${record.position}, ${record.outcome}`)
  assert.deepEqual(untitled, [])
})

test('the demo offers files to try, each for a profile that there is, and no other server does', async () => {
  const app = await buildApp(serverOfDemo, { checkReplies: true })
  const files: DemoFile[] = (await app.inject('/api/demo/files')).json()
  assert.ok(files.length > 0)
  for (const { name, zone, profile } of files) {
    assert.ok(await findProfile(db, await getZone(db, zone), profile), `${zone} ${profile}`)
    const { rawPayload } = await app.inject(`/api/demo/files/${name}`)
    assert.ok(rawPayload.length > 1000, name)
  }
  assert.equal((await app.inject('/api/demo/files/none.mrc')).statusCode, 404)
  await app.close()
  const other = await buildApp({ ...serverOfDemo, demo: false })
  assert.deepEqual((await other.inject('/api/demo/files')).json(), [])
  await other.close()
})

test('the demo’s libraries have things on their shelves and online, on bibs of their own and on linked ones', async () => {
  const rows = await db.query<{
    zone: string
    holdings: number
    items: number
    portfolios: number
    linked: number
  }>(
    `select z.code as zone,
       (select count(*)::int from holdings h where h.zone_id = z.zone_id) as holdings,
       (select count(*)::int from item i where i.zone_id = z.zone_id) as items,
       (select count(*)::int from portfolio p where p.zone_id = z.zone_id) as portfolios,
       (select count(*)::int from holdings h join bib b using (zone_id, mms_id)
        where h.zone_id = z.zone_id and b.linked_mms_id is not null) as linked
     from zone z where z.kind = 'institution' order by z.zone_id`,
  )
  assert.deepEqual(rows, [
    { zone: 'SALT', holdings: 5, items: 6, portfolios: 4, linked: 5 },
    { zone: 'HERON', holdings: 4, items: 4, portfolios: 0, linked: 1 },
    { zone: 'QUARRY', holdings: 1, items: 1, portfolios: 12, linked: 1 },
  ])
  const callNumbers = await db.query(`select from holdings where call_number = ''`)
  assert.equal(callNumbers.length, 0)
})

test('the community zone has collections that one library has of, and the last list changed some of it', async () => {
  const library = await getZone(db, 'QUARRY')
  const found = await listCollections(db, library)
  assert.deepEqual(
    found.map(({ name, portfolios, withdrawn, activated, changes }) => [
      name,
      portfolios,
      withdrawn,
      activated,
      changes,
    ]),
    [
      ['Common Shelf open journals', 10, 1, 4, 3],
      ['Lantern Classics: novels in the public domain', 12, 0, 5, 0],
    ],
  )
  const rejected = await db.query<{ rejected: number }>(
    `select rejected from collection_load order by load_id`,
  )
  assert.deepEqual(
    rejected.map((load) => load.rejected),
    [0, 0, 1],
  )
})

test('the files with items and with e-books come to what is said of them', async () => {
  const counted: Record<string, JobReport['inventory']> = {}
  for (const { file, zone, profile } of samples.filter((sample) => sample.zone === 'SALT')) {
    const { sha256 } = await storeStream(dataDir, onePiece(await makeVendorFile(file)))
    const files = [{ sha256, name: file.name }]
    const { job } = await submitJob(db, dataDir, { zone, profile, kind: 'import', files, by: null })
    while ((await getReport(db, job.job)).finishedAt === null) await delay(50)
    counted[profile] = (await getReport(db, job.job)).inventory
  }
  assert.deepEqual(counted, {
    'shelf-ready': { holdings: 4, items: 4, portfolios: 0, changed: 0, removed: 0, problems: 2 },
    'ebook-access': { holdings: 0, items: 0, portfolios: 2, changed: 0, removed: 0, problems: 0 },
  })
})

test('every invariant holds after the demo', async () => {
  for await (const { id, breaches, examples } of verify(db, dataDir, { full: true }))
    assert.equal(breaches, 0, `${id}: ${examples.join('; ')}`)
})

test('a catalogue that is not the demo’s is left alone, and the refusal says what to do', async () => {
  await using other = await testDatabase()
  await addZone(other, { code: 'NZ', kind: 'network', name: 'A real network', suffix: '5816' })
  await assert.rejects(setUpConsortium(other), /not the demo’s.*--data/)
})

test('a visitor sees how a bib of a library’s own would be shared with the network', async () => {
  const [own] = await db.query<{ mmsId: string; code: string }>(
    `select b.mms_id as "mmsId", z.code from bib b join zone z using (zone_id)
     where z.kind = 'institution' and b.linked_mms_id is null order by b.mms_id limit 1`,
  )
  assert.ok(own)
  const app = await buildApp(serverOfDemo)
  const reply = await app.inject({ url: `/api/zones/${own.code}/bibs/${own.mmsId}/share` })
  assert.equal(reply.statusCode, 200, reply.body)
  await app.close()
})
