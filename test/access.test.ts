import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { addShippedProfiles } from '../src/import/setup.ts'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addApiKey } from '../src/people/api-key.ts'
import { permissions } from '../src/people/permissions.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import { type Role, roleCodes } from '../src/people/roles.ts'
import { beginSession } from '../src/people/session.ts'
import type { Access } from '../src/server/hold-to.ts'
import { buildApp } from '../src/server/app.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

/*
 * Every route by every role in every zone: made from the API's own description and the matrix of
 * permissions, so that a new route cannot escape.
 */

const { db, context } = await testServer()
const app = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })
await addZone(db, {
  code: 'OTHER',
  kind: 'institution',
  name: 'Another library',
  suffix: '5802',
  network: 'NZ',
})
await addZone(db, { code: 'APART', kind: 'institution', name: 'Of no network', suffix: '5803' })

// A job, an issue and an export of IZ.
const iz = await getZone(db, 'IZ')
const [job] = await db.query<{ id: number }>(
  `insert into import_job (kind, zone_id, bib_zone_id, status) values ('import', $1, $1, 'completed') returning job_id as id`,
  [iz.zoneId],
)
const [issue] = await db.query<{ id: number }>(
  `insert into import_issue (zone_id, job_id, file_no, position, outcome, code)
   values ($1, $2, 1, 1, 'unresolved', 'MULTI_MATCH') returning issue_id as id`,
  [iz.zoneId, job?.id],
)

type Someone = { readonly role: Role; readonly zone: string; readonly cookie: string; readonly key: string }

const everybody: Someone[] = []
for (const zone of ['IZ', 'OTHER', 'NZ', 'APART']) {
  for (const role of roleCodes) {
    const id = await addPerson(db, { login: `${role}.${zone}`, name: `${role} of ${zone}` }, null)
    const { zoneId } = await getZone(db, zone)
    await db.transaction((tx) => giveRoles(tx, id, zoneId, [role], null))
    const token = await beginSession(db, id, { address: null, agent: null })
    const { secret: key } = await addApiKey(db, id, { name: 'key', zones: [], writes: true, days: 1 })
    everybody.push({ role, zone, cookie: `accession_session=${token}`, key })
  }
}

type Described = { readonly method: string; readonly path: string; readonly access: Access }

const document = (await app.inject({ url: '/api/openapi.json' })).json()
const routes: Described[] = Object.entries<Record<string, { 'x-access'?: Access }>>(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { 'x-access': access }]) => {
      assert.ok(access !== undefined, `${method} ${path} does not say who it is for`)
      return { method: method.toUpperCase(), path, access }
    }),
)

/** Something that is, of zone IZ, or at least well formed, in each place of a path. */
const address = ({ path, access }: Described): string => {
  const thing = typeof access === 'object' ? access.in : 'zone'
  const id = {
    issue: issue?.id,
    job: 999_999,
    export: 999_999,
    zone: 999_999,
    body: 999_999,
    any: 999_999,
    key: 999_999,
  }[thing]
  return path
    .replace('{zone}', 'IZ')
    .replace('{job}', String(job?.id))
    .replace('{id}', String(id))
    .replace('{mmsId}', '991234567890125801')
    .replace('{mms_id}', '991234567890125801')
    .replace(/\{(?:holding_id|item_pid|portfolio_id)\}/g, '221234567890125801')
    .replace('{token}', 'x'.repeat(30))
    .replace('{file}', '1')
    .replace('{position}', '1')
    .replace('{version}', '1')
    .replace('{kind}', 'merge')
    .replace(/\{(?:code|name)\}/, 'none')
}

const streams = new Set(['/api/events'])

async function statusOf(route: Described, someone?: Someone): Promise<number> {
  const writes = route.method !== 'GET'
  // Alma's API is asked by a key and nothing else, and the key says which zone is meant.
  const byKey = typeof route.access === 'object' && route.access.in === 'key'
  const headers = !someone
    ? {}
    : byKey
      ? { authorization: `apikey ${someone.key}` }
      : { cookie: someone.cookie }
  const reply = await app.inject({
    method: route.method as 'GET',
    url: byKey ? `${address(route)}?zone=IZ` : address(route),
    headers,
    ...(writes ? { payload: { zone: 'IZ' } } : {}),
  })
  return reply.body.includes('<errorCode>UNAUTHORIZED</errorCode>') ? 401 : reply.statusCode
}

/** What the table of permissions says of somebody at a route of zone IZ; nothing: any answer but a refusal. */
function expected({ access }: Described, { role, zone }: Someone): 403 | 404 | null {
  if (access === 'open' || access === 'signed-in') return null
  if (access === 'catalogue') return zone === 'IZ' ? null : 403
  const holders: readonly Role[] = permissions[access.may].roles
  if (access.in === 'any') return holders.includes(role) ? null : 403
  const isOwn = zone === 'IZ'
  if (access.in === 'zone' || access.in === 'body' || access.in === 'key')
    return isOwn && holders.includes(role) ? null : 403
  // Of a thing that another zone has not even its existence is told; the export is not there for anybody.
  if (!isOwn || access.in === 'export') return 404
  return holders.includes(role) ? null : 403
}

test('nobody gets anywhere without signing in, but where a route is open', async () => {
  const wrong: string[] = []
  for (const route of routes) {
    const status = await statusOf(route)
    if ((status === 401) !== (route.access !== 'open') && route.path !== '/api/session')
      wrong.push(`${route.method} ${route.path}: ${status}`)
  }
  assert.deepEqual(wrong, [])
})

test('every route answers every role of every zone as the table of permissions says', async () => {
  const wrong: string[] = []
  for (const route of routes.filter(({ path, access }) => !streams.has(path) && access !== 'open')) {
    for (const someone of everybody) {
      // Signing out would end the session of the test.
      if (route.path === '/api/session') continue
      const status = await statusOf(route, someone)
      const should = expected(route, someone)
      const isOwnAccount = route.path.startsWith('/api/me')
      const isRight = should === null ? isOwnAccount || (status !== 401 && status !== 403) : status === should
      if (!isRight)
        wrong.push(
          `${route.method} ${route.path} as ${someone.role} of ${someone.zone}: ${status}, not ${should}`,
        )
    }
  }
  assert.deepEqual(wrong, [])
})

test('lists show what is of one’s own zones alone', async () => {
  const of = (zone: string) => everybody.find((one) => one.zone === zone && one.role === 'catalog-manager')
  const rows = async (path: string, zone: string) =>
    (await app.inject({ url: path, headers: { cookie: of(zone)?.cookie ?? '' } })).json().rows.length > 0
  assert.deepEqual([await rows('/api/jobs', 'IZ'), await rows('/api/jobs', 'OTHER')], [true, false])
  assert.deepEqual([await rows('/api/issues', 'IZ'), await rows('/api/issues', 'OTHER')], [true, false])
})

test('members see the catalogue of their network and of the community, and no other institution’s', async () => {
  await addZone(db, { code: 'CZ', kind: 'community', name: 'Community', suffix: '5000' })
  const search = async (zone: string, who: string) => {
    const cookie = everybody.find((one) => one.zone === who && one.role === 'cataloger')?.cookie ?? ''
    return (await app.inject({ url: `/api/zones/${zone}/search?q=emma`, headers: { cookie } })).statusCode
  }
  assert.deepEqual(
    [
      await search('NZ', 'IZ'),
      await search('CZ', 'IZ'),
      await search('OTHER', 'IZ'),
      await search('NZ', 'APART'),
    ],
    [200, 200, 403, 403],
  )
})

const cookieOf = (role: Role, zone: string): string =>
  everybody.find((one) => one.role === role && one.zone === zone)?.cookie ?? ''

test('an address written in another way is held to the same', async () => {
  for (const url of ['/%61pi/zones', '/%61%70%69/permissions', '/%61pi/people', '/%61pi/zones/IZ/profiles'])
    assert.equal((await app.inject({ url })).statusCode, 401, url)
  const cookie = cookieOf('catalog-manager', 'OTHER')
  const padded = String(job?.id).padStart(16, '0')
  for (const url of [
    `/api/jobs/${padded}`,
    `/api/jobs/${padded}/records`,
    `/api/jobs/${padded}/records.csv`,
  ]) {
    const reply = await app.inject({ url, headers: { cookie } })
    assert.deepEqual([reply.statusCode, reply.json().error.message], [404, `There is no job ${job?.id}.`])
  }
  const undo = await app.inject({ method: 'POST', url: `/api/jobs/${padded}/undo`, headers: { cookie } })
  assert.equal(undo.statusCode, 404)
})

test('a stream of events takes GET alone', async () => {
  const cookie = cookieOf('cataloger', 'IZ')
  const { statusCode } = await app.inject({ method: 'HEAD', url: '/api/events', headers: { cookie } })
  assert.equal(statusCode, 405)
})

test('a file that is not there is refused in the words of every refusal', async () => {
  const cookie = cookieOf('cataloger', 'IZ')
  const url = `/api/jobs/${job?.id}/records/1/991.mrc`
  for (const path of [url, url.replace(String(job?.id), '999999')]) {
    const reply = await app.inject({ url: path, headers: { cookie } })
    assert.equal(reply.statusCode, 404)
    assert.equal(reply.headers['content-disposition'], undefined)
    assert.ok(reply.json().error.message)
  }
})

test('a stream of events ends when the session does, or what its person sees is another', async () => {
  mock.timers.enable({ apis: ['setInterval'] })
  const { zoneId } = await getZone(db, 'IZ')
  const id = await addPerson(db, { login: 'listener', name: 'Listener' }, null)
  const give = (roles: readonly Role[]) => db.transaction((tx) => giveRoles(tx, id, zoneId, roles, null))
  for (const end of [() => give([]), () => db.execute(`delete from session where person_id = $1`, [id])]) {
    await give(['cataloger'])
    const cookie = `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
    const reply = await app.inject({ url: '/api/events', headers: { cookie }, payloadAsStream: true })
    const stream = reply.stream()
    let isOver = false
    stream.once('end', () => {
      isOver = true
    })
    stream.resume()
    mock.timers.tick(10_000)
    await delay(100)
    assert.equal(isOver, false)
    await end()
    while (!isOver) {
      mock.timers.tick(10_000)
      await delay(20)
    }
  }
  mock.timers.reset()
})

test('sharing with the network takes a cataloger’s role in the institution and in the network', async () => {
  const zones = { IZ: await getZone(db, 'IZ'), NZ: await getZone(db, 'NZ') }
  await addShippedProfiles(db, zones.NZ, null)
  const mmsId = await addBib(db, 'IZ', record('035 __ $a (OCoLC)7001', '245 10 $a Emma.'))
  const id = await addPerson(db, { login: 'sharer', name: 'Sharer' }, null)
  const give = (zone: 'IZ' | 'NZ', roles: readonly Role[]) =>
    db.transaction((tx) => giveRoles(tx, id, zones[zone].zoneId, roles, null))
  const cookie = `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
  const url = `/api/zones/IZ/bibs/${mmsId}/share`
  await give('IZ', ['cataloger'])
  const preview = await app.inject({ url, headers: { cookie } })
  const [option] = preview.json().options
  const share = (path: string, payload?: object) =>
    app.inject({ method: 'POST', url: url + path, headers: { cookie }, ...(payload ? { payload } : {}) })
  const order = { as: option.as, preview: option.preview }
  assert.equal((await share('', order)).statusCode, 403)
  await give('NZ', ['purchasing-manager'])
  assert.equal((await share('', order)).statusCode, 403, 'who orders does not change the network’s bibs')
  await give('NZ', ['cataloger'])
  assert.equal((await share('', order)).statusCode, 200)
  await give('NZ', [])
  assert.equal((await share('/undo')).statusCode, 403)
  await give('NZ', ['cataloger'])
  assert.equal((await share('/undo')).statusCode, 200)
})

test('a job over a list of bibs takes the permission in the network too, but for a dry run', async () => {
  const cookie = cookieOf('catalog-manager', 'IZ')
  const submit = async (dryRun: boolean) => {
    const payload = { mmsIds: ['991234567890125801'], contribute: true, dryRun }
    const request = { method: 'POST', url: '/api/zones/IZ/link-jobs', headers: { cookie }, payload } as const
    return (await app.inject(request)).statusCode
  }
  assert.deepEqual([await submit(true), await submit(false)], [201, 403])
})
