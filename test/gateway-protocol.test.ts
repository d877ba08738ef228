import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { encodeIso2709 } from '../src/marc/iso2709/encode.ts'
import type { MarcRecord } from '../src/marc/record.ts'
import type { GatewayAnswer, GatewayRequest, Imported } from '../src/protocols/gateway/answer.ts'
import { retriesExceeded, type SendOptions, sendRecords } from '../src/protocols/gateway/client.ts'
import { decimalHeader, desktopHeader } from '../src/protocols/gateway/header.ts'
import type { GatewayEvent } from '../src/protocols/gateway/live.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import { openPeer, openTestGateway, type TestGateway } from './gateway-peer.ts'
import { recordOf } from './record-of.ts'

const zone = { code: '01CARLI_NETWORK', name: 'Network Zone' }
const decision = { method: 'oclc', step: null, keys: [], rule: null }

/** A record as it goes over the wire. */
const marc = (...lines: readonly string[]) => encodeIso2709(recordOf(...lines)).bytes
const emma = marc('001 ocm1', '245 10 $a Emma')
const persuasion = marc('001 ocm2', '245 10 $a Persuasion')
const lady = marc('001 ocm3', '245 10 $a Lady Susan')

const text = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const desktop = (...fields: readonly (readonly [string, string])[]) => text(desktopHeader(fields))
const decimal = (...fields: readonly (readonly [string, string])[]) => text(decimalHeader(fields))
const logon = desktop(['A', zone.code], ['P', 's3cr3t!'])

const imported = (mmsId: string, more: Partial<Imported> = {}): Imported => ({
  kind: 'imported',
  outcome: 'created',
  zone,
  mmsId,
  linked: null,
  title: '',
  oclcNumber: null,
  decision,
  marks: [],
  replayed: false,
  ...more,
})

/** A catalogue of the test's own: a record that came before gets its number again. */
function catalogue(): (request: GatewayRequest) => GatewayAnswer {
  const numbers = new Map<string, string>()
  return ({ record }) => {
    const hash = createHash('sha256').update(record).digest('hex')
    const known = numbers.get(hash)
    const mmsId = known ?? `99${numbers.size + 1}5816`
    numbers.set(hash, mmsId)
    return imported(mmsId, { replayed: known !== undefined })
  }
}

const mmsIdIn = (reply: string | null) => /^MMS ID: (\d+)$/m.exec(reply ?? '')?.[1] ?? null

/** What the handler was asked, as `[user, logon, password]` and the record. */
const askedOf = ({ asked }: TestGateway) =>
  asked.map(({ user, logon: sentLogon, password, record }) => [user, sentLogon, password.reveal(), record])

const isState = (state: string) => (event: GatewayEvent) =>
  event.kind === 'changed' && event.connection.state === state
const isAnswer = (event: GatewayEvent) => event.kind === 'answered'

/** Sends bytes on a new connection, takes a reply, and gives it with what the handler was asked. */
async function exchange(bytes: string) {
  await using gateway = await openTestGateway(catalogue())
  const peer = await openPeer(gateway.port)
  peer.send(bytes)
  const reply = await peer.reply()
  peer.end()
  assert.equal(await peer.closed(), '', 'one reply, and nothing after its NUL')
  return { reply, asked: askedOf(gateway) }
}

async function sent(
  gateway: TestGateway,
  records: readonly Uint8Array[],
  options: Partial<SendOptions> = {},
) {
  const results = []
  const destination = {
    host: '127.0.0.1',
    port: gateway.port,
    user: '100123456',
    logon: zone.code,
    password: secretOf('s3cr3t!'),
  }
  for await (const result of sendRecords(records, { ...destination, ...options })) results.push(result)
  return results
}

test('1: desktop dialect, U and A and P and NUL', async () => {
  const header = desktop(['U', '100123456'], ['A', zone.code], ['P', 's3cr3t!'])
  assert.equal(header, 'UI100123456AO01CARLI_NETWORKPGs3cr3t!')
  const { reply, asked } = await exchange(`${header}${text(emma)}\0`)
  assert.equal(mmsIdIn(reply), '9915816')
  assert.deepEqual(asked, [['100123456', zone.code, 's3cr3t!', emma]])
})

test('2: A and P only; U is the logon where A is empty', async () => {
  assert.deepEqual((await exchange(`${logon}${text(emma)}\0`)).asked, [['', zone.code, 's3cr3t!', emma]])
  const asUser = desktop(['U', zone.code], ['A', ''], ['P', 'x'])
  assert.deepEqual((await exchange(asUser + text(emma))).asked, [[zone.code, zone.code, 'x', emma]])
})

test('3: blanks between fields and no NUL: the reply does not wait, and the connection stays open', async () => {
  await using gateway = await openTestGateway(catalogue())
  const peer = await openPeer(gateway.port)
  peer.send(` UI100123456 ACcat PBpw ${text(emma)}`)
  assert.equal(mmsIdIn(await peer.reply()), '9915816')
  peer.send(text(persuasion))
  assert.equal(mmsIdIn(await peer.reply()), '9925816')
  assert.deepEqual(askedOf(gateway), [
    ['100123456', 'cat', 'pw', emma],
    ['100123456', 'cat', 'pw', persuasion],
  ])
})

test('4: decimal lengths, and "A0" for an empty value', async () => {
  const { asked } = await exchange(`U7catuserA0P4pass${text(emma)}\0`)
  assert.deepEqual(asked, [['catuser', 'catuser', 'pass', emma]])
})

test('5: decimal lengths and a password that begins with a digit', async () => {
  const { asked } = await exchange(`${decimal(['A', zone.code], ['P', '9secret'])}${text(emma)}`)
  assert.deepEqual(asked, [['', zone.code, '9secret', emma]])
})

test('6: a length octet above 0x7F', async () => {
  const key = 'k'.repeat(100)
  assert.deepEqual((await exchange(desktop(['A', key]) + text(emma))).asked, [['', key, '', emma]])
})

test('7: raw MARC, without a logon', async () => {
  assert.deepEqual((await exchange(text(emma))).asked, [['', '', '', emma]])
})

test('8: telnet negotiation before raw MARC', async () => {
  await using gateway = await openTestGateway(catalogue())
  const [result] = await sent(gateway, [emma], { dialect: 'raw', telnet: true, nul: false })
  assert.equal(mmsIdIn(result?.reply ?? null), '9915816')
  assert.deepEqual(askedOf(gateway), [['', '', '', emma]])
})

test('9: one byte a segment', async () => {
  await using gateway = await openTestGateway(catalogue())
  for (const dialect of ['desktop', 'decimal'] as const)
    await sent(gateway, [emma], { dialect, drip: { bytes: 1, ms: 0 } })
  const whole = ['100123456', zone.code, 's3cr3t!', emma]
  assert.deepEqual(askedOf(gateway), [whole, whole])
})

test('10: three records on one connection, the header with the first alone', async () => {
  await using gateway = await openTestGateway(catalogue())
  const results = await sent(gateway, [emma, persuasion, lady])
  assert.deepEqual(
    results.map(({ reply }) => mmsIdIn(reply)),
    ['9915816', '9925816', '9935816'],
  )
  const who = ['100123456', zone.code, 's3cr3t!']
  assert.deepEqual(askedOf(gateway), [
    [...who, emma],
    [...who, persuasion],
    [...who, lady],
  ])
  await gateway.seen(({ kind }) => kind === 'closed')
  assert.equal(gateway.events.filter(({ kind }) => kind === 'opened').length, 1)
})

test('11: the header with every record replaces the one before', async () => {
  await using gateway = await openTestGateway(catalogue())
  await sent(gateway, [emma, persuasion], { repeatHeader: true })
  const who = ['100123456', zone.code, 's3cr3t!']
  assert.deepEqual(askedOf(gateway), [
    [...who, emma],
    [...who, persuasion],
  ])
})

test('12: records in one segment are imported one after the other and answered in order', async () => {
  let atOnce = 0
  let most = 0
  await using gateway = await openTestGateway(async ({ record }) => {
    most = Math.max(most, ++atOnce)
    await new Promise(setImmediate)
    atOnce--
    return imported(String(record.length))
  })
  const records = [emma, persuasion, lady, emma]
  const results = await sent(gateway, records, { pipelined: true })
  assert.deepEqual(
    results.map(({ reply }) => mmsIdIn(reply)),
    records.map(({ length }) => String(length)),
  )
  assert.equal(most, 1)
})

test('13: garbage is answered as such and imports nothing', async () => {
  for (const garbage of [
    'HELLO\0',
    'GET / HTTP/1.0\r\n\r\n',
    '\x16\x03\x01\x02\x00',
    `${logon}HELLO`,
    `${logon}\0`,
  ]) {
    const { reply, asked } = await exchange(garbage)
    assert.match(reply ?? '', /^Import Failed: The record could not be read\n/)
    assert.ok(!reply?.includes('s3cr3t'))
    assert.deepEqual(asked, [])
  }
})

test('14: a length in the leader that is wrong imports nothing', async () => {
  const withLength = (length: number) => String(length).padStart(5, '0') + text(emma).slice(5)
  const mismatch = /^Import Failed: record length mismatch\n/
  const short = await exchange(logon + withLength(emma.length - 1))
  assert.match(short.reply ?? '', mismatch)
  const unterminated = await exchange(`${logon}${text(emma).slice(0, -1)}\0`)
  assert.match(unterminated.reply ?? '', mismatch)
  assert.deepEqual([...short.asked, ...unterminated.asked], [])

  await using gateway = await openTestGateway(catalogue())
  const long = await openPeer(gateway.port)
  long.send(logon + withLength(emma.length + 100))
  await gateway.seen(isState('receiving'))
  gateway.clock.advance(2000)
  assert.match((await long.reply()) ?? '', mismatch)
  await long.closed()

  const cut = await openPeer(gateway.port)
  cut.send(logon + text(emma).slice(0, -1))
  await gateway.seen(isState('receiving'), 2)
  gateway.clock.advance(2000)
  gateway.clock.advance(28_000)
  assert.match((await cut.reply()) ?? '', /^Import Failed: The record did not arrive in time\n/)
  await cut.closed()
  assert.deepEqual(gateway.asked, [])
})

test('15: "00000" is a goodbye: no reply, and the connection closes', async () => {
  assert.deepEqual(await exchange('00000'), { reply: null, asked: [] })
  await using gateway = await openTestGateway(catalogue())
  const peer = await openPeer(gateway.port)
  peer.send(`${logon}${text(emma)}\x0000000`)
  assert.equal(mmsIdIn(await peer.reply()), '9915816')
  assert.equal(await peer.closed(), '')
})

test('16: a NUL alone or a FIN alone is answered with nothing', async () => {
  await using gateway = await openTestGateway(catalogue())
  const fin = await openPeer(gateway.port)
  fin.end()
  assert.equal(await fin.closed(), '')

  const nul = await openPeer(gateway.port)
  nul.send('\0')
  await gateway.seen(({ kind }) => kind === 'opened', 2)
  // Moved again and again, since nothing tells when the byte has come; it would be idle for far longer.
  const moving = setInterval(() => gateway.clock.advance(500), 1)
  assert.equal(await nul.closed(), '')
  clearInterval(moving)
  assert.deepEqual(gateway.asked, [])
})

test('a client that closes its sending half still gets its reply', async () => {
  await using gateway = await openTestGateway(catalogue())
  const peer = await openPeer(gateway.port)
  peer.send(`${logon}${text(emma)}`)
  peer.end()
  assert.equal(mmsIdIn(await peer.reply()), '9915816')
})

test('17: a client that vanishes before its reply leaves the import to its end and harms nobody', async () => {
  const answers = catalogue()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await using gateway = await openTestGateway(async (request) => {
    if (request.record.length === emma.length) await released
    return answers(request)
  })
  const peer = await openPeer(gateway.port)
  peer.send(`${logon}${text(emma)}\0`)
  await gateway.seen(isState('importing'))
  peer.vanish()
  const [other] = await sent(gateway, [persuasion], { logon: 'OTHER' })
  assert.equal(mmsIdIn(other?.reply ?? null), '9915816')
  release()
  await gateway.seen(isAnswer, 2)
  await gateway.seen(({ kind }) => kind === 'closed', 2)
})

test('18: the same record sent again asks for the same bytes and gets the same MMS ID', async () => {
  const answers = catalogue()
  await using gateway = await openTestGateway(answers)
  const lost = await openPeer(gateway.port)
  lost.send(`${logon}${text(emma)}\0`)
  await gateway.seen(isAnswer)
  lost.vanish()
  const [again] = await sent(gateway, [emma])
  assert.equal(mmsIdIn(again?.reply ?? null), '9915816')
  assert.match(again?.reply ?? '', /nothing was done a second time/)
  assert.deepEqual(gateway.asked[0]?.record, gateway.asked[1]?.record)
})

test('19: MARC-8 with diacritics and East Asian characters comes through octet for octet', async () => {
  const record: MarcRecord = recordOf(
    '001 ocm4',
    '245 10 $6 880-01 $a Cafe\u0301',
    '880 10 $6 245-01/$1 $a 東京',
  )
  const { bytes } = encodeIso2709(record, { marc8: true })
  assert.ok(bytes.includes(0xe2) && bytes.includes(0x1b))
  assert.equal(bytes[9], 0x20)
  assert.deepEqual((await exchange(`${logon}${text(bytes)}\0`)).asked[0]?.[3], bytes)
})

test('20: a record of 99,999 octets', async () => {
  const filled = (last: number) => {
    const lines = Array.from({ length: 10 }, () => `500    $a ${'x'.repeat(9000)}`)
    return marc(...lines, `500    $a x${'x'.repeat(last)}`)
  }
  const largest = filled(99_999 - filled(0).length)
  assert.equal(largest.length, 99_999)
  assert.deepEqual((await exchange(`${logon}${text(largest)}\0`)).asked[0]?.[3], largest)
})

test('21: a wrong password, an unknown logon and a forbidden address read alike; no profile is named', async () => {
  await using gateway = await openTestGateway(({ logon: sentLogon, password }) => {
    if (sentLogon === 'UNPROFILED')
      return { kind: 'failed', code: 'NO_INTEGRATION_PROFILE', zone: { code: 'UNPROFILED', name: '' } }
    if (sentLogon === 'ELSEWHERE') return { kind: 'failed', code: 'ADDRESS_NOT_ALLOWED' }
    if (sentLogon !== zone.code || password.reveal() !== 's3cr3t!')
      return { kind: 'failed', code: 'LOGON_FAILED' }
    return imported('9915816')
  })
  const reply = async (options: Partial<SendOptions>) =>
    (await sent(gateway, [emma], options))[0]?.reply ?? ''
  const failed = await reply({ password: secretOf('S3CR3T!') })
  assert.match(failed, /^Import Failed: Logon Failed--the Logon ID and\/or password is\/are not valid\n/)
  assert.equal(await reply({ logon: 'NOBODY' }), failed)
  assert.equal(await reply({ logon: 'ELSEWHERE' }), failed)
  assert.match(
    await reply({ logon: 'UNPROFILED' }),
    /^Import Failed: No integration profile found for institution UNPROFILED\n/,
  )
  assert.equal(mmsIdIn(await reply({})), '9915816')
})

test('22: an import that outlasts the client is not begun twice by us, and the retry gets its MMS ID', async () => {
  const answers = catalogue()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await using gateway = await openTestGateway(async (request) => {
    await released
    return answers(request)
  })
  const impatient = sent(gateway, [emma], { timeoutMs: 50, retries: 0 })
  assert.equal((await impatient)[0]?.reply, null)
  const retried = sent(gateway, [emma])
  await gateway.seen(isState('importing'), 2)
  release()
  assert.equal(mmsIdIn((await retried)[0]?.reply ?? null), '9915816')
})

test('22: before the client gives up, an import that does not end is answered and its signal aborts', async () => {
  let aborted = false
  await using gateway = await openTestGateway(
    (_request, signal) =>
      new Promise((resolve) =>
        signal.addEventListener('abort', () => {
          aborted = true
          resolve({ kind: 'failed', code: 'DATABASE_AWAY' })
        }),
      ),
  )
  const peer = await openPeer(gateway.port)
  peer.send(`${logon}${text(emma)}`)
  await gateway.handed(1)
  gateway.clock.advance(90_000)
  assert.match((await peer.reply()) ?? '', /^Import Failed: The import took too long\n/)
  assert.equal(aborted, true)
  assert.equal(await peer.closed(), '')
})

test('23: with 200 idle connections open a real export gets its reply', async () => {
  await using gateway = await openTestGateway(catalogue())
  const idle = await Promise.all(Array.from({ length: 200 }, () => openPeer(gateway.port)))
  const [result] = await sent(gateway, [emma])
  assert.equal(mmsIdIn(result?.reply ?? null), '9915816')
  assert.equal(gateway.server.connections().filter(({ state }) => state === 'idle').length >= 200, true)
  gateway.clock.advance(120_000)
  for (const peer of idle) assert.equal(await peer.closed(), '')
})

test('24: an authority record is answered with its code', async () => {
  await using gateway = await openTestGateway(({ record }) => ({
    kind: 'failed',
    code: 'NOT_A_BIB',
    zone,
    title: '',
    oclcNumber: null,
    issue: null,
    decision,
    existing: null,
    details: [`leader/06 is ${String.fromCharCode(record[6] ?? 0)}`],
  }))
  const authority = marc('LDR 00000nz  a2200000n  4500', '001 n1', '100 1  $a Austen, Jane')
  const [result] = await sent(gateway, [authority])
  assert.match(result?.reply ?? '', /^Import Failed: NOT_A_BIB\n/)
  assert.match(result?.reply ?? '', /leader\/06 is z/)
})

test('the list of connections shows who is there and what came of the last record, as events do', async () => {
  await using gateway = await openTestGateway(catalogue())
  const peer = await openPeer(gateway.port)
  peer.send(`${desktop(['U', '100'], ['A', `${zone.code}/anna`], ['P', 's3cr3t!'])}${text(emma)}`)
  await peer.reply()
  const [connection] = gateway.server.connections()
  assert.ok(connection)
  const { address, secure, state, user, logon: shownLogon, answered, last } = connection
  assert.deepEqual(
    { address, secure, state, user, shownLogon, answered, last },
    {
      address: '127.0.0.1',
      secure: false,
      state: 'idle',
      user: '100',
      shownLogon: `${zone.code}/anna`,
      answered: 1,
      last: 'created',
    },
  )
  const answered1 = gateway.events.find((event) => event.kind === 'answered')
  assert.ok(answered1?.kind === 'answered')
  assert.deepEqual(answered1.request, {
    user: '100',
    logon: `${zone.code}/anna`,
    header: 'UC100AT01CARLI_NETWORK/annaP•••',
    bytes: emma.length,
  })
  peer.end()
  await gateway.seen(({ kind }) => kind === 'closed')
  assert.deepEqual(gateway.server.connections(), [])
})

test('where nothing answers, the client says its own words after its retries', async () => {
  const gateway = await openTestGateway(catalogue())
  await gateway[Symbol.asyncDispose]()
  const [result] = await sent(gateway, [emma], { retries: 2 })
  assert.equal(result?.reply, null)
  assert.equal(result?.attempts, 3)
  assert.equal(retriesExceeded, 'The local system has closed the connection, retries exceeded.')
})

test('the client sends again what had no reply, and only that', async () => {
  const answers = catalogue()
  let drops = 1
  await using gateway = await openTestGateway((request) => {
    const answer = answers(request)
    if (request.record.length === persuasion.length && drops-- > 0)
      return { kind: 'failed', code: 'TIMED_OUT', during: 'importing', seconds: 1 }
    return answer
  })
  const results = await sent(gateway, [emma, persuasion, lady], { pipelined: true })
  assert.deepEqual(
    results.map(({ index, reply, attempts }) => [index, mmsIdIn(reply), attempts]),
    [
      [0, '9915816', 1],
      [1, null, 1],
      [2, '9935816', 2],
    ],
  )
})

test('each trap of the client changes what is sent, and the gateway answers each', async () => {
  await using gateway = await openTestGateway(catalogue())
  const reply = async (options: Partial<SendOptions>) =>
    (await sent(gateway, [emma], options))[0]?.reply ?? ''
  assert.equal(mmsIdIn(await reply({ blanks: true, nul: false, dialect: 'decimal' })), '9915816')
  assert.match(await reply({ lengthOff: -1 }), /record length mismatch/)
  assert.match(await reply({ unterminated: true }), /record length mismatch/)
  const long = reply({ lengthOff: 50, nul: false })
  await gateway.seen(isState('receiving'))
  gateway.clock.advance(2000)
  assert.match(await long, /record length mismatch/)
  assert.equal((await sent(gateway, [emma, persuasion], { reconnect: true })).length, 2)
})
