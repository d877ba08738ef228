import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * Makes a checkout ready to run: the packages of package-lock.json, the Node that the lock pins, and
 * on request the web part. Plain JavaScript without dependencies, since on a fresh clone nothing is
 * installed and the machine's own Node (20 or later) runs it. It speaks on stderr alone: stdout
 * belongs to the command that is run afterwards.
 *
 *   node scripts/setup.js [--dev] [--web]
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.accession-setup')
const lockFile = join(root, 'package-lock.json')
const isWindows = process.platform === 'win32'

/** The Node that everything in this checkout runs on. */
export const pinnedNode = join(modules, 'node', 'bin', isWindows ? 'node.exe' : 'node')

/** What cannot be set up, in words that say what to do. */
export class SetupError extends Error {
  name = 'SetupError'
}

/**
 * @param {{ dev?: boolean, web?: boolean }} wanted `dev`: what the gate needs, too; `web`: dist/web as well
 * @throws {SetupError}
 */
export function setUp({ dev = false, web = false } = {}) {
  if (Number.parseInt(process.versions.node, 10) < 20) {
    throw new SetupError(
      `Accession is started by Node 20 or later, and this is ${process.version}.\n` +
        'Install a newer one (https://nodejs.org); the Node it then runs on comes with its packages.',
    )
  }
  if (!isReady(dev)) alone(() => isReady(dev) || install(dev))
  if (web && !isBuilt()) alone(() => isBuilt() || build())
}

function isReady(dev) {
  try {
    return (
      readFileSync(stampFile, 'utf8') === stamp() && existsSync(pinnedNode) && (!dev || hasAllPackages(true))
    )
  } catch {
    return false
  }
}

/** Of the lock and the system that it was installed for: node_modules may have been carried to another. */
function stamp() {
  return `${hash(readFileSync(lockFile))} ${process.platform}-${process.arch}\n`
}

function install(dev) {
  // npm would empty the folder that the link leads to, which is somebody else's.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new SetupError(
      `${modules} is a link, and what it leads to does not fit package-lock.json.\n` +
        'Remove the link; the packages are then installed here.',
    )
  }
  if (!hasAllPackages(dev)) {
    say('Installing the packages of package-lock.json (once, about a minute) …')
    const status = npm(['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : [])])
    if (status !== 0)
      throw new SetupError(`npm ci failed (${status}); what it said stands above.\n${needsRegistry()}`)
  }
  // The package `node` fetches the program in its install script, which npm may be told not to run.
  if (pinnedVersion() !== lockedVersion()) {
    say(`Installing Node ${lockedVersion()} …`)
    const status = npm(['rebuild', 'node', '--ignore-scripts=false'])
    if (status !== 0)
      throw new SetupError(
        `npm rebuild node failed (${status}); what it said stands above.\n${needsRegistry()}`,
      )
  }
  const found = pinnedVersion()
  if (found !== lockedVersion()) {
    throw new SetupError(
      `The Node of node_modules does not run here (${process.platform}-${process.arch}): ${pinnedNode} ` +
        `should be ${lockedVersion()} and is ${found ?? 'not there, or made for another system'}.\n` +
        'On Alpine Linux, use an image with glibc (node:24-bookworm-slim).',
    )
  }
  writeFileSync(stampFile, stamp())
}

const needsRegistry = () =>
  'Setting up needs the npm registry, or a mirror of it, once: see `npm config get registry` and `npm ping`.'

/** Whether npm's own record of what it installed says the same as the lock. */
function hasAllPackages(dev) {
  try {
    const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages
    const installed = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages
    return Object.entries(locked).every(([path, { version, optional, dev: isDev }]) => {
      if (path === '' || installed[path]?.version === version) return true
      return installed[path] === undefined && (optional === true || (isDev === true && !dev))
    })
  } catch {
    return false
  }
}

function lockedVersion() {
  return `v${JSON.parse(readFileSync(lockFile, 'utf8')).packages['node_modules/node'].version}`
}

/** `v24.…`, or nothing where it is not there or does not run. */
function pinnedVersion() {
  const { status, stdout } = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

const webStamp = join(root, 'dist', 'web.stamp')

function isBuilt() {
  try {
    return (
      readFileSync(webStamp, 'utf8') === webSources() && existsSync(join(root, 'dist', 'web', 'index.html'))
    )
  } catch {
    return false
  }
}

function build() {
  say('Building the web part (once for each change of it) …')
  const vite = join(modules, 'vite', 'bin', 'vite.js')
  rmSync(webStamp, { force: true })
  const sources = webSources()
  const built = spawnSync(pinnedNode, [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0)
    throw new SetupError('The web part could not be built; what Vite said stands above.')
  writeFileSync(webStamp, sources)
}

/** A hash of all that Vite reads: of names and contents, since a checkout sets times as it likes. */
function webSources() {
  const files = ['src/web', 'src/marc', 'src/rules']
    .flatMap((folder) => filesOf(join(root, folder)))
    .filter((path) => !/\.test\.tsx?$/.test(path))
  files.push(join(root, 'vite.config.ts'), lockFile)
  return hash(...files.toSorted().flatMap((path) => [path.slice(root.length), readFileSync(path)]))
}

function filesOf(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : [path]
  })
}

function hash(...parts) {
  const sha = createHash('sha256')
  for (const part of parts) sha.update(part).update('\0')
  return sha.digest('hex')
}

/** Runs npm in this checkout, whatever checkout or command the npm around us was meant for. */
function npm(args) {
  const aboutTheCaller =
    /^npm_(package_|lifecycle_|command$|config_(global|prefix|local_prefix|package|call|workspaces?|include|omit)$)/i
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !aboutTheCaller.test(name)))
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    env,
    shell: isWindows,
    stdio: ['ignore', 2, 2],
  })
  if (error)
    throw new SetupError(
      `npm could not be run (${error.message}): it comes with Node, and must be on the PATH.`,
    )
  return status ?? 1
}

/** One set-up of a checkout at a time; who comes second waits, and then finds it done. */
function alone(work) {
  const lock = join(root, '.setup-lock')
  const owner = join(lock, 'pid')
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new SetupError(`${root} cannot be written to (${error.code}): set it up as its owner.`)
    }
    if (waited === 0) say('Another process is setting up this checkout; waiting for it …')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    if (isAbandoned(lock, owner)) rmSync(lock, { recursive: true, force: true })
  }
  try {
    writeFileSync(owner, String(process.pid))
    work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isAbandoned(lock, owner) {
  try {
    // Written right after the lock: one without it for this long belongs to nobody.
    if (!existsSync(owner)) return Date.now() - statSync(lock).mtimeMs > 10_000
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Ends the process with the words of a SetupError; any other error is a fault and shows its stack. */
export function setUpOrExit(wanted) {
  try {
    setUp(wanted)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(`accession: ${error.message}`)
    process.exit(1)
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  setUpOrExit({ dev: process.argv.includes('--dev'), web: process.argv.includes('--web') })
}
