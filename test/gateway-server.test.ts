import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { ServerAddress } from '../src/db/database.ts'
import { addPerson } from '../src/people/person.ts'
import { beginSession } from '../src/people/session.ts'
import { sendRecords } from '../src/protocols/gateway/client.ts'
import type { Gateway } from '../src/server/api/gateway.ts'
import { startServer } from '../src/server/main.ts'
import { testDatabase } from './database.ts'
import { book, mrc } from './jobs.ts'

const db = await testDatabase()
const dataDir = await mkdtemp(join(tmpdir(), 'accession-gateway-'))
after(() => rm(dataDir, { recursive: true, force: true }))

function urlOf(address: ServerAddress | string): string {
  if (typeof address === 'string') return address
  const { host, port, user, database } = address
  return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}&port=${port}`
}

const start = (port: number) =>
  startServer({
    dataDir,
    url: urlOf(db.address),
    port: 0,
    importer: false,
    gateway: { host: '127.0.0.1', port },
    log: 'silent',
  })

const somebody = await addPerson(db, { login: 'ada', name: 'Ada Byron' }, null)
const cookie = `accession_session=${await beginSession(db, somebody, { address: null, agent: null })}`
const ask = (url: string) => fetch(url, { headers: { cookie } })
const stateAt = async (address: string) => (await ask(`${address}/api/gateway`)).json() as Promise<Gateway>

test('the gateway is served in a process of its own, and ends with the server', async () => {
  const server = await start(0)
  const { status, port } = await server.gateway
  assert.equal(status, 'listening')
  assert.equal((await stateAt(server.address)).port, port)
  const sent = sendRecords([mrc([book(1, 'Emma')])], { host: '127.0.0.1', port, retries: 0 })
  for await (const { reply } of sent) assert.match(reply ?? '', /Logon Failed/)
  await server.stop()
  const silent = sendRecords([mrc([book(1, 'Emma')])], { host: '127.0.0.1', port, retries: 0 })
  for await (const { reply } of silent) assert.equal(reply, null)
})

test('a port that is taken is said in words, and all else runs', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const place = other.address()
  const taken = typeof place === 'object' && place !== null ? place.port : 0
  const server = await start(taken)
  const { status, why } = await server.gateway
  assert.equal(status, 'waiting')
  assert.match(why ?? '', new RegExp(`port ${taken} of 127\\.0\\.0\\.1 is taken by another program`))
  assert.equal((await stateAt(server.address)).status, 'waiting')
  assert.ok((await ask(`${server.address}/api/zones`)).ok)
  other.close()
  await server.stop()
})
