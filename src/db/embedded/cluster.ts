import { spawn } from 'node:child_process'
import {
  appendFile,
  chown,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Place } from './place.ts'
import type { Programs } from './programs.ts'
import { serverSettings } from './settings.ts'

const CONFIGURATION = `
# Accession's settings, and after them the operator's.
include_if_exists = 'accession.conf'
include_if_exists = 'local.conf'
`

const HOUR = 3_600_000

/** Makes the cluster when there is none: beside its place, and moved there whole. */
export async function makeCluster(place: Place, programs: Programs): Promise<void> {
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version !== null) {
    if (version.trim() === programs.major) return
    throw new Error(
      `${place.cluster} was made by PostgreSQL ${version.trim()}, and the one installed is ${programs.major}: ` +
        'open it with the version of Accession that made it, dump, and load into a new data directory.',
    )
  }
  await removeUnfinished(place.base)
  const unfinished = await mkdtemp(join(place.base, 'cluster-'))
  try {
    await chown(unfinished, place.user.uid, place.user.gid)
    await initialize(place, programs, unfinished)
    await appendFile(join(unfinished, 'postgresql.conf'), CONFIGURATION)
    await writeFile(join(unfinished, 'local.conf'), '# Settings of your own.\n', { mode: 0o600 })
    await chown(join(unfinished, 'local.conf'), place.user.uid, place.user.gid)
    await rename(unfinished, place.cluster)
    await syncFolder(place.base)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    // Another start was first.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST'))
      return
    throw error
  }
}

/** What a killed start left half made; another start may be making one right now. */
async function removeUnfinished(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (!name.startsWith('cluster-')) continue
    const folder = join(base, name)
    const since = await stat(folder).catch(() => null)
    if (since !== null && Date.now() - since.mtimeMs > HOUR)
      await rm(folder, { recursive: true, force: true })
  }
}

/** Written anew and moved into place, so that a link left there is replaced and not followed. */
export async function writeSettings({ cluster, user }: Place): Promise<void> {
  const fresh = join(cluster, `accession.conf.${process.pid}`)
  await rm(fresh, { force: true })
  await writeFile(fresh, await serverSettings(cluster), { flag: 'wx', mode: 0o600 })
  await chown(fresh, user.uid, user.gid)
  await rename(fresh, join(cluster, 'accession.conf'))
}

/**
 * The C locale of PostgreSQL itself: the same order on every machine, no index that an update of the
 * system's library could break. Words are folded by the program, not by the database.
 */
async function initialize(place: Place, programs: Programs, folder: string): Promise<void> {
  const options = [
    `--pgdata=${folder}`,
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--auth-local=trust',
    '--auth-host=reject',
    '--no-instructions',
  ]
  const child = spawn(programs.initdb, options, {
    ...place.user,
    cwd: place.base,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0)
    throw new Error(`The database could not be set up (${basename(programs.initdb)}): ${said.trim()}`)
}

/** Nothing of PGDATA, PGPORT and the like may reach the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
