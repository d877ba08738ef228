import { connect } from '../db/database.ts'
import { giveWay } from '../db/give-way.ts'
import { runImporter } from '../import/importer.ts'
import type { ImporterStart } from './importer-process.ts'

/*
 * The process that runs jobs, and gives way to those that people wait for. It ends on SIGTERM, and when the server
 * that started it is no more.
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
  giveWay()
  const givesWay = typeof address !== 'string'
  const db = connect(address, { applicationName: 'accession importer', givesWay })
  try {
    await runImporter(db, dataDir, ending.signal)
  } finally {
    await db.close()
  }
  if (process.connected) process.disconnect()
}
