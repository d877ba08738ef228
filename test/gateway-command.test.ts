import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testGateway } from './gateway.ts'
import { book, mrc } from './jobs.ts'

const catalogue = await testGateway()
const { dataDir, gateway, open, secrets } = catalogue
await open('NZ')

const program = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

/** Runs `accession` and answers how it ended. */
function accession(
  words: readonly string[],
  input = '',
): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...words], (_error, out, said) =>
      resolve({ code: child.exitCode ?? -1, out, said }),
    )
    child.stdin?.end(input)
  })
}

const file = join(dataDir, 'sent.mrc')
const to = ['gateway', 'send', file, '--port', String(gateway.port), '--logon', 'NZ']

type Row = { record: number; imported: boolean; reply: string | null; trouble: string | null }
const rowsOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)

test('gateway send sends every record of a file, and prints what came back', async () => {
  await writeFile(file, mrc([book(3001, 'Emma'), book(3002, 'Persuasion')]))
  const { code, out } = await accession([...to, '--password', '-', '--json'], `${secrets.get('NZ')}\n`)
  assert.deepEqual(
    rowsOf(out).map(({ record, imported }) => [record, imported]),
    [
      [1, true],
      [2, true],
    ],
  )
  assert.equal(code, 0)
})

test('gateway send ends with 3 where a record was not imported, with 1 where the logon was refused', async () => {
  await writeFile(
    file,
    mrc([{ ...book(3003, 'Emma'), leader: '00000nz  a2200000n  4500' }, book(3004, 'Emma')]),
  )
  const some = await accession([
    ...to,
    '--password',
    secrets.get('NZ') ?? '',
    '--dialect',
    'decimal',
    '--no-nul',
  ])
  assert.equal(some.code, 3)
  assert.match(some.out, /Import Failed: NOT_A_BIB/)
  const refused = await accession([...to, '--password', 'wrong'])
  assert.equal(refused.code, 1)
})

test('gateway send says what Connexion says where nobody answers', async () => {
  const vacant = createServer().listen(0, '127.0.0.1')
  await once(vacant, 'listening')
  const place = vacant.address()
  vacant.close()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  await once(connect(port, '127.0.0.1'), 'error')
  const { code, out } = await accession(['gateway', 'send', file, '--port', String(port), '--retries', '1'])
  assert.equal(code, 1)
  assert.match(out, /The local system has closed the connection, retries exceeded\./)
})
