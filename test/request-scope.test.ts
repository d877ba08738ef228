import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { addZone, getZone } from '../src/catalog/zone.ts'
import { connect } from '../src/db/database.ts'
import { beyondScope, keepScope, type Scope, withinScope } from '../src/db/scope.ts'
import { simulateInProcess } from '../src/import/explain-process.ts'
import { saveProfile } from '../src/import/profile.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import type { Role } from '../src/people/roles.ts'
import { beginSession } from '../src/people/session.ts'
import { shippedConnexionProfile } from '../src/rules/profiles.ts'
import { guardRoutes } from '../src/server/access.ts'
import { type App, buildApp } from '../src/server/app.ts'
import { askOf } from './asking.ts'
import { addBib, record } from './catalogue.ts'
import { testServer } from './server.ts'

/*
 * What holds a request to its zones goes with it, wherever it leads: through transactions, streams, processes,
 * and connections that serve others before and after.
 */

const { db, context } = await testServer()
await addZone(db, { code: 'OTHER', kind: 'institution', name: 'Other', suffix: '5802', network: 'NZ' })
const iz = (await getZone(db, 'IZ')).zoneId
const other = (await getZone(db, 'OTHER')).zoneId
const scopeOfZone = (zone: number): Scope => ({ catalogue: [zone], own: [zone], changed: [zone] })
const izAlone = scopeOfZone(iz)
const otherAlone = scopeOfZone(other)
for (const code of ['IZ', 'OTHER']) await addBib(db, code, record('245 10 $a Emma'))
const networkBib = await addBib(db, 'NZ', record('245 10 $a Persuasion'))

type Row = { readonly zone: number }
const bibs = `select zone_id as zone from bib order by zone_id`
const zonesOf = (rows: readonly Row[]) => rows.map(({ zone }) => zone)

async function cookieOf(role: Role, zone: number): Promise<string> {
  const id = await addPerson(db, { login: `${role}.${zone}`, name: `${role} of ${zone}` }, null)
  await db.transaction((tx) => giveRoles(tx, id, zone, [role], null))
  return `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
}

const izCookie = await cookieOf('cataloger', iz)
const otherCookie = await cookieOf('cataloger', other)
const password = { ...context, signIn: { by: 'password' } } as const

/** A server of one route, which forgets its zone, on connections of its own. */
async function forgetful(max: number): Promise<App & AsyncDisposable> {
  const own = connect(db.address, { max, refuseStrayQueries: true })
  const requests = own.forRequests()
  const app: App = fastify().withTypeProvider<TypeBoxTypeProvider>()
  guardRoutes(app, { ...password, db: own })
  const config = { access: 'signed-in' } as const
  app.post('/api/forgetful', { config }, async () => {
    const first = await requests.query<Row>(bibs)
    const second = await requests.transaction((tx) => tx.query<Row>(bibs))
    return [zonesOf(first), zonesOf(second)]
  })
  app.get('/api/flowing', { config }, (_request, reply) => {
    async function* lines(): AsyncGenerator<string> {
      for (let times = 0; times < 200; times++) {
        for (const { zone } of await requests.query<Row>(bibs)) yield `${String(zone).repeat(2000)}\n`
      }
    }
    return reply.type('text/plain').send(Readable.from(keepScope(lines())))
  })
  app.addHook('onClose', () => own.close())
  return Object.assign(app, { [Symbol.asyncDispose]: () => app.close() })
}

test('a route that forgets its zone gives those alone whose catalogue is seen', async () => {
  await using app = await forgetful(10)
  const network = (await getZone(db, 'NZ')).zoneId
  for (const [cookie, zone] of [
    [izCookie, iz],
    [otherCookie, other],
  ] as const) {
    // The body is read before, which must not lose whose request it is.
    const reply = await app.inject({
      method: 'POST',
      url: '/api/forgetful',
      headers: { cookie },
      payload: { text: 'x'.repeat(100_000) },
    })
    const seen = [network, zone].toSorted((a, b) => a - b)
    assert.deepEqual(reply.json(), [seen, seen])
  }
})

test('requests at once on one connection do not mix', async () => {
  await using app = await forgetful(1)
  const network = (await getZone(db, 'NZ')).zoneId
  const asked = Array.from({ length: 40 }, async (_, at) => {
    const [cookie, zone] = at % 2 === 0 ? ([izCookie, iz] as const) : ([otherCookie, other] as const)
    const reply = await app.inject({
      method: 'POST',
      url: '/api/forgetful',
      headers: { cookie },
      payload: {},
    })
    const seen = [network, zone].toSorted((a, b) => a - b)
    assert.deepEqual(reply.json(), [seen, seen])
  })
  await Promise.all(asked)
})

test('an answer that flows keeps its zones until its last line, at the pace of whoever takes it', async () => {
  await using app = await forgetful(2)
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const linesOf = async (cookie: string): Promise<Set<string>> => {
    const reply = await fetch(`${address}/api/flowing`, { headers: { cookie } })
    assert.ok(reply.body)
    let text = ''
    for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) text += chunk
    return new Set(text.replaceAll('\n', ''))
  }
  const network = (await getZone(db, 'NZ')).zoneId
  const [ofIz, ofOther] = await Promise.all([linesOf(izCookie), linesOf(otherCookie)])
  assert.deepEqual([...ofIz].toSorted(), [String(network), String(iz)].toSorted())
  assert.deepEqual([...ofOther].toSorted(), [String(network), String(other)].toSorted())
})

test('a stream of rows is held to where it was asked for, whoever takes its rows', async () => {
  const rows = withinScope(izAlone, () => db.stream<Row>(bibs, [], 1))
  const taken: Row[] = []
  await withinScope(otherAlone, async () => {
    for await (const batch of rows) taken.push(...batch)
  })
  assert.deepEqual(zonesOf(taken), [iz])
})

test('a sequence goes on in the scope in which it was asked for, whoever takes its elements', async () => {
  async function* looks(): AsyncGenerator<Row[]> {
    yield await db.query<Row>(bibs)
    yield await db.query<Row>(bibs)
  }
  const sequence = withinScope(izAlone, () => keepScope(looks()))
  const seen: number[][] = []
  await withinScope(otherAlone, async () => {
    for await (const rows of sequence) seen.push(zonesOf(rows))
  })
  assert.deepEqual(seen, [[iz], [iz]])
})

test('a transaction keeps its zones over what is taken back, and over a step out of it', async () => {
  await using own = Object.assign(connect(db.address, { max: 1 }), {
    [Symbol.asyncDispose]: () => own.close(),
  })
  const seen: number[][] = []
  await withinScope(izAlone, () =>
    own.transaction(async (tx) => {
      const look = async () => void seen.push(zonesOf(await tx.query<Row>(bibs)))
      await look()
      await beyondScope(look)
      await look()
      await assert.rejects(
        tx.savepoint(async () => {
          await beyondScope(look)
          throw new Error('taken back')
        }),
        /taken back/,
      )
      await look()
      await assert.rejects(
        tx.savepoint((inner) => beyondScope(() => inner.query(`select 1 / 0`))),
        /division by zero/,
      )
      await look()
    }),
  )
  const network = (await getZone(db, 'NZ')).zoneId
  const all = [network, iz, other].toSorted((a, b) => a - b)
  assert.deepEqual(seen, [[iz], all, [iz], all, [iz], [iz]])
  // The one connection serves the next as the next one's, whatever became of the last transaction.
  await assert.rejects(
    withinScope(otherAlone, () =>
      own.transaction(async (tx) => {
        await beyondScope(() => tx.query(bibs))
        throw new Error('taken back')
      }),
    ),
    /taken back/,
  )
  assert.deepEqual(zonesOf(await withinScope(otherAlone, () => own.query<Row>(bibs))), [other])
  await withinScope(izAlone, () =>
    assert.rejects(
      own.transaction(async (tx) => {
        await beyondScope(() => tx.query(`select 1 / 0`)).catch(() => undefined)
      }),
      /rolled back/,
    ),
  )
  assert.deepEqual(zonesOf(await own.query<Row>(bibs)), all)
  assert.deepEqual(zonesOf(await withinScope(izAlone, () => own.query<Row>(bibs))), [iz])
})

test('what is notified is heard where it was listened for', async () => {
  const heard = Promise.withResolvers<number[]>()
  const end = await withinScope(izAlone, () =>
    db.listen('row_security', () => void db.query<Row>(bibs).then((rows) => heard.resolve(zonesOf(rows)))),
  )
  await db.execute(`notify row_security`)
  assert.deepEqual(await heard.promise, [iz])
  await end()
})

test('a process that explains for a request is held as the request is', async () => {
  await saveProfile(db, await getZone(db, 'OTHER'), { ...shippedConnexionProfile, code: 'theirs' }, null)
  const simulate = (scope: Scope) =>
    withinScope(scope, () =>
      simulateInProcess(context, {
        zone: 'OTHER',
        record: '=LDR  00000nam a2200000 i 4500\n=245  10$aEmma\n',
        profile: { code: 'theirs' },
        rules: [],
      }),
    )
  assert.ok('explanation' in (await simulate(otherAlone)))
  await assert.rejects(simulate(izAlone), { code: 'NO_SUCH_PROFILE' })
})

test('an institution links to the network without a role there', async () => {
  const ask = askOf(await buildApp(password, { checkReplies: true }))
  const linked = await ask('POST', '/api/zones/IZ/linked-bibs', {
    cookie: izCookie,
    body: { of: networkBib },
  })
  assert.equal(linked.status, 200)
  const own = await ask('GET', `/api/zones/IZ/bibs/${linked.body.mmsId}`, { cookie: izCookie })
  assert.equal(own.body.title, 'Persuasion')
})

test('each who listens hears of the jobs of their own zones, whoever listened first', async () => {
  const app = await buildApp(password)
  const streamOf = async (cookie: string) =>
    (await app.inject({ url: '/api/events', headers: { cookie }, payloadAsStream: true })).stream()
  const streams = [await streamOf(izCookie), await streamOf(otherCookie)]
  const texts = streams.map(async (stream) => {
    let text = ''
    stream.on('data', (chunk) => {
      text += String(chunk)
    })
    while (!text.includes('event: job')) await once(stream, 'data')
    return text
  })
  await db.execute(
    `insert into import_job (kind, zone_id, bib_zone_id, status) select 'import', zone_id, zone_id, 'pending' from zone`,
  )
  const [ofIz = '', ofOther = ''] = await Promise.all(texts)
  assert.ok(ofIz.includes('"zone":"IZ"') && !ofIz.includes('"zone":"OTHER"'))
  assert.ok(ofOther.includes('"zone":"OTHER"') && !ofOther.includes('"zone":"IZ"'))
  await app.close()
})
