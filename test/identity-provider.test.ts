import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptInvitation, invite } from '../src/people/invitation.ts'
import { addPerson, setActive } from '../src/people/person.ts'
import { buildApp } from '../src/server/app.ts'
import { openProvider } from '../src/people/identity-provider.ts'
import { askOf } from './asking.ts'
import { providerClient, testProvider } from './identity-provider.ts'
import { testServer } from './server.ts'

/*
 * Signing in by an identity provider. The tests follow each other.
 */

const { db, context } = await testServer()
const provider = await testProvider()
const appBy = (loginClaim: string | null) =>
  buildApp(
    {
      ...context,
      signIn: { by: 'password' },
      provider: openProvider({ ...providerClient, issuer: provider.issuer, name: 'Library ID', loginClaim }),
    },
    { checkReplies: true },
  )
const app = await appBy(null)
const ask = askOf(app)

const password = 'the owl in the barn'

async function add(login: string, name: string): Promise<number> {
  const id = await addPerson(db, { login, name }, null)
  await acceptInvitation(db, await invite(db, id, null), { password }, () => Promise.resolve())
  return id
}

const ada = await add('ada', 'Ada Byron')
const ben = await add('ben', 'Ben Osei')

const cookieIn = (set: readonly string[], name: string): string | undefined =>
  set.find((one) => one.startsWith(`${name}=`) && !one.startsWith(`${name}=;`))?.split(';')[0]

const signedIn = async (login: string): Promise<string> =>
  (await ask('POST', '/api/session', { body: { login, password } })).cookie

/** To the provider and back; the address that follows, and the cookie of the session where there is a new one. */
async function go(to: 'sign-in' | 'link', session = '', by = app) {
  const asked = await askOf(by)('POST', '/api/identity-provider/leave', { body: { to }, cookie: session })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const leaving = cookieIn(asked.set, 'accession_leaving') ?? ''
  return comeBack(await provider.visit(asked.body.url), [leaving, session], by)
}

async function comeBack(path: string, cookies: readonly string[], by = app) {
  const response = await by.inject({
    method: 'GET',
    url: path,
    headers: {
      host: 'localhost',
      cookie: cookies.filter((cookie) => cookie !== '').join('; '),
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
  })
  const set = [response.headers['set-cookie'] ?? []].flat()
  return { to: response.headers.location, session: cookieIn(set, 'accession_session') }
}

const whoIs = async (session: string | undefined) =>
  (await ask('GET', '/api/me', { cookie: session ?? '' })).body.me?.login ?? null

test('an account that nobody has linked lets nobody in, and the screen says so', async () => {
  provider.person = { sub: 'ada-at-the-provider', email: 'ada', email_verified: true }
  assert.deepEqual(await go('sign-in'), { to: '/?refused=NOT_LINKED_HERE', session: undefined })
})

test('an account that is linked by whoever is signed in lets them in from then on', async () => {
  assert.deepEqual((await go('link', await signedIn('ada'))).to, '/account')
  const { to, session } = await go('sign-in')
  assert.equal(to, '/')
  assert.equal(await whoIs(session), 'ada')
  const { me } = (await ask('GET', '/api/me', { cookie: session ?? '' })).body
  assert.match(me.linkedSince, /^\d{4}-/)
})

test('an account is linked by people who are signed in alone, and to one of them', async () => {
  const asked = await ask('POST', '/api/identity-provider/leave', { body: { to: 'link' } })
  assert.deepEqual([asked.status, asked.code], [403, 'NOT_A_PERSON'])
  assert.equal((await go('link', await signedIn('ben'))).to, '/account?refused=IDENTITY_TAKEN')
  provider.person = { sub: 'another-at-the-provider' }
  assert.equal((await go('link', await signedIn('ada'))).to, '/account?refused=IDENTITY_TAKEN')
})

test('what comes back to another browser, twice, or without leaving lets nobody in', async () => {
  provider.person = { sub: 'ada-at-the-provider' }
  const leave = () => ask('POST', '/api/identity-provider/leave', { body: { to: 'sign-in' } })
  const [one, other] = [await leave(), await leave()]
  const path = await provider.visit(one.body.url)
  const refused = { to: '/?refused=PROVIDER_REFUSED', session: undefined }
  assert.deepEqual(await comeBack(path, []), refused)
  assert.deepEqual(await comeBack(path, [cookieIn(other.set, 'accession_leaving') ?? '']), refused)
  assert.deepEqual(await comeBack(path, ['accession_leaving=e30']), refused)
  const own = [cookieIn(one.set, 'accession_leaving') ?? '']
  assert.equal((await comeBack(path, own)).to, '/')
  assert.deepEqual(await comeBack(path, own), refused)
})

test('a token that is forged, or of another sign-in, or a refusal of the provider lets nobody in', async () => {
  for (const fault of ['forged', 'other-nonce', 'denies'] as const) {
    provider.fault = fault
    const came = await go('sign-in')
    assert.deepEqual(came, { to: '/?refused=PROVIDER_REFUSED', session: undefined }, fault)
  }
  provider.fault = 'none'
})

test('a provider that does not answer is said to be away, and is asked again the next time', async () => {
  const fresh = await appBy(null)
  provider.fault = 'away'
  const away = await askOf(fresh)('POST', '/api/identity-provider/leave', { body: { to: 'sign-in' } })
  assert.deepEqual([away.status, away.code], [401, 'PROVIDER_AWAY'])
  provider.fault = 'none'
  assert.equal((await go('sign-in', '', fresh)).to, '/')
})

test('by a claim somebody comes in under the login that the provider vouches for, with a proven address alone', async () => {
  const byEmail = await appBy('email')
  await addPerson(db, { login: 'cy@library.example', name: 'Cy Novak' }, null)
  provider.person = { sub: 'cy-at-the-provider', email: 'Cy@library.example', email_verified: false }
  assert.equal((await go('sign-in', '', byEmail)).to, '/?refused=NOT_LINKED_HERE')
  provider.person = { ...provider.person, email_verified: true }
  const { session } = await go('sign-in', '', byEmail)
  assert.equal(await whoIs(session), 'cy@library.example')
  const only = await ask('DELETE', '/api/me/identity', { cookie: session ?? '' })
  assert.deepEqual([only.status, only.code], [409, 'ONLY_WAY_IN'])
  provider.person = { sub: 'a-second-account', email: 'cy@library.example', email_verified: true }
  assert.equal((await go('sign-in', '', byEmail)).to, '/?refused=NOT_LINKED_HERE', 'one account a person')
})

test('whoever is suspended is not let in by the provider either; a link taken away lets nobody in', async () => {
  provider.person = { sub: 'ada-at-the-provider' }
  await setActive(db, ada, false)
  assert.equal((await go('sign-in')).to, '/?refused=NOT_LINKED_HERE')
  await setActive(db, ada, true)
  const { session } = await go('sign-in')
  assert.equal((await ask('DELETE', '/api/me/identity', { cookie: session ?? '' })).status, 200)
  assert.equal((await go('sign-in')).to, '/?refused=NOT_LINKED_HERE')
  assert.equal((await go('link', await signedIn('ben'))).to, '/account')
  assert.equal(await whoIs((await go('sign-in')).session), 'ben')
})

test('who came by the provider, and who tried, is in the audit trail', async () => {
  const rows = await db.query<{ target: string; person: number | null; status: number }>(
    `select target, person_id as person, status from audit where action like '%identity-provider/callback' order by audit_id desc limit 2`,
  )
  assert.deepEqual(rows, [
    { target: 'login ben, by the provider', person: ben, status: 302 },
    { target: 'an account is linked', person: ben, status: 302 },
  ])
})

test('without a provider nobody leaves for one', async () => {
  const plain = await buildApp({ ...context, signIn: { by: 'password' } }, { checkReplies: true })
  const asked = await askOf(plain)('POST', '/api/identity-provider/leave', { body: { to: 'sign-in' } })
  assert.deepEqual([asked.status, asked.code], [404, 'NO_PROVIDER'])
  assert.equal((await askOf(plain)('GET', '/api/me', {})).body.provider, null)
})
