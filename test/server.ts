import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { addZone } from '../src/catalog/zone.ts'
import { type App, buildApp } from '../src/server/app.ts'
import type { ServerContext } from '../src/server/context.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { everybody } from './everybody.ts'

export type TestServer = { readonly app: App; readonly db: TestDatabase; readonly context: ServerContext }

/** The server on a database of its own with the zones NZ and IZ; every answer is held to its schema. */
export async function testServer(): Promise<TestServer> {
  const db = await testDatabase()
  await addZone(db, { code: 'NZ', kind: 'network', name: 'The network', suffix: '5816' })
  await addZone(db, { code: 'IZ', kind: 'institution', name: 'The library', suffix: '5801', network: 'NZ' })
  const dataDir = await mkdtemp(join(tmpdir(), 'accession-server-'))
  const context: ServerContext = {
    db,
    address: db.address,
    dataDir,
    version: '0.0.0',
    demo: false,
    signIn: everybody,
    webDir: join(dataDir, 'web'),
    gateway: () => noGateway,
    hosts: [],
  }
  const app = await buildApp(context, { checkReplies: true })
  after(async () => {
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return { app, db, context }
}
