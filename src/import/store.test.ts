import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { removeAbandoned } from './store.ts'

test('an upload that was cut off long ago is removed, one that is under way stays', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'accession-store-'))
  try {
    await removeAbandoned(dataDir)
    const incoming = join(dataDir, 'files', 'incoming')
    await mkdir(incoming, { recursive: true })
    await writeFile(join(incoming, 'under-way'), '00042')
    await writeFile(join(incoming, 'cut-off'), '00042')
    const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 60 * 60
    await utimes(join(incoming, 'cut-off'), twoDaysAgo, twoDaysAgo)
    await removeAbandoned(dataDir)
    assert.deepEqual(await readdir(incoming), ['under-way'])
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
