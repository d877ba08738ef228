import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Database, Tx } from './database.ts'

/** One file of `sql/`, NNNNNN-name.sql. */
export type Migration = {
  readonly number: number
  readonly name: string
  readonly text: string
  readonly sha256: string
}

/** The project's own migrations. */
const MIGRATIONS = fileURLToPath(new URL('../../sql', import.meta.url))

/** Any number of our own: one start migrates, others wait for it. */
const LOCK = 1_094_927_955

/** In the order in which they run. */
export async function readMigrations(folder: string = MIGRATIONS): Promise<Migration[]> {
  const migrations: Migration[] = []
  for (const file of (await readdir(folder)).sort()) {
    if (!file.endsWith('.sql')) continue
    const named = /^(\d{6})-([a-z0-9-]+)\.sql$/.exec(file)
    if (named === null) throw new Error(`${file} is not named as a migration, NNNNNN-name.sql.`)
    const text = await readFile(join(folder, file), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const migration = { number: Number(named[1]), name: named[2] ?? '', text, sha256 }
    if (migrations.at(-1)?.number === migration.number)
      throw new Error(`Two migrations have the number ${named[1]}.`)
    migrations.push(migration)
  }
  return migrations
}

/**
 * Brings the database up to this version and answers what ran. Each migration commits with its own record;
 * one that was changed after it ran, or that this version does not know, is refused, and nothing runs.
 */
export async function migrate(db: Database, folder: string = MIGRATIONS): Promise<Migration[]> {
  const migrations = await readMigrations(folder)
  const ran: Migration[] = []
  for (;;) {
    const next = await db.transaction((tx) => runNext(tx, migrations))
    if (next === null) return ran
    ran.push(next)
  }
}

async function runNext(tx: Tx, migrations: readonly Migration[]): Promise<Migration | null> {
  await tx.query('select pg_advisory_xact_lock($1)', [LOCK])
  await tx.execute(
    `create table if not exists migration (
       number int primary key,
       name text not null,
       sha256 text not null,
       applied_at timestamptz not null default now()
     )`,
  )
  const applied = await tx.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration order by number',
  )
  checkApplied(applied, migrations)
  const next = migrations[applied.length]
  if (next === undefined) return null
  try {
    await tx.execute(next.text)
  } catch (error) {
    throw new Error(
      `Migration ${fileOf(next)} failed: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    )
  }
  await tx.execute('insert into migration (number, name, sha256) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.sha256,
  ])
  return next
}

/** What ran must be what is known, one by one from the first. */
function checkApplied(applied: readonly Omit<Migration, 'text'>[], known: readonly Migration[]): void {
  for (const [index, { number, name, sha256 }] of applied.entries()) {
    const expected = known[index]
    if (expected === undefined || number < expected.number) {
      throw new Error(
        `The database has had migration ${fileOf({ number, name })}, which this version of Accession does not know: ` +
          'a newer version has opened it. Run that version, or a later one.',
      )
    }
    if (number > expected.number) {
      throw new Error(
        `Migration ${fileOf(expected)} would run after ${fileOf({ number, name })}: give it a later number.`,
      )
    }
    if (sha256 !== expected.sha256) {
      throw new Error(
        `Migration ${fileOf(expected)} was changed after it had run on this database. ` +
          'Take the change back and put it into a new migration.',
      )
    }
  }
}

function fileOf({ number, name }: { number: number; name: string }): string {
  return `${String(number).padStart(6, '0')}-${name}.sql`
}
