import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { commandLine } from './command.ts'

/*
 * People on the command line, beside a server that they sign in to. The tests follow each other.
 */

const { run, json, start } = await commandLine()

const vacant = createServer().listen(0, '127.0.0.1')
await once(vacant, 'listening')
const place = vacant.address()
const port = typeof place === 'object' && place !== null ? place.port : 0
await new Promise((resolve) => vacant.close(resolve))
const address = `http://127.0.0.1:${port}`
const server = start(['start', '--port', String(port), '--no-gateway', '--no-importer'])
await server.until(`Accession is at ${address}`)
after(async () => {
  server.process.kill('SIGTERM')
  await server.ended
})

const password = 'the owl in the barn'

const post = async (path: string, body: object, cookie?: string) => {
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
  })
  return { status: response.status, set: response.headers.getSetCookie() }
}

const get = async (path: string, cookie: string) => {
  const response = await fetch(`${address}${path}`, { headers: { cookie } })
  return { status: response.status, body: (await response.json()) as { rows?: Audited[] } }
}

type Audited = { who: string; action: string; target: string; status: number; zone: string | null }

const cookieOf = (set: readonly string[]): string =>
  (set.find((one) => one.startsWith('accession_session=')) ?? '').split(';')[0] ?? ''

const added = async (login: string, name: string) =>
  (await json(['person', 'add', login, '--name', name])) as { link: string; roles: object }

test('somebody is added without a role, and comes in by the link, once', async () => {
  const { link, roles } = await added('Ada', 'Ada Byron')
  assert.deepEqual(roles, {})
  const token = link.replace('/welcome/', '')
  assert.equal((await post(`/api/invitations/${token}`, { password })).status, 200)
  assert.equal((await post(`/api/invitations/${token}`, { password })).status, 404)
  const { stdout } = await run(0, ['person', 'list'])
  assert.match(stdout, /^ada +active +Ada Byron +no role$/m)
})

test('roles are given by zone; a misspelt one is refused with the one that was meant', async () => {
  const roles = ['person', 'roles', 'ada']
  const { stderr } = await run(1, [...roles, 'catalogr', '--zone', 'IZ'])
  assert.match(stderr, /There is no role catalogr\.\nDid you mean cataloger\?/)
  const given = await json([...roles, 'general-system-administrator', '--zone', 'NZ'])
  assert.deepEqual((given as { roles: object }).roles, { NZ: ['general-system-administrator'] })
  assert.match((await run(1, ['person', 'invite', 'aada'])).stderr, /Did you mean ada\?/)
})

test('the last administrator of a zone keeps the role, and stays', async () => {
  const last = /Nobody would be left who may manage people in NZ\./
  assert.match((await run(1, ['person', 'roles', 'ada', 'none', '--zone', 'NZ'])).stderr, last)
  assert.match((await run(1, ['person', 'suspend', 'ada'])).stderr, last)
})

test('an only administrator who has lost the password gets in by a new link', async () => {
  const { link } = (await json(['person', 'invite', 'ada'])) as { link: string }
  const fresh = 'a heron in the reeds'
  const token = link.replace('/welcome/', '')
  assert.equal((await post(`/api/invitations/${token}`, { password: fresh })).status, 200)
  assert.equal((await post('/api/session', { login: 'ada', password })).status, 401)
  assert.equal((await post('/api/session', { login: 'ada', password: fresh })).status, 200)
})

test('a suspended person’s session is over; readmitted, the password still serves', async () => {
  const { link } = await added('ben', 'Ben Osei')
  const taken = await post(`/api/invitations/${link.replace('/welcome/', '')}`, { password })
  const cookie = cookieOf(taken.set)
  assert.equal((await get('/api/zones', cookie)).status, 200)
  await run(0, ['person', 'suspend', 'ben'])
  assert.equal((await get('/api/zones', cookie)).status, 401)
  assert.equal((await post('/api/session', { login: 'ben', password })).status, 401)
  await run(0, ['person', 'readmit', 'ben'])
  assert.equal((await post('/api/session', { login: 'ben', password })).status, 200)
})

test('what the command line did to people is in the audit trail, what failed too; no link is', async () => {
  const { set } = await post('/api/session', { login: 'ada', password: 'a heron in the reeds' })
  const { body } = await get('/api/audit', cookieOf(set))
  const seen = (body.rows ?? []).filter(({ action }) => action.startsWith('accession person'))
  assert.deepEqual(
    seen.map(({ action, target, status, zone }) => [action, target, status, zone]),
    [
      ['accession person readmit', 'Ben Osei (ben)', 200, null],
      ['accession person suspend', 'Ben Osei (ben)', 200, null],
      ['accession person add', 'Ben Osei (ben)', 200, null],
      ['accession person invite', 'Ada Byron (ada): a new link', 200, null],
      ['accession person suspend', 'Ada Byron (ada)', 409, null],
      ['accession person roles', 'Ada Byron (ada): no role', 409, 'NZ'],
      ['accession person roles', 'Ada Byron (ada): general-system-administrator', 200, 'NZ'],
      ['accession person add', 'Ada Byron (Ada)', 200, null],
    ],
  )
})
