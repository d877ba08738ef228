import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { IntegrationSettings } from '../src/import/integration-profile.ts'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/*
 * The gateway on the command line: a server, and commands beside it. The tests follow each other.
 */

const { folder, run, json, jsonLines, start, write } = await commandLine()

/** A port that nobody listens on. */
async function vacantPort(): Promise<number> {
  const vacant = createServer().listen(0, '127.0.0.1')
  await once(vacant, 'listening')
  const place = vacant.address()
  vacant.close()
  return typeof place === 'object' && place !== null ? place.port : 0
}

const port = await vacantPort()
const server = start(['start', '--port', '0', '--gateway-port', String(port)])
await server.until(`The OCLC gateway listens on 127.0.0.1, port ${port}.`)
after(async () => {
  server.process.kill('SIGTERM')
  await server.ended
})

type Row = { record: number; imported: boolean; reply: string | null; trouble: string | null }
type Exported = {
  export: number
  sent_by: string
  outcome: string | null
  code: string | null
  mms_id: string | null
  title: string
  issue: number | null
}

const toNz = (file: string) => ['gateway', 'send', file, '--port', String(port), '--logon', 'NZ/maria']
const send = async (file: string, code: number, more: readonly string[] = []) =>
  (await jsonLines([...toNz(file), '--password', secret, ...more], code)) as Row[]

await write('novels.mrc', mrc([book(1, 'Emma'), book(2, 'Persuasion')]))
await write('brief.mrc', mrc([{ ...book(1, 'Emma, brief'), leader: '00000nam a22000007i 4500' }]))
await write(
  'mixed.mrc',
  mrc([{ ...book(3, 'Austen'), leader: '00000nz  a2200000n  4500' }, book(4, 'Sanditon')]),
)

const applied = (await json(['integration-profile', 'apply', '--zone', 'NZ'])) as { secret: string }
let { secret } = applied

test('integration-profile apply lets a zone take exports, and tells its secret once', async () => {
  const again = (await json(['integration-profile', 'apply', '--zone', 'NZ'])) as {
    secret: null
    version: number
  }
  assert.deepEqual([again.secret, again.version], [null, 1], 'the same again is no new version')
  const [listed, ...others] = (await json(['integration-profile', 'list'])) as {
    zone: string
    active: boolean
  }[]
  assert.deepEqual([listed?.zone, listed?.active, others.length], ['NZ', true, 0])
  const { stdout } = await run(0, [
    'integration-profile',
    'show',
    '--zone',
    'NZ',
    '--host',
    'gateway.example.org',
  ])
  assert.match(stdout, /Host Name +gateway\.example\.org/)
  assert.match(stdout, /Login ID +NZ/)
  assert.ok(!stdout.includes(secret))
})

test('gateway send sends every record of a file, and prints what came back', async () => {
  const { stdout } = await run(0, [...toNz('novels.mrc'), '--password', '-', '--json'], {
    input: `${secret}\n`,
  })
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  assert.deepEqual(
    rows.map(({ record, imported }) => [record, imported]),
    [
      [1, true],
      [2, true],
    ],
  )
})

test('gateway send ends with 3 where a record was not imported, with 1 where the client was not let in', async () => {
  const some = await send('mixed.mrc', 3, ['--dialect', 'decimal', '--no-nul'])
  assert.deepEqual(
    some.map(({ imported }) => imported),
    [false, true],
  )
  await run(1, [...toNz('mixed.mrc'), '--password', 'wrong'])
  await run(1, [
    'gateway',
    'send',
    'mixed.mrc',
    '--port',
    String(port),
    '--logon',
    'IZ',
    '--password',
    secret,
  ])
})

test('gateway send says what Connexion says where nobody answers', async () => {
  const nobody = String(await vacantPort())
  const { stdout } = await run(1, ['gateway', 'send', 'novels.mrc', '--port', nobody, '--retries', '1'])
  assert.match(stdout, /The local system has closed the connection, retries exceeded\./)
})

test('gateway send refuses a file that is none of its records, and sends its bytes where it is told to', async () => {
  await write('notes.txt', 'HELLO')
  await run(1, [...toNz('notes.txt'), '--password', secret])
  const [answer] = await send('notes.txt', 3, ['--whole', '--dialect', 'raw'])
  assert.match(answer?.reply ?? '', /^Import Failed: The record could not be read/)
})

test('exports are listed and shown, and a failed one is settled as an issue', async () => {
  await send('brief.mrc', 3)
  const [last, ...before] = (await json(['gateway', 'exports', '--person', 'maria'])) as Exported[]
  assert.deepEqual([last?.code, last?.title, last?.sent_by], ['NOT_ADDED_BRIEF', 'Emma, brief', 'maria'])
  assert.deepEqual(
    before.map(({ title, outcome }) => [title, outcome]),
    [
      ['Sanditon', 'created'],
      ['Austen', 'rejected'],
      ['Persuasion', 'created'],
      ['Emma', 'created'],
    ],
  )
  const id = String(last?.export)
  const shown = await run(0, ['gateway', 'show', id])
  assert.match(shown.stdout, /Import Failed: NOT_ADDED_BRIEF/)
  const { stdout } = await run(0, ['gateway', 'show', id, '--raw'])
  assert.equal(stdout, (await readFile(join(folder, 'brief.mrc'))).toString())

  const [issue] = (await json(['issue', 'list', '--zone', 'NZ'])) as {
    issue: number
    export: number
    job: null
  }[]
  assert.deepEqual([issue?.issue, issue?.export, issue?.job], [last?.issue, last?.export, null])
  assert.match(
    (await run(0, ['issue', 'show', String(issue?.issue)])).stdout,
    new RegExp(`export ${id} of the gateway`),
  )
  await run(0, ['issue', 'resolve', String(issue?.issue), '--as', 'merge'])
  assert.deepEqual(await json(['issue', 'list', '--zone', 'NZ']), [])
  assert.deepEqual(await json(['gateway', 'exports', '--failed', '--limit', '1']), [last])
})

test('what integration-profile show prints is what apply takes; a faulty one is refused with every fault', async () => {
  const settings = (await json(['integration-profile', 'show', '--zone', 'NZ'])) as IntegrationSettings
  await write('closed.json', JSON.stringify({ ...settings, profile: { ...settings.profile, active: false } }))
  await run(0, ['integration-profile', 'apply', 'closed.json', '--zone', 'NZ'])
  const [answer] = await send('novels.mrc', 1)
  assert.match(answer?.reply ?? '', /^Import Failed: No integration profile found for institution NZ/)
  await write('open.json', JSON.stringify(settings))
  await run(0, ['integration-profile', 'apply', 'open.json', '--zone', 'NZ'])
  await write('faulty.json', JSON.stringify({ ...settings, logon: 'NZ/maria', addresses: ['nowhere'] }))
  const { stderr } = await run(1, ['integration-profile', 'apply', 'faulty.json', '--zone', 'NZ'])
  assert.match(stderr, /logon must be.*\n.*addresses\[0\] nowhere is no IP address or network/)
})

test('integration-profile secret makes a new one, and the old one is refused', async () => {
  const old = secret
  secret = (await run(0, ['integration-profile', 'secret', '--zone', 'NZ'])).stdout.trim()
  assert.notEqual(secret, old)
  await run(1, [...toNz('novels.mrc'), '--password', old])
  await send('novels.mrc', 0)
})
