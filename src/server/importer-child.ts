import { connect } from '../db/database.ts'
import { runImporter } from '../import/importer.ts'
import type { ImporterStart } from './importer-process.ts'

/*
 * The process that runs jobs. It ends on SIGTERM, and when the server that started it is no more.
 */
const ending = new AbortController()
const end = () => ending.abort()
process.once('SIGTERM', end)
process.once('SIGINT', end)
process.once('disconnect', end)
process.once('message', (start: ImporterStart) => {
  run(start).catch((error: unknown) => {
    process.stderr.write(`The importer ended: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
    process.disconnect?.()
  })
})

async function run({ address, dataDir }: ImporterStart): Promise<void> {
  const db = connect(address, { applicationName: 'accession importer' })
  try {
    await runImporter(db, dataDir, ending.signal)
  } finally {
    await db.close()
  }
  if (process.connected) process.disconnect()
}
