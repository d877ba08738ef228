import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { storedPath } from '../src/import/store.ts'
import type { StoredFile } from '../src/server/api/file.ts'
import { testServer } from './server.ts'

const { app, context } = await testServer()
const address = await app.listen({ host: '127.0.0.1', port: 0 })

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
  const form = new FormData()
  form.append('file', new Blob([bytes]), name)
  return fetch(`${address}/api/files`, { method: 'POST', body: form })
}

const incoming = () => readdir(join(context.dataDir, 'files', 'incoming')).catch(() => [])

test('a file is stored whole under its hash, larger than any body may be', async () => {
  const bytes = new Uint8Array(5 * 1024 * 1024).map((_, at) => (at * 31) % 251)
  const answer = await upload('vendor.mrc', bytes)
  const stored = (await answer.json()) as StoredFile
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  assert.deepEqual(
    [answer.status, stored],
    [201, { sha256, size: bytes.length, name: 'vendor.mrc', loadedBefore: [] }],
  )
  assert.deepEqual(new Uint8Array(await readFile(storedPath(context.dataDir, sha256))), bytes)
  assert.deepEqual(await incoming(), [])
})

test('the name of a file is for people: it never reaches the disk', async () => {
  for (const [name, shown] of [
    ['../../../etc/passwd', 'passwd'],
    ['C:\\files\\vendor.mrc', 'vendor.mrc'],
    ['evil\u202Ecrm.exe', 'evilcrm.exe'],
    ['x'.repeat(4000), 'x'.repeat(1000)],
  ] as const) {
    const stored = (await (await upload(name, new Uint8Array([1, 2, 3]))).json()) as StoredFile
    assert.equal(stored.name, shown)
  }
})

test('a request without a file is refused in words', async () => {
  const none = await fetch(`${address}/api/files`, { method: 'POST', body: new FormData() })
  assert.ok(none.status >= 400 && none.status < 500)
  assert.equal(typeof ((await none.json()) as { error: { message: unknown } }).error.message, 'string')
  const json = await fetch(`${address}/api/files`, {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(json.status, 415)
})

test('a body that is no multipart is refused in words', async () => {
  const part = 'content-disposition: form-data; name="file"; filename="a.mrc"\r\n\r\n'
  for (const [type, body] of [
    ['multipart/form-data', 'x'],
    ['multipart/form-data; boundary=b', 'x'],
    ['multipart/form-data; boundary=b', `--b\r\n${part}cut off`],
    ['multipart/form-data; boundary=b', '--b\r\ncontent-dispo'],
  ] as const) {
    const answer = await fetch(`${address}/api/files`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    const { error } = (await answer.json()) as { error: { code: string; remedy?: string } }
    assert.deepEqual([answer.status, error.code], [400, 'MALFORMED_MULTIPART'], `${type} with ${body}`)
    assert.match(error.remedy ?? '', /boundary/)
  }
  assert.deepEqual(await incoming(), [])
})

test('a second file in a request is refused, not passed over', async () => {
  const form = new FormData()
  form.append('file', new Blob(['a']), 'a')
  form.append('file', new Blob(['b']), 'b')
  const answer = await fetch(`${address}/api/files`, { method: 'POST', body: form })
  const { error } = (await answer.json()) as { error: { code: string } }
  assert.deepEqual([answer.status, error.code], [400, 'MORE_THAN_ONE_FILE'])
})

test('an upload that breaks off leaves nothing behind, and the server goes on', async () => {
  const before = await readdir(join(context.dataDir, 'files'))
  const sending = request(`${address}/api/files`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=cut', 'content-length': 10_000_000 },
  })
  sending.on('error', () => undefined)
  sending.write('--cut\r\ncontent-disposition: form-data; name="file"; filename="a.mrc"\r\n\r\n')
  sending.write('x'.repeat(300_000))
  while ((await incoming()).length === 0) await delay(5)
  sending.destroy()
  for (let tries = 0; tries < 200 && (await incoming()).length > 0; tries++) await delay(10)
  assert.deepEqual(await incoming(), [])
  assert.deepEqual(await readdir(join(context.dataDir, 'files')), before)
  assert.equal((await upload('after.mrc', new Uint8Array([1]))).status, 201)
})
