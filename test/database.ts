import { createHash } from 'node:crypto'
import { chmod, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { connect, type Database, type ServerAddress } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate, readMigrations } from '../src/db/migrate.ts'

export type TestDatabase = Database & AsyncDisposable & { readonly address: ServerAddress | string }

/**
 * A migrated database of the caller's own, dropped when its test or file ends: `const db = await
 * testDatabase()` at the top of a file or in a test. A query that strays from its transaction throws.
 *
 * All test files of a checkout share one embedded server: the first starts it, the last stops it, and one
 * that a killed run left behind is taken over. ACCESSION_TEST_DATABASE_URL names another server, by a
 * database whose user may create others.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await openServer()
  const maintenance = connect(server.addressOf(null), { max: 1 })
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`
  try {
    await dropLeftOvers(maintenance)
    await maintenance.execute(`create database ${name} template ${await makeTemplate(maintenance, server)}`)
  } finally {
    await maintenance.close()
  }
  const address = server.addressOf(name)
  const db = connect(address, { refuseStrayQueries: true })
  let isDropped = false

  async function drop(): Promise<void> {
    if (isDropped) return
    isDropped = true
    await db.close()
    const again = connect(server.addressOf(null), { max: 1 })
    try {
      await again.execute(`drop database ${name} with (force)`)
    } finally {
      await again.close()
      await server.leave()
    }
  }

  after(drop)
  return { ...db, address, [Symbol.asyncDispose]: drop }
}

type TestServer = {
  /** Of the named database, or of the one that is always there. */
  addressOf(database: string | null): ServerAddress | string
  leave(): Promise<void>
}

async function openServer(): Promise<TestServer> {
  const external = process.env['ACCESSION_TEST_DATABASE_URL']
  if (external !== undefined && external !== '') return externalServer(external)
  const checkout = createHash('sha256')
    .update(fileURLToPath(import.meta.url))
    .digest('hex')
    .slice(0, 8)
  const folder = join(tmpdir(), `accession-test-${process.getuid?.() ?? 0}-${checkout}`)
  await mkdir(folder, { recursive: true })
  // Open to the server's user, who is another than root.
  await chmod(folder, 0o711)
  const { address, stop } = await startEmbedded(folder)
  return { addressOf: (database) => ({ ...address, database: database ?? 'postgres' }), leave: stop }
}

function externalServer(address: string): TestServer {
  return {
    addressOf(database) {
      if (database === null) return address
      const url = new URL(address)
      url.pathname = `/${database}`
      return url.href
    },
    leave: () => Promise.resolve(),
  }
}

/** The name of the database that all migrations have run in, made by whoever comes first. */
async function makeTemplate(maintenance: Database, server: TestServer): Promise<string> {
  const hash = createHash('sha256')
  for (const { name, sha256 } of await readMigrations()) hash.update(`${name} ${sha256}\n`)
  const template = `template_${hash.digest('hex').slice(0, 16)}`
  // The pool has one connection, so the lock is of one session until it is given back.
  await maintenance.query('select pg_advisory_lock(1094927956)')
  try {
    if ((await maintenance.query('select from pg_database where datname = $1', [template])).length === 0) {
      await dropOldTemplates(maintenance)
      const unfinished = `${template}_unfinished`
      await maintenance.execute(`drop database if exists ${unfinished} with (force)`)
      await maintenance.execute(`create database ${unfinished} template template0 encoding 'UTF8'`)
      const db = connect(server.addressOf(unfinished), { max: 1 })
      try {
        await migrate(db)
      } finally {
        await db.close()
      }
      await maintenance.execute(`alter database ${unfinished} rename to ${template}`)
    }
    return template
  } finally {
    await maintenance.query('select pg_advisory_unlock(1094927956)')
  }
}

/** Earlier states of the migrations; a few are kept, since another run may be cloning from one. */
async function dropOldTemplates(maintenance: Database): Promise<void> {
  const rows = await maintenance.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^template_[0-9a-f]{16}$' order by oid desc offset 4`,
  )
  for (const { datname } of rows) await maintenance.execute(`drop database if exists ${datname}`)
}

/** Databases of runs that were killed, known by the number of a process that is no more. */
async function dropLeftOvers(maintenance: Database): Promise<void> {
  const rows = await maintenance.query<{ datname: string }>(
    `select datname from pg_database where datname ~ '^test_[0-9]+_'`,
  )
  for (const { datname } of rows) {
    if (isAlive(Number(datname.split('_')[1]))) continue
    await maintenance.execute(`drop database if exists ${datname} with (force)`)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
