import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { connect } from '../src/db/database.ts'
import { buildApp } from '../src/server/app.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { openApiDocument } from '../src/server/openapi.ts'
import { readVersion } from '../src/server/version.ts'

/*
 * Writes docs/openapi.json from the routes; with --check it only compares, and exits 1 where the file is not
 * what they make. Nothing is asked of a database.
 */
const FILE = fileURLToPath(new URL('../docs/openapi.json', import.meta.url))

const db = connect({ host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' })
const app = await buildApp({
  db,
  address: '',
  dataDir: '',
  version: await readVersion(),
  demo: false,
  signIn: { by: 'password' },
  webDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
  gateway: () => noGateway,
  hosts: [],
})
const document = `${JSON.stringify(openApiDocument(app), null, 2)}\n`
await app.close()
await db.close()

if (!process.argv.includes('--check')) {
  await writeFile(FILE, document)
} else if ((await readFile(FILE, 'utf8').catch(() => '')) !== document) {
  process.stderr.write('docs/openapi.json is not what the routes make: run scripts/dump-openapi.ts.\n')
  process.exitCode = 1
}
