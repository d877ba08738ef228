import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { GatewayAnswer, GatewayRequest } from '../src/protocols/gateway/answer.ts'
import { sendRecords } from '../src/protocols/gateway/client.ts'
import { desktopHeader } from '../src/protocols/gateway/header.ts'
import type { GatewayEvent } from '../src/protocols/gateway/live.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import { openPeer, openTestGateway, type Peer } from './gateway-peer.ts'
import { recordOf } from './record-of.ts'

const zone = { code: 'NZ', name: 'Network Zone' }
const { bytes: emma } = encodeIso2709(recordOf('001 ocm1', '245 10 $a Emma'))
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const message = (password = 'good', logon = zone.code) =>
  text(
    desktopHeader([
      ['A', logon],
      ['P', password],
    ]),
  ) + text(emma)

/** Imports what has the right password. */
const guarded = ({ password }: GatewayRequest): GatewayAnswer =>
  password.reveal() === 'good'
    ? {
        kind: 'imported',
        outcome: 'created',
        zone,
        mmsId: '9915816',
        linked: null,
        title: '',
        oclcNumber: null,
        decision: { method: null, step: null, keys: [], rule: null },
        marks: [],
        replayed: false,
      }
    : { kind: 'failed', code: 'LOGON_FAILED' }

async function replyTo(peer: Peer, bytes: string): Promise<string> {
  peer.send(bytes)
  return (await peer.reply()) ?? ''
}

const isState = (state: string) => (event: GatewayEvent) =>
  event.kind === 'changed' && event.connection.state === state
const added = /^Added to /
const tooMany = /^Import Failed: Too many connections are open\n/

test('connections above the limit of one address are answered and closed; another address is served', async () => {
  await using gateway = await openTestGateway(guarded, { limits: { connectionsPerSource: 20 } })
  const first = await Promise.all(Array.from({ length: 20 }, () => openPeer(gateway.port)))
  const more = await Promise.all(Array.from({ length: 200 }, () => openPeer(gateway.port)))
  for (const peer of more) assert.match(await peer.closed(), tooMany)
  assert.equal(gateway.events.filter(({ kind }) => kind === 'turned-away').length, 200)
  assert.match(await replyTo(await openPeer(gateway.port, '127.0.0.2'), message()), added)
  for (const peer of first) peer.end()
  await gateway.seen(({ kind }) => kind === 'closed', 20)
  assert.match(await replyTo(await openPeer(gateway.port), message()), added)
})

test('connections above the limit in all are turned away, and those that are open go on', async () => {
  await using gateway = await openTestGateway(guarded, { limits: { connections: 2 } })
  const [one, two] = [await openPeer(gateway.port, '127.0.0.2'), await openPeer(gateway.port, '127.0.0.3')]
  assert.match(await (await openPeer(gateway.port, '127.0.0.4')).closed(), tooMany)
  assert.match(await replyTo(one, message()), added)
  assert.match(await replyTo(two, message()), added)
})

test('100 clients that drip are cut at their deadline, and a normal client is served meanwhile', async () => {
  await using gateway = await openTestGateway(guarded)
  const slow = await Promise.all(Array.from({ length: 100 }, () => openPeer(gateway.port)))
  const bytes = message()
  for (const peer of slow) peer.send(bytes.slice(0, 1))
  await gateway.seen(isState('receiving'), 100)
  for (let second = 0, at = 1; second < 28; second += 4, at++) {
    for (const peer of slow) peer.send(bytes.slice(at, at + 1))
    gateway.clock.advance(4000)
  }
  assert.match(await replyTo(await openPeer(gateway.port), bytes), added)
  gateway.clock.advance(2000)
  for (const peer of slow)
    assert.match((await peer.reply()) ?? '', /^Import Failed: The record did not arrive in time\n/)
  assert.equal(gateway.asked.length, 1)
})

test('a client that only sends blanks is idle, however many it sends', async () => {
  await using gateway = await openTestGateway(guarded)
  const peer = await openPeer(gateway.port)
  peer.send('  \r\n')
  await gateway.seen(({ kind }) => kind === 'opened')
  gateway.clock.advance(119_000)
  peer.send('  \r\n')
  gateway.clock.advance(1000)
  assert.equal(await peer.closed(), '')
})

test('random garbage imports nothing and ends no server', async () => {
  await using gateway = await openTestGateway(guarded)
  await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const peer = await openPeer(gateway.port)
      peer.send(randomBytes(1 + at * 37))
      peer.end()
      await peer.closed()
    }),
  )
  assert.equal(gateway.asked.length, 0)
  assert.match(await replyTo(await openPeer(gateway.port), message()), added)
})

test('a gigabyte without an end is refused after the limit, whatever it is made of', async () => {
  const gigabyte = 1024 ** 3
  for (const filling of ['A', ' ', '\r', '\0', '9', '\xff', '\x1e']) {
    await using gateway = await openTestGateway(guarded, { limits: { lingerBytes: 1024 * 1024 } })
    const piece = Buffer.alloc(64 * 1024, filling, 'latin1')
    const socket = connect({ port: gateway.port, host: '127.0.0.1' })
    let reply = ''
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    socket.on('data', (chunk: Uint8Array) => {
      reply += text(chunk)
    })
    socket.on('error', () => {})
    let sent = 0
    const pour = () => {
      while (sent < gigabyte && socket.writable) {
        sent += piece.length
        if (!socket.write(piece)) return void socket.once('drain', pour)
      }
    }
    socket.on('connect', pour)
    await closed
    assert.ok(sent < gigabyte / 10, `${JSON.stringify(filling)}: ${sent} bytes were taken`)
    await gateway.seen((event) => event.kind === 'answered' && event.answer.kind === 'failed')
    assert.equal(gateway.asked.length, 0)
    assert.match(reply, /^Import Failed: The record (could not be read|is too large)\n/)
  }
})

test('a source that holds too much unanswered is refused, and another one is not', async () => {
  await using gateway = await openTestGateway(guarded, { limits: { heldPerSource: 1000 } })
  const held = `99999cam a2200037 a 4500${' '.repeat(12)}\x1e${'x'.repeat(700)}`
  const first = await openPeer(gateway.port)
  first.send(held)
  await gateway.seen(isState('receiving'))
  const second = await openPeer(gateway.port)
  second.send(held)
  assert.match((await second.reply()) ?? '', tooMany)
  assert.match(await replyTo(await openPeer(gateway.port, '127.0.0.2'), message()), added)
})

test('wrong passwords in a row make their client wait, and the good client elsewhere is served', async () => {
  await using gateway = await openTestGateway(guarded)
  const replies = []
  for (let guess = 0; guess < 100; guess++)
    replies.push(await replyTo(await openPeer(gateway.port), message(`guess${guess}`)))
  const failed = replies.filter((reply) => reply.startsWith('Import Failed: Logon Failed--'))
  const waiting = replies.filter((reply) => reply.startsWith('Import Failed: Too many failed logons\n'))
  assert.deepEqual([failed.length, waiting.length], [5, 95])
  assert.equal(gateway.asked.length, 5)
  assert.match(await replyTo(await openPeer(gateway.port, '127.0.0.2'), message()), added)
  gateway.clock.advance(1000)
  assert.match(await replyTo(await openPeer(gateway.port), message()), added)
  assert.match(await replyTo(await openPeer(gateway.port), message()), added)
})

test('an unknown logon is made to wait as a known one is', async () => {
  const told: string[][] = []
  for (const logon of [zone.code, 'NOBODY']) {
    await using gateway = await openTestGateway(guarded)
    const replies = []
    for (let guess = 0; guess < 8; guess++)
      replies.push(await replyTo(await openPeer(gateway.port), message('guess', logon)))
    told.push(replies)
  }
  assert.deepEqual(told[0], told[1])
})

test('guesses sent all at once are tried one after the other, so that no more are tried', async () => {
  await using gateway = await openTestGateway(async (request) => {
    await new Promise(setImmediate)
    return guarded(request)
  })
  const peers = await Promise.all(Array.from({ length: 50 }, () => openPeer(gateway.port)))
  await Promise.all(peers.map((peer, guess) => replyTo(peer, message(`guess${guess}`))))
  assert.equal(gateway.asked.length, 5)
})

test('a stop in mid-import answers that record, takes no other, and closes', async () => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await using gateway = await openTestGateway(async (request) => {
    await released
    return guarded(request)
  })
  const idle = await openPeer(gateway.port)
  const busy = await openPeer(gateway.port)
  busy.send(message() + message())
  await gateway.handed(1)
  const stopped = gateway.server.stop()
  assert.equal(await idle.closed(), '')
  await assert.rejects(openPeer(gateway.port))
  release()
  assert.match((await busy.reply()) ?? '', added)
  assert.equal(await busy.closed(), '')
  await stopped
  assert.equal(gateway.asked.length, 1)
})

test('a stop does not wait for ever for an import that does not end: it is given up without a reply', async () => {
  const signals: AbortSignal[] = []
  await using gateway = await openTestGateway((_request, signal) => {
    signals.push(signal)
    return new Promise(() => {})
  })
  const peer = await openPeer(gateway.port)
  peer.send(message())
  await gateway.handed(1)
  const stopped = gateway.server.stop()
  gateway.clock.advance(20_000)
  await stopped
  assert.equal(await peer.closed(), '')
  assert.equal(signals[0]?.aborted, true)
})

test('a handler that throws is answered with a reference that its log has, and the connection goes on', async () => {
  let isBroken = true
  await using gateway = await openTestGateway((request) => {
    if (isBroken) throw new Error('a bug')
    return guarded(request)
  })
  const peer = await openPeer(gateway.port)
  const reply = await replyTo(peer, message())
  const fault = gateway.events.find((event) => event.kind === 'fault')
  assert.ok(fault?.kind === 'fault')
  assert.ok(reply.startsWith('Import Failed: An unexpected error\n') && reply.includes(fault.reference))
  isBroken = false
  assert.match(await replyTo(peer, message()), added)
})

test('a client that takes no replies is let go', async () => {
  const details = Array.from({ length: 500 }, () => 'x'.repeat(1000))
  await using gateway = await openTestGateway(() => ({
    kind: 'failed',
    code: 'INVALID',
    zone,
    title: '',
    oclcNumber: null,
    issue: null,
    decision: { method: null, step: null, keys: [], rule: null },
    existing: null,
    details,
  }))
  const socket = connect({ port: gateway.port, host: '127.0.0.1' })
  socket.pause()
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => {})
  const many = Buffer.from(message().repeat(1000), 'latin1')
  const pour = () => {
    while (socket.writable) if (!socket.write(many)) return void socket.once('drain', pour)
  }
  socket.on('connect', pour)
  // Time goes on only while the server is stuck on a reply.
  let answered = 0
  const moving = setInterval(() => {
    const now = gateway.events.length
    if (now === answered) gateway.clock.advance(30_000)
    answered = now
  }, 50)
  await closed
  clearInterval(moving)
  const others = gateway.events.filter((event) => event.kind === 'answered' && event.request === null)
  assert.deepEqual(others, [])
})

test('no event and no reply holds a password', async () => {
  const canary = 'canary-4711'
  await using gateway = await openTestGateway((request) => {
    if (request.logon === 'BUG') throw new Error('a bug')
    return guarded(request)
  })
  for (const bytes of [
    message(canary),
    message(canary, 'BUG'),
    `P${String.fromCharCode(64 + canary.length)}${canary}HELLO`,
    `P${canary.length}${canary}99999`,
    `${message(canary).slice(0, -1)}\0`,
  ]) {
    const peer = await openPeer(gateway.port)
    peer.send(bytes)
    peer.end()
    assert.ok(!(await peer.closed()).includes(canary))
  }
  const told = inspect(gateway.events, { depth: 9, showHidden: true, maxArrayLength: null })
  assert.ok(!told.includes(canary) && !JSON.stringify(gateway.events).includes(canary))
  assert.ok(told.includes('P•••'))
})

const openssl = spawnSync('openssl', ['version']).error ? 'openssl is not here' : false

test('a second port speaks TLS, with the same rules', { skip: openssl }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gateway-'))
  const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  execFileSync('openssl', ['req', '-x509', ...curve, ...name, '-keyout', keyFile, '-out', certFile], {
    stdio: 'ignore',
  })
  const [key, cert] = [readFileSync(keyFile, 'utf8'), readFileSync(certFile, 'utf8')]
  rmSync(dir, { recursive: true })

  await using gateway = await openTestGateway(guarded, { tls: { port: 0, key, cert } })
  const port = gateway.server.tlsPort
  assert.ok(port)
  const destination = { host: 'localhost', port, logon: zone.code, retries: 0 }
  const replies = []
  for await (const { reply } of sendRecords([emma, emma], {
    ...destination,
    password: secretOf('good'),
    tls: { ca: cert },
  }))
    replies.push(reply)
  assert.equal(replies.length, 2)
  for (const reply of replies) assert.match(reply ?? '', added)
  assert.ok(gateway.events.some((event) => event.kind === 'opened' && event.connection.secure))

  for await (const { trouble } of sendRecords([emma], { ...destination, tls: {} }))
    assert.match(trouble ?? '', /certificate/)
  const plain = await openPeer(port)
  plain.send(message())
  await plain.closed()
  assert.equal(gateway.asked.length, 2)
})
