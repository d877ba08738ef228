import { resolve } from 'node:path'
import { type Database, connect } from '../db/database.ts'
import { rebuildDerived } from '../catalog/rebuild-derived.ts'
import { makeDataDir } from '../db/data-dir.ts'
import { defaultDataDir, startEmbedded } from '../db/embedded.ts'
import { errorCode } from '../db/errors.ts'
import { migrate } from '../db/migrate.ts'
import { checkServer } from '../db/server-check.ts'
import { setUpCatalogue } from '../import/setup.ts'
import type { Option } from './command.ts'
import { CommandFailure } from './failure.ts'
import type { Io } from './io.ts'

/** What a command works with that needs the catalogue. */
export type Catalogue = {
  readonly db: Database
  /** Where the bytes of imported files are kept. */
  readonly dataDir: string
  /** The database is this machine's own, so that whoever else uses it is a process here. */
  readonly isEmbedded: boolean
}

export const dataOption = {
  type: 'text',
  shown: 'DIR',
  meaning: 'the data directory; else ACCESSION_DATA, else a folder of the user’s own',
} as const satisfies Option

export const dataDirOf = (data: string | undefined): string =>
  resolve(data ?? (process.env['ACCESSION_DATA'] || defaultDataDir()))

/** The demo keeps out of the user's own data: beside it, where no directory is named. */
export const demoDataDirOf = (data: string | undefined): string =>
  (data ?? process.env['ACCESSION_DATA']) ? dataDirOf(data) : `${defaultDataDir()}-demo`

/** The server that DATABASE_URL names, if it is set. @throws {CommandFailure} where it is no address of one */
export function databaseUrl(): string | undefined {
  const url = process.env['DATABASE_URL']
  if (url === undefined || url === '') return undefined
  if (!isPostgresUrl(url))
    throw new CommandFailure(
      'DATABASE_URL is not the address of a PostgreSQL server.',
      'Write it as postgresql://USER:PASSWORD@HOST:5432/NAME, with signs such as @ and / in a password as %40 and %2F; or leave it out, and the embedded server is used.',
    )
  return url
}

/** Without a word about what it is, since a password may be in it. */
function isPostgresUrl(url: string): boolean {
  try {
    const { protocol, username, password, pathname } = new URL(url)
    for (const part of [username, password, pathname]) decodeURIComponent(part)
    return protocol === 'postgres:' || protocol === 'postgresql:'
  } catch {
    return false
  }
}

/**
 * Opens the catalogue for one command: the database of the data directory, started where nobody runs it,
 * or that of DATABASE_URL. An empty one is set up first.
 */
export async function withCatalogue<T>(
  data: string | undefined,
  io: Io,
  run: (catalogue: Catalogue) => Promise<T>,
): Promise<T> {
  const dataDir = dataDirOf(data)
  const url = databaseUrl()
  if (url !== undefined) await inWords(() => makeDataDir(dataDir, 0o700))
  const embedded = url === undefined ? await inWords(() => startEmbedded(dataDir)) : null
  const db = connect(embedded?.address ?? (url as string), { applicationName: 'accession command' })
  try {
    await inWords(async () => {
      if (url !== undefined) for (const warning of await checkServer(db)) io.say(warning)
      await migrate(db)
    })
    await rebuildDerived(db, (text) => io.say(text))
    await setUpCatalogue(db)
    return await run({ db, dataDir, isEmbedded: embedded !== null })
  } finally {
    await db.close()
    await embedded?.stop()
  }
}

/** What stops a database from being opened is told by plain errors whose messages are for people. */
export async function inWords<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof Error && error.name === 'Error' && errorCode(error) === null)
      throw new CommandFailure(error.message, null, error)
    throw error
  }
}
