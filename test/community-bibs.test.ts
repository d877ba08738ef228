import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { after, test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import { roleCodes } from '../src/people/roles.ts'
import { beginSession } from '../src/people/session.ts'
import { buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { testServer } from './server.ts'
import { emma, type ListedRow, titleList } from './title-lists.ts'

/* What people of an institution and of the community zone reach of each other, each in all roles of their zone. */

const { db, context } = await testServer()
await addZone(db, { code: 'CZ', kind: 'community', name: 'Community zone', suffix: '5000' })
const app = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })
const ask = askOf(app)

async function cookieOf(zone: string): Promise<string> {
  const id = await addPerson(db, { login: `all.${zone}`, name: `Somebody of ${zone}` }, null)
  const { zoneId } = await getZone(db, zone)
  await db.transaction((tx) => giveRoles(tx, id, zoneId, roleCodes, null))
  return `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
}
const institution = await cookieOf('IZ')
const community = await cookieOf('CZ')

const added = await ask('POST', '/api/zones/CZ/collections', { cookie: community, body: { name: 'Novels' } })
const id: string = added.body.collectionId
const load = (...rows: readonly ListedRow[]) =>
  app.inject({
    method: 'POST',
    url: `/api/zones/CZ/collections/${id}/titles`,
    headers: { cookie: community, 'content-type': 'text/plain' },
    payload: titleList(...rows),
  })
assert.equal((await load(emma)).statusCode, 200)
const offered = await ask('GET', `/api/zones/IZ/collections/${id}/portfolios`, { cookie: institution })
const [source] = offered.body.rows

const stateOf = () =>
  db.query(`select * from bib b left join portfolio p using (zone_id, mms_id) where b.mms_id = $1`, [
    source.mmsId,
  ])

test('people of an institution activate what they see of the community zone, and follow it', async () => {
  const body = { portfolios: [source.portfolioId] }
  const activated = await ask('POST', '/api/zones/IZ/activations', { cookie: institution, body })
  assert.equal(activated.status, 200)
  const [{ portfolioId, mmsId }] = activated.body
  const path = `/api/zones/IZ/portfolios/${portfolioId}`
  // As the source has it: it goes on following, which is seen under the policies too.
  const portfolio = { url: source.url }
  const changed = await ask('PUT', path, { cookie: institution, body: { version: 1, portfolio } })
  assert.deepEqual([changed.status, changed.body.followsUrl, changed.body.mmsId], [200, true, mmsId])
  assert.equal((await load({ ...emma, title_url: 'https://example.org/new' })).statusCode, 200)
  assert.equal((await ask('GET', path, { cookie: institution })).body.url, 'https://example.org/new')
  const told = await ask('GET', '/api/zones/IZ/activations/changes', { cookie: institution })
  assert.deepEqual([told.body.length, told.body[0].portfolioId], [1, portfolioId])
})

test('no route lets an institution change what is of the community zone, and each says why', async () => {
  const { paths } = (await app.inject({ url: '/api/openapi.json' })).json()
  const before = await stateOf()
  let tried = 0
  for (const [path, methods] of Object.entries<Record<string, { 'x-access'?: { in?: string } }>>(paths))
    for (const [method, { 'x-access': access }] of Object.entries(methods)) {
      if (method === 'get' || !path.includes('{zone}') || access?.in !== 'zone') continue
      const url = path
        .replace('{zone}', 'CZ')
        .replace('{mmsId}', source.mmsId)
        .replace('{id}', path.includes('/portfolios/') ? source.portfolioId : id)
        .replaceAll(/\{\w+\}/g, '1')
      const reply = await app.inject({
        method: method.toUpperCase() as 'POST',
        url,
        headers: { cookie: institution },
        payload: {},
      })
      assert.equal(reply.statusCode, 403, `${method} ${url}`)
      const { code, message } = reply.json().error
      assert.ok(
        ['NOT_YOUR_ZONE', 'NOT_ALLOWED'].includes(code) && message.length > 20,
        `${method} ${url}: ${code}`,
      )
      tried++
    }
  assert.ok(tried > 20)
  assert.deepEqual(await stateOf(), before)
})

test('an institution that asks in its own zone does not change a community bib either', async () => {
  const before = await stateOf()
  const at = `/api/zones/IZ/bibs/${source.mmsId}`
  for (const [method, url] of [
    ['DELETE', `${at}?version=1`],
    ['DELETE', `/api/zones/IZ/portfolios/${source.portfolioId}?version=1`],
    ['POST', `${at}/lock`],
  ] as const) {
    const { status } = await ask(method, url, { cookie: institution })
    assert.ok(status >= 400 && status < 500, `${method} ${url}: ${status}`)
  }
  assert.deepEqual(await stateOf(), before)
})

test('a title list is taken in from those alone who may load it', async () => {
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const headers = { cookie: institution, 'content-type': 'text/plain', 'content-length': 60_000_000 }
  const sending = request(`${address}/api/zones/CZ/collections/${id}/titles`, { method: 'POST', headers })
  sending.flushHeaders()
  // Not a byte of the list has been sent.
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  answer.on('error', () => {})
  assert.equal(answer.statusCode, 403)
  sending.destroy()
})

after(() => app.close())
