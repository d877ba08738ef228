import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { keptIo } from '../../test/kept-io.ts'
import { ReaderGone } from './io.ts'

test('Marks in a title that would steer a terminal are shown as unreadable', async () => {
  const { io, said } = keptIo()
  await io.line('Emma\x1b]0;pwned\x07 \x9b2J / \x1b[31mred\x1b[39m')
  assert.equal(said.stdout, 'Emma\ufffd]0;pwned\ufffd \ufffd2J / \x1b[31mred\x1b[39m\n')
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
