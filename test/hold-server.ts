import { connect } from '../src/db/database.ts'
import { startEmbedded } from '../src/db/embedded.ts'

/*
 * A process of the tests that opens the data directory it is given, says so in one line of JSON, and keeps it
 * until its standard input ends: `node hold-server.ts DIR [exclusive]`.
 */
const [dataDir, exclusive] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('Which data directory?')

try {
  const server = await startEmbedded(dataDir, { exclusive: exclusive === 'exclusive' })
  const db = connect(server.address, { max: 1 })
  const [row] = await db.query<object>(
    `select current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
            current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
            current_setting('data_directory') as cluster`,
  )
  await db.close()
  process.stdout.write(`${JSON.stringify({ owned: server.owned, address: server.address, ...row })}\n`)
  await new Promise((resolve) => process.stdin.on('end', resolve).resume())
  await server.stop()
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ refused: error instanceof Error ? error.message : String(error) })}\n`,
  )
}
