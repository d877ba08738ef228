import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { dumpSchema } from '../src/db/schema-dump.ts'
import { startTemporary } from '../src/db/temporary-server.ts'

/*
 * Writes docs/schema.sql from the migrations, run on a server of its own; with --check it only compares, and
 * exits 1 where the file is not what the migrations make.
 */
const FILE = fileURLToPath(new URL('../docs/schema.sql', import.meta.url))
const HEAD =
  '-- The schema that the migrations in sql/ make. Written by scripts/dump-schema.ts; not to be edited.\n\n'

const schema = HEAD + (await schemaOfMigrations())
if (!process.argv.includes('--check')) {
  await writeFile(FILE, schema)
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== schema) {
  process.stderr.write('docs/schema.sql is not what the migrations make: run scripts/dump-schema.ts.\n')
  process.exitCode = 1
}

async function schemaOfMigrations(): Promise<string> {
  const server = await startTemporary()
  const db = connect(server.address, { max: 1 })
  try {
    await migrate(db)
    return await dumpSchema(db)
  } finally {
    await db.close()
    await server.stop()
  }
}
