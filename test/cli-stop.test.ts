import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { commandLine } from './command.ts'
import { book, mrc } from './jobs.ts'

/*
 * What ends a command before its work is done, and what stands then.
 */

const { run, json, start, write, hold, dataDir, folder } = await commandLine()

const count = 3000
await write('shelf.mrc', mrc(Array.from({ length: count }, (_, at) => book(at + 1, `Title ${at + 1}`))))
const toNz = ['--zone', 'NZ', '--profile', 'repository']

type Summary = { job: number; status: string; outcomes: { created: number; unchanged: number } }
type JobRow = { job: number; status: string; done: number }

const newestJob = async () => ((await json(['job', 'list', '--limit', '1'])) as JobRow[])[0]

test('A command starts and stops the database itself, and two at once share it', async () => {
  const [one, other] = await Promise.all([run(0, ['zone', 'list']), run(0, ['zone', 'list'])])
  assert.equal(one.stdout, other.stdout)
  await hold()
})

test('Ctrl-C cancels a job after the batch in hand; it goes on from there, and nothing is done twice', async () => {
  const command = start(['import', 'shelf.mrc', ...toNz, '--json'])
  await command.until('Job 1 in zone NZ')
  command.process.kill('SIGINT')
  const { code, stdout, stderr } = await command.ended
  assert.equal(code, 5, stdout + stderr)
  assert.match(stderr, /Cancelling after the batch in hand/)
  const cancelled = JSON.parse(stdout) as Summary
  assert.equal(cancelled.status, 'cancelled')
  assert.ok(cancelled.outcomes.created < count)
  const resumed = (await json(['job', 'resume', '1'])) as Summary
  assert.deepEqual([resumed.job, resumed.status, resumed.outcomes.created], [1, 'completed', count])
  assert.match((await run(1, ['job', 'resume', '1'])).stderr, /The job is complete\./)
})

test('A second Ctrl-C ends at once, and the job can be resumed', async () => {
  const command = start(['import', 'shelf.mrc', ...toNz])
  await command.until('Job 2 in zone NZ')
  command.process.kill('SIGINT')
  await command.until('Once more ends at once')
  command.process.kill('SIGINT')
  const { code } = await command.ended
  assert.equal(code, 5)
  const job = await newestJob()
  assert.equal(job?.job, 2)
  if (job?.status !== 'completed') {
    const resumed = (await json(['job', 'resume', '2'])) as Summary
    assert.equal(resumed.outcomes.unchanged, count)
  }
})

test('A job whose process was killed is resumed without waiting for its lease, and is cancelled at once', async () => {
  for (const then of ['resume', 'cancel'] as const) {
    const command = start(['import', 'shelf.mrc', ...toNz])
    await command.until(`Job ${then === 'resume' ? 3 : 4} in zone NZ`)
    command.process.kill('SIGKILL')
    await command.ended
    const job = String((await newestJob())?.job)
    const { status } = (await json(['job', then, job])) as Summary
    assert.equal(status, then === 'resume' ? 'completed' : 'cancelled')
  }
})

test('Everything holds after all that', async () => {
  assert.match((await run(0, ['verify'])).stdout, /rules checked, all hold\.\n$/)
  assert.equal((await run(0, ['dump', '--zone', 'NZ'])).stdout.split('\n').length - 1, count)
})

test('A data directory is served once; commands use it beside the server, and SIGTERM stops it', async () => {
  const first = start(['start', '--port', '0'])
  await first.until('Accession is at http://127.0.0.1:')
  const second = await run(1, ['start', '--port', '0'])
  assert.match(second.stderr, /is already served by process \d+\. Stop that one first/)
  assert.equal(second.stdout, '')
  const imported = (await json(['import', 'shelf.mrc', ...toNz])) as Summary
  assert.equal(imported.outcomes.unchanged, count)
  first.process.kill('SIGTERM')
  const { code, stdout } = await first.ended
  assert.equal(code, 0)
  assert.match(stdout, /^Accession is at http:\/\/127\.0\.0\.1:\d+\n$/)
})

test('Where the launcher is killed, the command ends as if it had been asked to', async () => {
  // Long enough that it cannot be done before the news of the death is there.
  await write(
    'long.mrc',
    mrc(Array.from({ length: 30_000 }, (_, at) => book(at + 10_001, `Volume ${at + 1}`))),
  )
  const program = fileURLToPath(new URL('../bin/accession.js', import.meta.url))
  const launcher = spawn(process.execPath, [program, 'import', 'long.mrc', ...toNz], {
    cwd: folder,
    env: { ...process.env, ACCESSION_DATA: dataDir },
    stdio: 'pipe',
  })
  let said = ''
  launcher.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.includes('in zone NZ')) launcher.kill('SIGKILL')
  })
  // The pipes are the command's too: they close when it has ended.
  await once(launcher, 'close')
  assert.match(said, /Cancelling after the batch in hand/)
  assert.equal((await newestJob())?.status, 'cancelled')
})
