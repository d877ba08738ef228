import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, mkdtemp, readlink, realpath, rm, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeDataDir } from '../data-dir.ts'
import { canEnter, isRoot, serverUser, type ServerUser } from './server-user.ts'

/** Where root keeps what its own folders would hide from the server's user. */
const SHARED = '/var/lib/accession'

/** A Unix socket's path ends after 103 bytes on macOS and 107 on Linux; a lock file stands beside it. */
const SOCKET_PATH_BYTES = 98

/** Where the database of a data directory is. */
export type Place = {
  readonly user: ServerUser
  /** `<data directory>/postgres`, or what it links to: belongs to the server's user, closed to others. */
  readonly base: string
  readonly cluster: string
  /** For copies of the programs, where they are needed. */
  readonly copies: string
}

/** The data directory where none is named: of the user's own, and for root one that a server can reach. */
export function defaultDataDir(): string {
  const named = process.env['XDG_DATA_HOME']
  if (named !== undefined && named !== '') return join(resolve(named), 'accession')
  return isRoot() ? SHARED : join(homedir(), '.local', 'share', 'accession')
}

/**
 * Finds or makes `<data directory>/postgres`. For root, where the server's user cannot reach the data
 * directory (under /root, say), it is a link to a folder of its own in /var/lib/accession.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  const link = join(resolve(dataDir), 'postgres')
  const there = await lstat(link).catch(() => null)
  if (there === null) {
    const user = await serverUser(null)
    await makePlace(resolve(dataDir), link, user)
  }
  const base = await realpath(link).catch(async () => {
    const target = await readlink(link).catch(() => link)
    throw new Error(`The database of ${dataDir} is kept in ${target}, which is not there.`)
  })
  const user = await serverUser(base)
  if (!(await canEnter(user, base))) {
    throw new Error(
      `The user of the database (uid ${user.uid}) cannot reach ${base}: a folder above it is closed.`,
    )
  }
  return { user, base, cluster: join(base, 'cluster'), copies: isRoot() ? SHARED : resolve(dataDir) }
}

async function makePlace(dataDir: string, link: string, user: ServerUser): Promise<void> {
  await makeDataDir(dataDir, isRoot() ? 0o755 : 0o700)
  if (await canEnter(user, dataDir)) {
    try {
      await mkdir(link, { mode: 0o700 })
    } catch (error) {
      if (isThere(error)) return
      throw error
    }
    await chown(link, user.uid, user.gid)
    return
  }
  await mkdir(SHARED, { recursive: true, mode: 0o755 })
  const base = await mkdtemp(join(SHARED, 'postgres-'))
  await chown(base, user.uid, user.gid)
  try {
    await symlink(base, link)
  } catch (error) {
    await rm(base, { recursive: true })
    if (!isThere(error)) throw error
  }
}

/** A folder of the server's user for its socket; in /tmp where the path would be too long for one. */
export async function makeSocketFolder({ base, user }: Place): Promise<string> {
  const beside = join(base, 'socket')
  const isShort = Buffer.byteLength(join(beside, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES
  const name = createHash('sha256').update(base).digest('hex').slice(0, 12)
  const folder = isShort ? beside : `/tmp/accession-${user.uid}-${name}`
  try {
    await mkdir(folder, { mode: 0o700 })
    await chown(folder, user.uid, user.gid)
  } catch (error) {
    if (!isThere(error)) throw error
    const found = await lstat(folder)
    if (!found.isDirectory() || found.uid !== user.uid) {
      throw new Error(`${folder}, for the socket of the database, belongs to somebody else. Remove it.`)
    }
    await chmod(folder, 0o700)
  }
  return folder
}

function isThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
