import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { makeDataDir } from './data-dir.ts'

const folder = await mkdtemp(join(tmpdir(), 'accession-test-'))
after(() => rm(folder, { recursive: true }))

test('A data directory is made with what is missing above it, and one that is there stays', async () => {
  const path = join(folder, 'a', 'b', 'c')
  await makeDataDir(path, 0o700)
  await makeDataDir(path, 0o700)
  const { mode } = await stat(path)
  assert.equal(mode & 0o777, 0o700)
})

test('A file in its place, or above it, is named', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await assert.rejects(makeDataDir(file, 0o700), /The data directory .*file is a file\./)
  await assert.rejects(makeDataDir(join(file, 'data'), 0o700), /cannot be made: .*no folder/)
})

test('A folder that takes no others is told at once', {
  skip: process.platform === 'linux' ? false : 'Linux alone has /proc',
}, async () => {
  await assert.rejects(makeDataDir('/proc/accession/data', 0o700), /cannot be made: \/proc\/accession, /)
})
