import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventText, openEventStream } from './event-stream.ts'

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

test('an event is one line of JSON, whatever is in it', () => {
  assert.equal(
    eventText('job', { label: 'a\n\nevent: x' }),
    'event: job\ndata: {"label":"a\\n\\nevent: x"}\n\n',
  )
})

test('of the events of one key a slow client gets the latest alone', async () => {
  const stream = openEventStream()
  const filler = 'x'.repeat(100_000)
  stream.readable.read(0)
  await nextTurn()
  stream.send('filler', filler)
  for (let at = 1; at <= 500; at++) stream.send('job 1', `${at};`)
  stream.send('job 2', 'other;')
  let got = ''
  for await (const chunk of stream.readable) {
    got += String(chunk)
    if (got.endsWith('other;')) break
  }
  assert.equal(got.replace(filler, ''), '500;other;')
})

test('a client that takes nothing is closed before its events pile up', async () => {
  const stream = openEventStream()
  stream.readable.on('error', () => undefined)
  for (let at = 0; at < 5000 && !stream.readable.destroyed; at++) stream.send(`job ${at}`, 'x')
  assert.ok(stream.readable.destroyed)
})
