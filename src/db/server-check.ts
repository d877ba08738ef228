import type { Queryable } from './database.ts'

const LEAST_VERSION = 15

/**
 * Refuses a server on which "committed" would not mean "on disk", or that is too old or not in UTF-8. With
 * ACCESSION_ALLOW_UNSAFE=1 the first becomes a warning. The warnings are for the person who starts Accession.
 */
export async function checkServer(
  db: Queryable,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string[]> {
  const [server] = await db.query<{
    version: number
    encoding: string
    fsync: string
    full_page_writes: string
    synchronous_commit: string
    data_checksums: string
  }>(
    `select current_setting('server_version_num')::int / 10000 as version,
            current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync,
            current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit,
            current_setting('data_checksums') as data_checksums`,
  )
  if (server === undefined) throw new Error('The database server does not tell its settings.')
  if (server.version < LEAST_VERSION) {
    throw new Error(`Accession needs PostgreSQL ${LEAST_VERSION} or later; this server is ${server.version}.`)
  }
  if (server.encoding !== 'UTF8') {
    throw new Error(`The database is encoded in ${server.encoding}: Accession needs one in UTF8.`)
  }
  const warnings: string[] = []
  const unsafe = (['fsync', 'full_page_writes', 'synchronous_commit'] as const).filter(
    (name) => server[name] === 'off',
  )
  if (unsafe.length > 0) {
    const told = `A crash of this server could lose or damage committed records: ${unsafe.join(', ')} off.`
    if (environment['ACCESSION_ALLOW_UNSAFE'] !== '1') {
      throw new Error(
        `${told} Switch on what is off, or set ACCESSION_ALLOW_UNSAFE=1 for data that may be lost.`,
      )
    }
    warnings.push(told)
  }
  if (server.data_checksums === 'off') {
    warnings.push(
      'The server keeps no data checksums: damage by a failing disk would go unseen (pg_checksums --enable).',
    )
  }
  return warnings
}
