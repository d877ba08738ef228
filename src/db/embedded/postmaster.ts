import { spawn } from 'node:child_process'
import { access, open, readdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverEnvironment, writeSettings } from './cluster.ts'
import { makeSocketFolder, type Place } from './place.ts'
import type { Programs } from './programs.ts'
import { DURABLE_SETTINGS } from './settings.ts'

/** What a running server says of itself in postmaster.pid. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketFolder: string }

const PORT = 5432
const STOP_MILLISECONDS = 120_000

/** The server that the file names, whether it lives or not; null when there is no file or not yet all of it. */
export async function readPostmaster({ cluster }: Place): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port, socketFolder] = text.split('\n')
  if (!pid || !port || !socketFolder) return null
  return { pid: Number(pid), port: Number(port), socketFolder }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export type Started = {
  /** Resolves with what the server said when it has ended. */
  readonly ended: Promise<string>
  /** The server is up: what it said while starting is of no more use. */
  forgetStart(): Promise<void>
}

/**
 * Starts the server in a session of its own, so that neither the terminal's Ctrl-C nor our end is its end.
 * PostgreSQL itself sees to it that a cluster has one server: a second one says so and ends.
 */
export async function startPostmaster(place: Place, programs: Programs): Promise<Started> {
  await dropForeignPidFile(place)
  await writeSettings(place)
  const socketFolder = await makeSocketFolder(place)
  const settings = { ...DURABLE_SETTINGS, unix_socket_directories: socketFolder, port: String(PORT) }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const said = join(place.base, `start-${process.pid}.log`)
  await rm(said, { force: true })
  const output = await open(said, 'wx', 0o600)
  try {
    const child = spawn(programs.postgres, ['-D', place.cluster, ...options], {
      ...place.user,
      cwd: place.base,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    })
    child.unref()
    const ended = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message))
      child.on('exit', () => resolve(lastWords(place, said)))
    })
    return { ended, forgetStart: () => rm(said, { force: true }) }
  } finally {
    await output.close()
  }
}

/** Ends sessions, writes a checkpoint and waits for the end; after two minutes without one it is cut short. */
export async function stopPostmaster(place: Place, { pid }: Postmaster): Promise<void> {
  signal(pid, 'SIGINT')
  for (let waited = 0; isAlive(pid) && (await readPostmaster(place))?.pid === pid; waited += 20) {
    // Immediate shutdown: nothing is lost, the next start recovers from the log.
    if (waited === STOP_MILLISECONDS) signal(pid, 'SIGQUIT')
    await delay(20)
  }
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * After a crash of the machine or in a restarted container, the process number in postmaster.pid may belong
 * to some other program, or to a server that is dead and that no parent has asked after: PostgreSQL would not
 * start. The file and the socket's are dropped only when no process at all works in the cluster's folder: with
 * them goes PostgreSQL's own guard against servers that are still there.
 */
async function dropForeignPidFile(place: Place): Promise<void> {
  const file = join(place.cluster, 'postmaster.pid')
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (!isThere || process.platform !== 'linux') return
  const postmaster = await readPostmaster(place)
  // PostgreSQL knows by itself what to do with the file of a process that is no more.
  if (postmaster !== null && !isAlive(postmaster.pid)) return
  if (await isWorkedIn(place)) return
  if (postmaster !== null) {
    const socket = join(postmaster.socketFolder, `.s.PGSQL.${postmaster.port}`)
    for (const stale of [`${socket}.lock`, socket]) await rm(stale, { force: true })
  }
  await rm(file, { force: true })
}

/** Whether any process has the cluster as its working folder, as every process of a server has; if in doubt, yes. */
async function isWorkedIn({ cluster, user }: Place): Promise<boolean> {
  const folder = await realpath(cluster)
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const state = await readFile(`/proc/${name}/stat`, 'latin1').catch(() => '')
    // Gone meanwhile, or dead (Z) and only waiting for its parent to ask.
    if (state === '' || /\) Z [^)]*$/.test(state)) continue
    try {
      if ((await readlink(`/proc/${name}/cwd`)) === folder) return true
    } catch (error) {
      // Root in a container may not look at other users' processes, the server's among them.
      const isHidden =
        error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')
      const owner = isHidden ? await stat(`/proc/${name}`).catch(() => null) : null
      if (owner?.uid === user.uid) return true
    }
  }
  return false
}

/** What the server said before its own log was open, else the end of today's log. */
async function lastWords(place: Place, said: string): Promise<string> {
  const text = await readFile(said, 'utf8').catch(() => '')
  await rm(said, { force: true })
  const day = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format()
  const log = await readFile(join(place.cluster, 'log', `postgresql-${day}.log`), 'utf8').catch(() => '')
  return `${text.trim()}\n${log.trim().split('\n').slice(-5).join('\n')}`.trim()
}
