import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { inviteFirst } from '../src/people/invitation.ts'
import { totpCode } from '../src/people/totp.ts'
import { buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { testServer } from './server.ts'

const { db, context } = await testServer()
const app = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })
const ask = askOf(app)
const password = 'the owl in the barn'

const tokenOf = (link: string) => link.split('/').at(-1) ?? ''
const accept = (link: string, body: object = {}, headers: Record<string, string> = {}) =>
  ask('POST', `/api/invitations/${tokenOf(link)}`, { body: { password, ...body }, headers })
const signIn = (login: string, body: object = {}, cookie = '') =>
  ask('POST', '/api/session', { cookie, body: { login, password, ...body } })

await addZone(db, { code: 'OTHER', kind: 'institution', name: 'Other', suffix: '5802', network: 'NZ' })
const first = await accept((await inviteFirst(db)) ?? '', { login: 'ada', name: 'Ada Byron' })
const ada = first.cookie

/** Somebody with roles in a zone, invited by Ada, who has taken the invitation up. */
async function person(login: string, name: string, zone: string, roles: readonly string[]) {
  const made = await ask('POST', '/api/people', { cookie: ada, body: { login, name } })
  const { id } = made.body.person
  await ask('PUT', `/api/people/${id}/roles/${zone}`, { cookie: ada, body: { roles } })
  const { cookie, device } = await accept(made.body.link)
  return { id: Number(id), cookie, device }
}

beforeEach(() => db.execute('delete from sign_in_failure'))

test('of many wrong tries at once as many are looked at as of those one after the other', async () => {
  const tries = await Promise.all(Array.from({ length: 20 }, () => signIn('ada', { password: 'wrong' })))
  const codes = tries.map(({ code }) => code)
  assert.equal(codes.filter((code) => code === 'SIGN_IN_FAILED').length, 4)
  assert.equal(codes.filter((code) => code === 'TOO_MANY_TRIES').length, 16)
})

test('what others try locks nobody out of a browser in which they have signed in before', async () => {
  for (let tries = 0; tries < 5; tries++) await signIn('ada', { password: 'wrong' })
  assert.equal((await signIn('ada')).code, 'TOO_MANY_TRIES')
  assert.equal((await signIn('ada', {}, first.device)).status, 200)
  // It is known to be Ada’s, and nobody else’s.
  await db.execute('delete from sign_in_failure')
  const ben = await person('ben', 'Ben Osei', 'IZ', ['cataloger'])
  for (let tries = 0; tries < 5; tries++) await signIn('ada', { password: 'wrong' }, ben.device)
  assert.equal((await signIn('ada', {}, ben.device)).code, 'TOO_MANY_TRIES')
  // Wrong tries in the known browser are counted too, for themselves.
  for (let tries = 0; tries < 4; tries++) await signIn('ada', { password: 'wrong' }, first.device)
  assert.equal((await signIn('ada', {}, first.device)).code, 'TOO_MANY_TRIES')
})

test('a try that was right takes nothing from the tries of the address', async () => {
  for (let tries = 0; tries < 22; tries++) assert.equal((await signIn('ada')).status, 200)
})

test('to sign in anew ends the session that the browser had', async () => {
  const old = await signIn('ada')
  await signIn('ada', {}, old.cookie)
  assert.equal((await ask('GET', '/api/zones', { cookie: old.cookie })).status, 401)
})

test('of two who take one invitation up at once, one comes in', async () => {
  const made = await ask('POST', '/api/people', { cookie: ada, body: { login: 'two', name: 'Two Others' } })
  const both = await Promise.all(Array.from({ length: 6 }, () => accept(made.body.link)))
  assert.equal(both.filter(({ status }) => status === 200).length, 1)
  assert.ok(both.every(({ status, code }) => status === 200 || code === 'INVITATION_OVER'))
})

test('a link stands for the password alone: the code of a second factor is asked for as ever', async () => {
  const { id, cookie } = await person('cleo', 'Cleo Duarte', 'IZ', ['cataloger'])
  const { secret } = (await ask('POST', '/api/me/second-factor', { cookie })).body
  const now = Math.floor(Date.now() / 30_000)
  const set = await ask('PUT', '/api/me/second-factor', { cookie, body: { code: totpCode(secret, now) } })
  const [recovery] = set.body.codes
  const again = await ask('POST', `/api/people/${id}/invitation`, { cookie: ada })
  const taken = await accept(again.body.link, { password: 'a heron on the pier' })
  assert.deepEqual([taken.status, taken.cookie], [200, ''])
  const given = { password: 'a heron on the pier' }
  assert.equal((await signIn('cleo', given)).code, 'CODE_NEEDED')
  // One recovery code, used twice at once.
  const both = await Promise.all([1, 2].map(() => signIn('cleo', { ...given, code: recovery })))
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((one, other) => one - other),
    [200, 401],
  )
})

test('a link made for somebody lets nobody into a zone in which they got their first role since', async () => {
  const { id } = await person('dora', 'Dora Lund', 'IZ', ['cataloger'])
  const { body } = await ask('POST', `/api/people/${id}/invitation`, { cookie: ada })
  await ask('PUT', `/api/people/${id}/roles/IZ`, { cookie: ada, body: { roles: ['catalog-manager'] } })
  assert.equal((await ask('GET', `/api/invitations/${tokenOf(body.link)}`)).status, 200)
  await ask('PUT', `/api/people/${id}/roles/NZ`, { cookie: ada, body: { roles: ['cataloger'] } })
  assert.equal((await accept(body.link)).code, 'INVITATION_OVER')
})

test('no two people share a name, and none has characters that nobody sees', async () => {
  const add = (login: string, name: string) =>
    ask('POST', '/api/people', { cookie: ada, body: { login, name } })
  assert.equal((await add('ada2', ' ada  BYRON ')).code, 'NAME_TAKEN')
  assert.equal((await add('ada2', 'Ada\u200b Byron')).code, 'INVALID_NAME')
  assert.equal((await add('ada2', 'Ada\u200c Byron')).code, 'NAME_TAKEN')
  assert.equal((await add('ali', 'علی\u200cرضا')).status, 201)
  assert.equal((await add('ADA', 'Ada Other')).code, 'LOGIN_TAKEN')
})

test('wrong tries of the own password wait too, and an open session does not know it', async () => {
  const { cookie } = await person('eli', 'Eli Brandt', 'IZ', ['cataloger'])
  const change = (current: string) =>
    ask('PUT', '/api/me/password', { cookie, body: { current, password: 'a heron on the pier' } })
  for (let tries = 0; tries < 4; tries++) assert.equal((await change('wrong')).code, 'WRONG_PASSWORD')
  assert.equal((await change(password)).code, 'TOO_MANY_TRIES')
})

test('the audit trail has who signed in or tried to, and what was refused; neither a link nor what was typed', async () => {
  const link = (await ask('POST', '/api/people', { cookie: ada, body: { login: 'fay', name: 'Fay Ono' } }))
    .body.link
  await accept(link, { password: 'short' })
  // By somebody who is signed in, too.
  await ask('POST', `/api/invitations/${tokenOf(link)}`, { cookie: ada, body: { password: 'short' } })
  await signIn('fay', { password: 'wrong' })
  await signIn('typed my password here')
  const { cookie } = await person('gus', 'Gus Hale', 'IZ', ['cataloger'])
  await ask('PUT', '/api/zones/IZ/profiles/repository', { cookie, body: {} })
  const { rows } = (await ask('GET', '/api/audit?limit=200', { cookie: ada })).body
  const has = (entry: object) =>
    rows.some((row: object) =>
      Object.entries(entry).every(([key, value]) => row[key as keyof object] === value),
    )
  const session = { who: 'nobody', action: 'POST /api/session' }
  assert.ok(has({ ...session, target: 'login fay', status: 401 }))
  assert.ok(has({ ...session, target: 'an unknown login', status: 401 }))
  assert.ok(has({ ...session, target: 'login ada', status: 200 }))
  assert.ok(has({ action: 'POST /api/invitations/:token', target: 'login fay', status: 422 }))
  assert.ok(has({ who: 'Gus Hale', zone: 'IZ', action: 'PUT /api/zones/:zone/profiles/:code', status: 403 }))
  const given = { who: 'Ada Byron', zone: 'IZ', action: 'PUT /api/people/:id/roles/:zone' }
  assert.ok(has({ ...given, target: 'Gus Hale (gus): cataloger', status: 200 }))
  const kept = await db.query<{ text: string }>('select a::text as text from audit a')
  for (const secret of [tokenOf(link), 'typed my password', 'short'])
    assert.ok(
      kept.every(({ text }) => !text.includes(secret)),
      secret,
    )
})

test('whoever looks after one zone sees nothing of those who work in others alone', async () => {
  const admin = await person('iza', 'Iz Admin', 'IZ', ['general-system-administrator'])
  const stranger = await person('stray', 'Stray Cat', 'NZ', ['cataloger'])
  await ask('POST', '/api/me/keys', {
    cookie: stranger.cookie,
    body: { name: 'k', zones: [], writes: false, days: 1 },
  })
  const { rows } = (await ask('GET', '/api/audit?limit=200', { cookie: admin.cookie })).body
  assert.ok(rows.length > 0 && rows.every(({ who }: { who: string }) => who !== 'Stray Cat'))
  const why = `/api/people/${stranger.id}/why?permission=import.run&zone=IZ`
  assert.equal((await ask('GET', why, { cookie: admin.cookie })).code, 'NO_SUCH_PERSON')
  assert.equal(
    (await ask('POST', `/api/people/${stranger.id}/invitation`, { cookie: admin.cookie })).code,
    'NO_SUCH_PERSON',
  )
  assert.equal((await ask('GET', why, { cookie: ada })).status, 200)
})

test('what a page asks by itself keeps no session alive', async () => {
  const { cookie } = await person('hal', 'Hal Quist', 'IZ', ['cataloger'])
  const age = () => db.execute(`update session set seen_at = now() - interval '7 hours'`)
  const hours = async () =>
    (
      await db.query<{ old: boolean }>(
        `select bool_or(seen_at < now() - interval '6 hours') as old from session`,
      )
    )[0]?.old
  await db.execute(
    `delete from session where person_id <> (select person_id from person where login = 'hal')`,
  )
  await age()
  for (const url of ['/api/me', '/api/status', '/api/gateway']) await ask('GET', url, { cookie })
  assert.equal(await hours(), true)
  await ask('GET', '/api/jobs', { cookie })
  assert.equal(await hours(), false)
})
