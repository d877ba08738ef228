import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proxyDatabase } from './database-proxy.ts'
import { mmsIdOf, startGatewayProcess, testGateway } from './gateway.ts'
import { book } from './jobs.ts'

const catalogue = await testGateway()
const { db, open, send, lines } = catalogue
await open('NZ')
await open('IZ', { useNetworkZone: true })

const bibsOf = (oclc: number) =>
  db.query<{ mmsId: string; zone: string; version: number }>(
    `select b.mms_id as "mmsId", z.code as zone, b.version from bib b join zone z using (zone_id)
     where b.mms_id in (select mms_id from match_key where kind = 'oclc' and value = $1)
        or b.linked_mms_id in (select mms_id from match_key where kind = 'oclc' and value = $1)
     order by z.code`,
    [String(oclc)],
  )

const outcomesOf = (oclc: number) =>
  db.query<{ outcome: string; isReplay: boolean }>(
    `select outcome, replay_of is not null as "isReplay" from gateway_export where oclc_number = $1 order by export_id`,
    [String(oclc)],
  )

test('a gateway that is killed between commit and reply answers the retry with the same MMS ID, of one bib', async () => {
  const proxy = await proxyDatabase(db.address)
  const doomed = await startGatewayProcess(proxy.address)
  const isCommitted = proxy.holdNextCommit()
  const first = send(book(2001, 'Persuasion'), { port: doomed.port, zone: 'IZ' })
  await isCommitted
  const made = await bibsOf(2001)
  assert.equal(made.length, 2, 'the database has the network’s bib and the institution’s')
  await doomed.kill()
  assert.equal(await first, null, 'no reply came')

  const reply = await lines(book(2001, 'Persuasion'), { zone: 'IZ' })
  assert.equal(mmsIdOf(reply), made.find(({ zone }) => zone === 'NZ')?.mmsId)
  assert.deepEqual(await bibsOf(2001), made)
  assert.deepEqual(await outcomesOf(2001), [
    { outcome: 'created', isReplay: false },
    { outcome: 'created', isReplay: true },
  ])
})

test('a gateway that loses the database during a commit looks whether it stands before it answers', async () => {
  const proxy = await proxyDatabase(db.address)
  const cut = await startGatewayProcess(proxy.address)
  const isCommitted = proxy.holdNextCommit()
  const first = lines(book(2002, 'Sanditon'), { port: cut.port })
  await isCommitted
  proxy.cutHeld()
  const reply = await first
  const made = await bibsOf(2002)
  assert.deepEqual(
    made.map(({ mmsId, version }) => [mmsId, version]),
    [[mmsIdOf(reply), 1]],
  )
  assert.deepEqual(await outcomesOf(2002), [
    { outcome: 'created', isReplay: false },
    { outcome: 'created', isReplay: true },
  ])
  await cut.kill()
})

test('a gateway that is killed before the commit has done nothing, and the retry does it', async () => {
  const doomed = await startGatewayProcess(db.address)
  const lock = Promise.withResolvers<void>()
  const isLocked = Promise.withResolvers<void>()
  // Whoever writes a bib waits for this.
  const holding = db.transaction(async (tx) => {
    await tx.execute('lock table bib in exclusive mode')
    isLocked.resolve()
    await lock.promise
  })
  await isLocked.promise
  const first = send(book(2003, 'Lady Susan'), { port: doomed.port })
  await catalogue.waitsForLock()
  await doomed.kill()
  assert.equal(await first, null)
  lock.resolve()
  await holding
  assert.deepEqual(await outcomesOf(2003), [])
  const reply = await lines(book(2003, 'Lady Susan'))
  assert.equal(reply[0], 'Added to Network zone (NZ)')
  assert.equal((await bibsOf(2003)).length, 1)
})

test('what a killed gateway leaves is sound', async () => {
  assert.deepEqual(await catalogue.unsound(), [])
})
