import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import assert from 'node:assert/strict'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A checkout with the packages of this one and a command line of its own. */
const checkout = mkdtempSync(join(tmpdir(), 'accession-setup-'))
after(() => rmSync(checkout, { recursive: true }))
for (const path of ['bin', 'scripts/setup.js', 'package.json', 'package-lock.json']) {
  cpSync(join(root, path), join(checkout, path), { recursive: true })
}
symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
mkdirSync(join(checkout, 'src/cli'), { recursive: true })
writeFileSync(
  join(checkout, 'src/cli/main.ts'),
  `const args: string[] = process.argv.slice(2)
   if (args[0] === 'wait') {
     process.on('SIGTERM', () => process.exit(7))
     setInterval(() => {}, 1000)
   } else if (args[0] === 'die') process.kill(process.pid, 'SIGKILL')
   else process.exitCode = Number(args[0])
   console.log(JSON.stringify({ args, version: process.version, folder: process.cwd() }))`,
)
const bin = join(checkout, 'bin/accession.js')

test('arguments, folder and exit code pass through, from any folder and through a link', () => {
  const link = join(checkout, 'linked')
  symlinkSync(bin, link)
  const folder = tmpdir()
  const { status, stdout } = spawnSync(process.execPath, [link, '4', 'a b', '--json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.equal(status, 4)
  assert.deepEqual(JSON.parse(stdout), { args: ['4', 'a b', '--json'], version: process.version, folder })
})

test('a signal reaches the command, which ends as it likes', async () => {
  const child = spawn(process.execPath, [bin, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [7, null])
})

test('the death of the command is the death of what started it', () => {
  assert.equal(spawnSync(process.execPath, [bin, 'die']).signal, 'SIGKILL')
})

test('a linked node_modules that does not fit is refused, and left as it is', () => {
  const other = mkdtempSync(join(tmpdir(), 'accession-setup-link-'))
  after(() => rmSync(other, { recursive: true }))
  for (const path of ['bin', 'scripts/setup.js', 'package.json', 'package-lock.json'])
    cpSync(join(root, path), join(other, path), { recursive: true })
  mkdirSync(join(other, 'elsewhere'))
  writeFileSync(join(other, 'elsewhere/kept'), '')
  symlinkSync(join(other, 'elsewhere'), join(other, 'node_modules'))
  const { status, stderr } = spawnSync(process.execPath, [join(other, 'bin/accession.js'), '0'], {
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.match(stderr, /node_modules is a link, and what it leads to does not fit package-lock\.json\./)
  assert.ok(existsSync(join(other, 'elsewhere/kept')))
})

test('a Node before 20 is refused in words', () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.4' })`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, bin, '0'], {
    encoding: 'utf8',
  })
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /started by Node 20 or later/)
})

test('without packages and without a registry the first command says what it needs', () => {
  const bare = mkdtempSync(join(tmpdir(), 'accession-bare-'))
  for (const path of ['bin', 'scripts/setup.js', 'package.json', 'package-lock.json']) {
    cpSync(join(root, path), join(bare, path), { recursive: true })
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bare, 'bin/accession.js'), '0'], {
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_cache: join(bare, 'cache'),
      npm_config_fetch_retries: '0',
    },
  })
  rmSync(bare, { recursive: true })
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /npm ci failed[^]*needs the npm registry/)
})
