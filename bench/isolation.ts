import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { getZone } from '../src/catalog/zone.ts'
import { connect, type Database } from '../src/db/database.ts'
import { beyondScope } from '../src/db/scope.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import { beginSession } from '../src/people/session.ts'
import { type App, buildApp } from '../src/server/app.ts'
import { noGateway } from '../src/server/gateway-process.ts'
import { type Figure, median, paired } from './figure.ts'
import { generate } from './generate.ts'
import { measureJob } from './job.ts'
import type { BenchServer } from './server.ts'

const requestsARound = 300

/**
 * Requests a second of somebody of an institution, one after the other: with row-level security, and on the same
 * database without it. The institution is linked to every tenth bib of its network.
 */
export async function benchIsolation(
  server: BenchServer,
  records: number,
  rounds: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const address = await server.addCatalogue()
  const path = join(server.folder, 'isolation.mrc')
  await generate(path, { records })
  await measureJob({ address, dataDir: server.folder, path, kind: 'import' })
  await rm(path)
  const db = connect(address)
  try {
    await linkEveryTenth(db)
    const held = await appOn(db, server)
    const unheld = await appOn(unheldOn(db), server)
    const asked = await addressesOf(db)
    const cookie = await cookieOfCataloger(db)
    const figures: Figure[] = []
    for (const [what, urls] of Object.entries(asked)) {
      const rates: { own: number; peer: number }[] = []
      // The first round warms up.
      for (let round = 0; round <= rounds; round++) {
        const rate = await ratesOf(held, unheld, urls, cookie)
        if (round > 0) rates.push(rate)
      }
      say(`${what}: ${rates.map(({ own, peer }) => `${own.toFixed(0)} and ${peer.toFixed(0)}`).join(', ')}`)
      figures.push(paired(what, 'requests/s', 'without row security', rates, 0.75))
    }
    await held.close()
    await unheld.close()
    return figures
  } finally {
    await db.close()
    await server.dropCatalogue(address)
  }
}

/** The same database with all that asks it let out of its request. */
function unheldOn(db: Database): Database {
  const unheld: Database = {
    ...db,
    query: (text, values) => beyondScope(() => db.query(text, values)),
    execute: (text, values) => beyondScope(() => db.execute(text, values)),
    transaction: (run) => beyondScope(() => db.transaction(run)),
    stream: (text, values, batch) => beyondScope(() => db.stream(text, values, batch)),
    forRequests: () => unheld,
  }
  return unheld
}

const appOn = (db: Database, { address, folder }: BenchServer): Promise<App> =>
  buildApp({
    db,
    address,
    dataDir: folder,
    version: '0.0.0',
    demo: false,
    signIn: { by: 'password' },
    webDir: join(folder, 'web'),
    gateway: () => noGateway,
    hosts: [],
  })

async function linkEveryTenth(db: Database): Promise<void> {
  await db.execute(`
    insert into bib select (jsonb_populate_record(b, jsonb_build_object(
        'zone_id', i.zone_id, 'mms_id', left(b.mms_id, -4) || i.suffix, 'linked_mms_id', b.mms_id,
        'record', left(b.record, 24), 'action', 'linked'))).*
    from bib b, zone i where i.code = 'IZ' and b.part % 10 = 0`)
  await db.execute(`
    insert into bib_search (zone_id, mms_id, title, words, part)
    select zone_id, mms_id, '', '', part from bib where linked_mms_id is not null`)
  await db.execute('analyze')
}

async function addressesOf(db: Database): Promise<Record<string, readonly string[]>> {
  const rows = await db.query<{ mmsId: string; linked: string; word: string }>(`
    select b.linked_mms_id as "mmsId", b.mms_id as linked,
      coalesce((regexp_match(s.title, '[[:alpha:]]{6,}'))[1], 'water') as word
    from bib b join bib_search s on s.mms_id = b.linked_mms_id
    where b.linked_mms_id is not null order by md5(b.mms_id) limit ${requestsARound}`)
  return {
    'a bib of the network': rows.map(({ mmsId }) => `/api/zones/NZ/bibs/${mmsId}`),
    'a linked bib': rows.map(({ linked }) => `/api/zones/IZ/bibs/${linked}`),
    'a search in the network': rows.map(({ word }) => `/api/zones/NZ/search?q=${word}`),
    'a search in the institution': rows.map(({ word }) => `/api/zones/IZ/search?q=${word}`),
    'the list of jobs': rows.map(() => `/api/jobs`),
  }
}

async function cookieOfCataloger(db: Database): Promise<string> {
  const id = await addPerson(db, { login: 'bench', name: 'Bench' }, null)
  const { zoneId } = await getZone(db, 'IZ')
  await db.transaction((tx) => giveRoles(tx, id, zoneId, ['cataloger'], null))
  return `accession_session=${await beginSession(db, id, { address: null, agent: null })}`
}

/** By the median request of each, taken in turns: both share the machine's mood. */
async function ratesOf(
  held: App,
  unheld: App,
  urls: readonly string[],
  cookie: string,
): Promise<{ readonly own: number; readonly peer: number }> {
  const millis = { own: [] as number[], peer: [] as number[] }
  for (const [at, url] of urls.entries()) {
    const turns = [['own', held] as const, ['peer', unheld] as const]
    for (const [whose, app] of at % 2 === 0 ? turns : turns.toReversed()) {
      const start = performance.now()
      const { statusCode } = await app.inject({ url, headers: { cookie } })
      if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`)
      millis[whose].push(performance.now() - start)
    }
  }
  return { own: 1000 / median(millis.own), peer: 1000 / median(millis.peer) }
}
