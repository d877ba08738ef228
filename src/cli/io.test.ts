import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { keptIo } from '../../test/kept-io.ts'
import { ReaderGone } from './io.ts'
import { marked } from './style.ts'

test('Marks in a title that would steer a terminal are shown by their numbers', async () => {
  const { io, said } = keptIo()
  await io.line('Emma\x1b]0;pwned\x07 \x9b2J / \x1b[31mred \u202egpj.exe\u2069')
  assert.equal(said.stdout, 'Emma⟦1B⟧]0;pwned⟦07⟧ ⟦9B⟧2J / ⟦1B⟧[31mred ⟦202E⟧gpj.exe⟦2069⟧\n')
})

test('Our own colours pass', async () => {
  const { io, said } = keptIo()
  await io.line(`${marked('\x1b[31m')}two\nlines${marked('\x1b[39m')}`)
  assert.equal(said.stdout, '\x1b[31mtwo\nlines\x1b[39m\n')
})

test('JSON says the same with marks that steer a terminal as escapes', async () => {
  const { io, said } = keptIo()
  const title = 'Emma \x1b[2J \x9b2J \u202eab\u202c'
  await io.json({ title })
  assert.doesNotMatch(said.stdout, /[\x1b\x9b\u202e\u202c]/)
  assert.deepEqual(JSON.parse(said.stdout), { title })
})

test('A line of progress is written over on a terminal, and what is said stands alone', () => {
  const { io, said } = keptIo({ isTTY: true })
  io.progress('Job 1: 250 of 1,000 records')
  io.say('Cancelling')
  assert.equal(said.stderr, '\r\x1b[KJob 1: 250 of 1,00…\r\x1b[KCancelling\n')
})

test('Without a terminal progress does not fill the log', () => {
  const { io, said } = keptIo()
  for (let done = 0; done < 100; done++) io.progress(`Job 1: ${done} records`)
  assert.equal(said.stderr, '')
})

test('A reader who has enough is told apart from a disk that is full', async () => {
  const failing = (code: string) =>
    new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error(code), { code }))
      },
    })
  const first = keptIo({ stdout: failing('EPIPE') })
  await first.io.line('one').catch(() => undefined)
  await assert.rejects(first.io.line('two'), ReaderGone)
  const second = keptIo({ stdout: failing('ENOSPC') })
  await second.io.line('one').catch(() => undefined)
  await assert.rejects(second.io.line('two'), { code: 'ENOSPC' })
})
