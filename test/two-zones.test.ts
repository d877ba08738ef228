import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { saveProfile } from '../src/import/profile.ts'
import { shippedIntegration } from '../src/import/integration-profile.ts'
import { storeStream } from '../src/import/store.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import type { Role } from '../src/people/roles.ts'
import { beginSession } from '../src/people/session.ts'
import { shippedProfile } from '../src/rules/profiles.ts'
import { buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { testServer } from './server.ts'

/* What is of one zone and reaches into another: files, keys of jobs, and the network (D28). */

const { db, context } = await testServer()
const app = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })
const ask = askOf(app)
await addZone(db, { code: 'OTHER', kind: 'institution', name: 'Other', suffix: '5802', network: 'NZ' })
const network = { ...shippedProfile('repository'), code: 'network', useNetworkZone: true }
const local = { ...shippedProfile('repository'), code: 'local' }
for (const zone of ['IZ', 'OTHER']) {
  await saveProfile(db, await getZone(db, zone), network, null)
  await saveProfile(db, await getZone(db, zone), local, null)
}
const { sha256 } = await storeStream(context.dataDir, Readable.from([Buffer.from('a record')]))

/** Somebody who is signed in, with these roles by zone. */
async function person(name: string, roles: Readonly<Record<string, readonly Role[]>>): Promise<string> {
  const id = await addPerson(db, { login: name, name }, null)
  for (const [zone, held] of Object.entries(roles)) {
    const { zoneId } = await getZone(db, zone)
    await db.transaction((tx) => giveRoles(tx, id, zoneId, held, null))
  }
  return `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
}

const operator = await person('operator', { IZ: ['catalog-manager'] })
const both = await person('both', { IZ: ['catalog-manager'], NZ: ['catalog-manager'] })
const other = await person('other', { OTHER: ['catalog-manager'] })

const submit = (cookie: string, zone: string, profile: string, more: object = {}) =>
  ask('POST', '/api/jobs', {
    cookie,
    body: { zone, profile, files: [{ sha256, name: 'vendor.mrc' }], dryRun: false, ...more },
  })

test('an operator of an institution changes no bibs of the network without a role there', async () => {
  const refused = await submit(operator, 'IZ', 'network')
  assert.deepEqual([refused.status, refused.code], [403, 'NOT_ALLOWED'])
  assert.match(refused.body.error.message, /in NZ/)
  assert.equal(
    (await submit(operator, 'IZ', 'network', { dryRun: true })).status,
    201,
    'a preview changes nothing',
  )
  assert.equal((await submit(operator, 'IZ', 'local')).status, 201)
  const { status, body } = await submit(both, 'IZ', 'network')
  assert.equal(status, 201)
  assert.equal(
    (await ask('GET', `/api/jobs/${body.job}`, { cookie: operator })).status,
    200,
    'but sees the job',
  )
  for (const act of ['commit', 'undo', 'cancel', 'resume'])
    assert.equal(
      (await ask('POST', `/api/jobs/${body.job}/${act}`, { cookie: operator })).code,
      'NOT_ALLOWED',
    )
  assert.equal((await ask('POST', `/api/jobs/${body.job}/cancel`, { cookie: both })).status, 200)
})

test('an issue whose bibs are the network’s is settled by whoever may do so there', async () => {
  const [iz, nz] = [await getZone(db, 'IZ'), await getZone(db, 'NZ')]
  const [job] = await db.query<{ id: number }>(
    `insert into import_job (kind, zone_id, bib_zone_id, status) values ('import', $1, $2, 'completed') returning job_id as id`,
    [iz.zoneId, nz.zoneId],
  )
  const [issue] = await db.query<{ id: number }>(
    `insert into import_issue (zone_id, job_id, file_no, position, outcome, code)
     values ($1, $2, 1, 1, 'unresolved', 'MULTI_MATCH') returning issue_id as id`,
    [iz.zoneId, job?.id],
  )
  const settle = (cookie: string) =>
    ask('POST', `/api/issues/${issue?.id}/resolve`, {
      cookie,
      body: { as: 'overlay', into: '991234567890125816' },
    })
  assert.equal((await settle(operator)).code, 'NOT_ALLOWED')
  assert.notEqual((await settle(both)).status, 403)
  const inNetwork = await person('network', { NZ: ['catalog-manager'] })
  assert.equal((await settle(inNetwork)).code, 'NO_SUCH_ISSUE', 'and is the institution’s')
})

test('exports into the network are set up by whoever may do so there', async () => {
  const cookie = await person('admin', { IZ: ['catalog-administrator'] })
  const shipped = shippedIntegration(await getZone(db, 'IZ'))
  const save = (useNetworkZone: boolean) =>
    ask('PUT', '/api/zones/IZ/integration-profile', {
      cookie,
      body: { ...shipped, profile: { ...shipped.profile, useNetworkZone } },
    })
  assert.equal((await save(true)).code, 'NOT_ALLOWED')
  assert.equal((await save(false)).status, 200)
})

test('an idempotency key counts in its zone: another’s is another job', async () => {
  const key = { idempotencyKey: 'nightly' }
  const mine = await submit(operator, 'IZ', 'local', key)
  const theirs = await submit(other, 'OTHER', 'local', key)
  assert.deepEqual([mine.status, theirs.status, theirs.body.zone], [201, 201, 'OTHER'])
  const again = await submit(operator, 'IZ', 'local', key)
  assert.deepEqual([again.status, again.body.job], [200, mine.body.job])
})

test('of a file that was loaded before, only the jobs that one sees are told', async () => {
  const upload = async (cookie: string) => {
    const form = new FormData()
    form.append('file', new Blob(['a record']), 'vendor.mrc')
    const { headers, payload } = await formOf(form)
    const reply = await app.inject({
      method: 'POST',
      url: '/api/files',
      headers: { ...headers, cookie },
      payload,
    })
    return reply.json().loadedBefore.map(({ zone }: { zone: string }) => zone)
  }
  const apart = await person('apart', { NZ: ['purchasing-operator'] })
  assert.ok((await upload(operator)).every((zone: string) => zone === 'IZ'))
  assert.deepEqual(await upload(apart), [])
  const { body } = await submit(other, 'OTHER', 'local')
  const events = await ask('GET', `/api/jobs/${body.job}/events`, { cookie: other })
  assert.ok(events.body.every(({ message }: { message: string }) => !message.includes('into IZ')))
})

async function formOf(form: FormData) {
  const response = new Response(form)
  return {
    headers: { 'content-type': response.headers.get('content-type') ?? '' },
    payload: Buffer.from(await response.arrayBuffer()),
  }
}
