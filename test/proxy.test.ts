import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptInvitation, invite } from '../src/people/invitation.ts'
import { addPerson } from '../src/people/person.ts'
import { buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { testServer } from './server.ts'

const { db, context } = await testServer()
const password = 'the owl in the barn'
await acceptInvitation(
  db,
  await invite(db, await addPerson(db, { login: 'ada', name: 'Ada Byron' }, null), null),
  { password },
  () => Promise.resolve(),
)

const behind = await buildApp({
  ...context,
  signIn: { by: 'password' },
  hosts: ['catalogue.example.org'],
})
const alone = await buildApp({ ...context, signIn: { by: 'password' } })

const byProxy = {
  host: 'catalogue.example.org',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  origin: 'https://catalogue.example.org',
  'sec-fetch-site': 'same-origin',
}

const signIn = { body: { login: 'ada', password } }

const lastAddress = async () =>
  (
    await db.query<{ address: string }>(
      `select address from audit where action = 'POST /api/session' order by audit_id desc limit 1`,
    )
  )[0]?.address

test('behind a proxy people come by the public name, and cookies go by TLS alone', async () => {
  const reply = await askOf(behind)('POST', '/api/session', { ...signIn, headers: byProxy })
  assert.equal(reply.status, 200)
  assert.ok(reply.set.every((cookie) => /; Secure/.test(cookie)))
  assert.equal(await lastAddress(), '203.0.113.7')
})

test('a name that is neither public nor this machine’s own is refused', async () => {
  const headers = { ...byProxy, host: 'evil.example.org' }
  assert.equal((await askOf(behind)('GET', '/api/me', { headers })).code, 'UNKNOWN_HOST')
  assert.equal((await askOf(alone)('GET', '/api/me', { headers: byProxy })).code, 'UNKNOWN_HOST')
})

test('without a public address nothing is believed of who asks', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
  const reply = await askOf(alone)('POST', '/api/session', { ...signIn, headers })
  assert.equal(reply.status, 200)
  assert.ok(reply.set.every((cookie) => !/; Secure/.test(cookie)))
  assert.equal(await lastAddress(), '127.0.0.1')
})
