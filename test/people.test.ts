import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { inviteFirst } from '../src/people/invitation.ts'
import { giveNewZone } from '../src/people/person.ts'
import { periodOf, totpCode } from '../src/people/totp.ts'
import { buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { testServer } from './server.ts'

const { db, context } = await testServer()
const app = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })

const password = 'the owl in the barn'

const ask = askOf(app)

const signIn = (login: string, more: object = {}) =>
  ask('POST', '/api/session', { body: { login, password, ...more } })

/** Waits are told, not waited for: the failures are taken away. */
const forgetFailures = () => db.execute('delete from sign_in_failure')

const tokenOf = (link: string) => link.split('/').at(-1) ?? ''

test('the first person comes by the link of the first start alone, and looks after every zone', async () => {
  assert.equal((await ask('GET', '/api/me')).body.isNew, true)
  const old = await inviteFirst(db)
  const link = await inviteFirst(db)
  assert.ok(old !== null && link !== null)
  const given = { login: 'Ada', name: 'Ada Byron', password }
  assert.equal((await ask('POST', `/api/invitations/${old}`, { body: given })).code, 'INVITATION_OVER')
  const weak = await ask('POST', `/api/invitations/${link}`, { body: { ...given, password: 'ada' } })
  assert.deepEqual([weak.status, weak.code], [422, 'WEAK_PASSWORD'])
  const taken = await ask('POST', `/api/invitations/${link}`, { body: given })
  assert.equal(taken.status, 200)
  assert.match(taken.set[0] ?? '', /^accession_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const { me } = (await ask('GET', '/api/me', { cookie: taken.cookie })).body
  assert.deepEqual([me.name, me.login], ['Ada Byron', 'ada'])
  assert.ok(me.may.NZ.includes('people.manage') && me.may.IZ.includes('profile.edit'))
  assert.ok(!me.may.NZ.includes('import.run'), 'an administrator runs nothing without an operator’s role')
  assert.equal((await ask('POST', `/api/invitations/${link}`, { body: given })).code, 'INVITATION_OVER')
  assert.equal(await inviteFirst(db), null)
})

test('an unknown login and a wrong password get the same words', async () => {
  const [unknown, wrong] = [await signIn('nobody'), await signIn('ada', { password: 'the owl in the tree' })]
  assert.deepEqual([unknown.status, unknown.body.error], [401, wrong.body.error])
  await forgetFailures()
})

test('after some wrong tries the next is not looked at before its time, the right password neither', async () => {
  for (let tries = 0; tries < 4; tries++)
    assert.equal((await signIn('ada', { password: 'wrong' })).code, 'SIGN_IN_FAILED')
  const next = await signIn('ada')
  assert.deepEqual([next.status, next.code], [429, 'TOO_MANY_TRIES'])
  assert.match(next.body.error.message, /in [12] seconds/)
  await forgetFailures()
  assert.equal((await signIn('ada')).status, 200)
})

test('who is invited chooses a password, has no rights before a role is given, and loses them with it', async () => {
  const { cookie } = await signIn('ada')
  const made = await ask('POST', '/api/people', { cookie, body: { login: 'ben', name: 'Ben Osei' } })
  assert.equal(made.status, 201)
  const { id } = made.body.person
  const ben = await ask('POST', `/api/invitations/${tokenOf(made.body.link)}`, { body: { password } })
  assert.equal((await ask('GET', '/api/zones/IZ/profiles', { cookie: ben.cookie })).code, 'NOT_YOUR_ZONE')
  const roles = (held: string[]) =>
    ask('PUT', `/api/people/${id}/roles/IZ`, { cookie, body: { roles: held } })
  assert.deepEqual((await roles(['cataloger'])).body.roles, { IZ: ['cataloger'] })
  assert.equal((await ask('GET', '/api/zones/IZ/profiles', { cookie: ben.cookie })).status, 200)
  const why = await ask('GET', `/api/people/${id}/why?permission=import.run&zone=IZ`, { cookie })
  assert.equal(
    why.body.sentence,
    'Ben Osei may not: “Run import profiles, and commit, cancel and resume their jobs” takes one of Catalog Manager, Purchasing Operator, Purchasing Manager, and Ben Osei has only Cataloger in IZ.',
  )
  await roles([])
  assert.equal((await ask('GET', '/api/zones/IZ/profiles', { cookie: ben.cookie })).code, 'NOT_YOUR_ZONE')
})

test('the last who may manage the people of a zone keeps that role, and stays', async () => {
  const { cookie } = await signIn('ada')
  const [ada] = (await ask('GET', '/api/people', { cookie })).body
  for (const zone of ['NZ', 'IZ']) {
    const last = await ask('PUT', `/api/people/${ada.id}/roles/${zone}`, { cookie, body: { roles: [] } })
    assert.deepEqual([last.status, last.code], [409, 'LAST_ADMINISTRATOR'])
    assert.match(last.body.error.message, new RegExp(`in ${zone}\\.$`))
  }
  const off = await ask('PUT', `/api/people/${ada.id}/active`, { cookie, body: { active: false } })
  assert.equal(off.code, 'LAST_ADMINISTRATOR')
})

test('a new zone is looked after by those who look after its network, or a network zone', async () => {
  const { cookie } = await signIn('ada')
  await addZone(db, { code: 'LATE', kind: 'institution', name: 'Late', suffix: '5809', network: 'NZ' })
  await giveNewZone(db, 'LATE', 'NZ')
  await addZone(db, { code: 'CZ', kind: 'community', name: 'Community', suffix: '5000' })
  await giveNewZone(db, 'CZ', null)
  const { me } = (await ask('GET', '/api/me', { cookie })).body
  assert.ok(me.may.LATE.includes('people.manage') && me.may.CZ.includes('people.manage'))
  await db.execute(
    `delete from person_role where zone_id in (select zone_id from zone where code in ('LATE', 'CZ'))`,
  )
})

test('an administrator of one zone lets nobody in anew who works in another', async () => {
  const { cookie } = await signIn('ada')
  const people = (await ask('GET', '/api/people', { cookie })).body
  const ben = people.find(({ login }: { login: string }) => login === 'ben')
  const ada = people.find(({ login }: { login: string }) => login === 'ada')
  await ask('PUT', `/api/people/${ben.id}/roles/IZ`, {
    cookie,
    body: { roles: ['general-system-administrator'] },
  })
  const asBen = (await signIn('ben')).cookie
  const taken = await ask('POST', `/api/people/${ada.id}/invitation`, { cookie: asBen })
  assert.deepEqual([taken.status, taken.code], [403, 'NOT_ALLOWED'])
  const given = await ask('PUT', `/api/people/${ben.id}/roles/NZ`, {
    cookie: asBen,
    body: { roles: ['cataloger'] },
  })
  assert.equal(given.status, 403, 'and gives no role in another zone')
})

test('a second factor is asked for from its first code on; recovery codes serve once', async () => {
  const { cookie } = await signIn('ada')
  const { secret } = (await ask('POST', '/api/me/second-factor', { cookie })).body
  assert.equal((await signIn('ada')).status, 200, 'not before it is confirmed')
  const now = Math.floor(Date.now() / 30_000)
  assert.equal(
    (await ask('PUT', '/api/me/second-factor', { cookie, body: { code: '000000' } })).code,
    'WRONG_CODE',
  )
  const code = totpCode(secret, now)
  const confirmed = await ask('PUT', '/api/me/second-factor', { cookie, body: { code } })
  assert.equal(confirmed.body.codes.length, 8)
  assert.equal((await signIn('ada')).code, 'CODE_NEEDED')
  assert.equal((await signIn('ada', { code })).code, 'WRONG_CODE', 'the code has been used')
  await forgetFailures()
  assert.ok(periodOf(secret, totpCode(secret, now + 1), new Date(), now) !== null)
  assert.equal((await signIn('ada', { code: totpCode(secret, now + 1) })).status, 200)
  const [recovery] = confirmed.body.codes
  assert.equal((await signIn('ada', { code: recovery })).status, 200)
  assert.equal((await signIn('ada', { code: recovery })).code, 'WRONG_CODE')
  await forgetFailures()
  assert.equal((await ask('POST', '/api/me/second-factor', { cookie })).code, 'FACTOR_ON')
  const removal = (given: string) =>
    ask('POST', '/api/me/second-factor/removal', { cookie, body: { password: given } })
  assert.equal((await removal('not the password')).code, 'WRONG_PASSWORD', 'an open session is not enough')
  assert.equal((await removal(password)).status, 200)
  assert.equal((await signIn('ada')).status, 200)
})

test('a key has some of its owner’s rights, for a time, and none when it is revoked', async () => {
  const { cookie } = await signIn('ada')
  const body = { name: 'nightly load', zones: ['IZ'], writes: false, days: 30 }
  const { key, secret } = (await ask('POST', '/api/me/keys', { cookie, body })).body
  assert.equal((await ask('GET', '/api/zones/IZ/profiles', { key: secret })).status, 200)
  assert.equal((await ask('GET', '/api/zones/NZ/integration-profile', { key: secret })).code, 'NOT_ALLOWED')
  const write = await ask('PUT', '/api/zones/IZ/profiles/repository', { key: secret, body: {} })
  assert.equal(write.code, 'NOT_ALLOWED', 'it only reads')
  assert.equal((await ask('GET', '/api/me/keys', { key: secret })).code, 'NOT_A_PERSON')
  assert.equal((await ask('GET', '/api/zones', { key: `${secret}x` })).status, 401)
  const kept = await db.query<{ text: string }>('select k::text as text from api_key k')
  assert.ok(kept.every(({ text }) => !text.includes(secret)))
  await ask('DELETE', `/api/me/keys/${key.id}`, { cookie })
  assert.equal((await ask('GET', '/api/zones', { key: secret })).status, 401)
})

test('a session ends when its time is over, when it is ended, and with a new password', async () => {
  const one = (await signIn('ada')).cookie
  const other = (await signIn('ada')).cookie
  const isIn = async (cookie: string) => (await ask('GET', '/api/zones', { cookie })).status === 200
  await ask('PUT', '/api/me/password', {
    cookie: one,
    body: { current: password, password: 'a heron on the pier' },
  })
  assert.deepEqual([await isIn(one), await isIn(other)], [true, false])
  await ask('PUT', '/api/me/password', { cookie: one, body: { current: 'a heron on the pier', password } })
  await db.execute(`update session set seen_at = now() - interval '9 hours'`)
  assert.equal(await isIn(one), false)
  const again = (await signIn('ada')).cookie
  assert.equal((await ask('DELETE', '/api/session', { cookie: again })).status, 200)
  assert.equal(await isIn(again), false)
})

test('what changes something is in the audit trail, with who, where and how it ended; no secret is', async () => {
  const { cookie } = await signIn('ada')
  await ask('POST', '/api/zones/IZ/linked-bibs', { cookie, body: { of: '991234567890125816' } })
  const { rows } = (await ask('GET', '/api/audit', { cookie })).body
  const [last] = rows
  assert.deepEqual(
    [last.who, last.zone, last.action, last.status],
    ['Ada Byron', 'IZ', 'POST /api/zones/:zone/linked-bibs', 404],
  )
  const kept = await db.query<{ text: string }>('select a::text as text from audit a')
  assert.ok(kept.length > 10 && kept.every(({ text }) => !text.includes(password)))
})

test('the demo lets in whoever comes, as the persona chosen, and has nobody to sign in', async () => {
  const personas = [
    { code: 'one', name: 'One', about: '', roles: { '*': ['catalog-manager'] } },
    { code: 'two', name: 'Two', about: '', roles: { NZ: ['cataloger'] } },
  ] as const
  const demo = await buildApp(
    { ...context, signIn: { by: 'persona', personas: [...personas] } },
    { checkReplies: true },
  )
  const me = async (cookie: string) => (await demo.inject({ url: '/api/me', headers: { cookie } })).json().me
  assert.equal((await me('')).name, 'One')
  const chosen = await demo.inject({ method: 'PUT', url: '/api/persona', payload: { persona: 'two' } })
  const cookie = String(chosen.headers['set-cookie']).split(';', 1)[0] ?? ''
  assert.equal((await me(cookie)).name, 'Two')
  assert.equal((await demo.inject({ url: '/api/zones/IZ/profiles', headers: { cookie } })).statusCode, 403)
  const signing = await demo.inject({
    method: 'POST',
    url: '/api/session',
    payload: { login: 'ada', password },
  })
  assert.equal(signing.json().error.code, 'DEMO')
})
