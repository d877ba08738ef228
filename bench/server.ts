import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type Database, type ServerAddress } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded.ts'
import { migrate } from '../src/db/migrate.ts'
import { setUpCatalogue } from '../src/import/setup.ts'

/** The embedded server with its shipped settings, in a folder that goes with the run. */
export type BenchServer = {
  /** Data directory and place of generated files. */
  readonly folder: string
  /** The catalogue that `accession start` opens there. */
  readonly address: ServerAddress
  /** A catalogue as a first start makes it. */
  addCatalogue(): Promise<ServerAddress>
  dropCatalogue(address: ServerAddress): Promise<void>
  stop(): Promise<void>
}

export async function startServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'accession-bench-'))
  // The server's user is another than root, and must get through.
  await chmod(folder, 0o711)
  const server = await startEmbedded(folder)
  const maintenance = connect({ ...server.address, database: 'postgres' }, { max: 1 })
  let catalogues = 0
  return {
    folder,
    address: server.address,
    async addCatalogue() {
      const address = { ...server.address, database: `bench_${++catalogues}` }
      await maintenance.execute(`create database ${address.database} template template0 encoding 'UTF8'`)
      const db = connect(address, { max: 1 })
      try {
        await migrate(db)
        await setUpCatalogue(db)
      } finally {
        await db.close()
      }
      await settle(maintenance)
      return address
    },
    async dropCatalogue({ database }) {
      await maintenance.execute(`drop database ${database} with (force)`)
    },
    async stop() {
      await maintenance.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What runs before must not be paid for by what runs next. */
const settle = (maintenance: Database) => maintenance.execute('checkpoint')
