import { readFile, writeFile } from 'node:fs/promises'
import { connect as connectSocket, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { getZone } from '../src/catalog/zone.ts'
import { connect, type Database } from '../src/db/database.ts'
import { saveIntegrationProfile, shippedIntegration } from '../src/import/integration-profile.ts'
import { getJob } from '../src/import/job.ts'
import { storeFile } from '../src/import/store.ts'
import { submitJob } from '../src/import/submit.ts'
import { type SendOptions, sendRecords } from '../src/protocols/gateway/client.ts'
import { desktopHeader } from '../src/protocols/gateway/header.ts'
import { secretOf } from '../src/protocols/gateway/secret.ts'
import { type Figure, paired, quantile } from './figure.ts'
import { startGatewayServer } from './gateway-server.ts'
import { generate } from './generate.ts'
import type { BenchServer } from './server.ts'

/** Connexion's gateway of Koha (connexion_import_daemon.pl, direct mode), as it was measured on 2 cores. */
const koha = { name: "Koha's daemon", exportsPerSecond: 17.7, p50: 57 }

/** Records of a round of one client, clients at once and how long they go on, records of the import beside. */
const round = 300
const clients = 8
const sustainedMs = 10_000
const imported = 60_000
const exported = 16_000

/** Connections that say nothing, and that say a byte every four seconds. */
const crowd = { idle: 500, slow: 500, everyMs: 4000 }

/** One client after the other's reply; every record is new, and comes on a connection of its own. */
type Client = (limit: { records?: number; until?: () => boolean }) => Promise<number[]>

/**
 * The gateway of `accession start`, through its port, from the client's side: from the first byte of a
 * connection to the last of the reply.
 */
export async function benchGateway(
  server: BenchServer,
  rounds: number,
  say: (text: string) => void,
): Promise<Figure[]> {
  const records = await makeRecords(server.folder)
  const gateway = await startGatewayServer(server.folder)
  const db = connect(server.address)
  try {
    const client = await openDestination(db, gateway.port, records)
    await client({ records: round })
    const memoryBefore = await gateway.memory()

    const turns: { own: number; peer: number }[] = []
    const quiet: number[] = []
    for (let turn = 1; turn <= rounds; turn++) {
      const idle = await client({ records: round })
      const leave = await gather(gateway.port)
      const crowded = await client({ records: round })
      await leave()
      quiet.push(...idle)
      turns.push({ own: quantile(crowded, 0.99), peer: quantile(idle, 0.99) })
      say(
        `gateway, round ${turn}: p99 ${turns.at(-1)?.peer.toFixed(1)} ms, in a crowd ${turns.at(-1)?.own.toFixed(1)} ms`,
      )
    }
    const perSecond = await sustain(client)
    const beside = await besideImport(db, server.folder, client)
    const p50 = quantile(quiet, 0.5)
    return [
      {
        what: 'gateway: reply, p50',
        unit: 'ms',
        value: p50,
        peer: { name: koha.name, value: koha.p50 },
        ratio: p50 / koha.p50,
      },
      {
        what: 'gateway: reply, p99',
        unit: 'ms',
        value: quantile(quiet, 0.99),
        bar: { of: 'value', most: 100 },
      },
      {
        what: `gateway: p99 beside an import (${beside.length} replies)`,
        unit: 'ms',
        value: quantile(beside, 0.99),
        bar: { of: 'value', most: 500 },
      },
      {
        ...paired(`gateway: p99 among ${crowd.idle} idle and ${crowd.slow} slow`, 'ms', 'alone', turns),
        bar: { of: 'ratio', most: 1.2 },
      },
      {
        what: `gateway: exports of ${clients} clients`,
        unit: 'exports/s',
        value: perSecond,
        peer: { name: koha.name, value: koha.exportsPerSecond },
        ratio: perSecond / koha.exportsPerSecond,
        bar: { of: 'value', least: 50 },
      },
      ...memoryFigure(memoryBefore, await gateway.memory()),
    ]
  } finally {
    await db.close()
    await gateway.stop()
  }
}

/** Memory is flat where what it takes does not grow with what came. */
function memoryFigure(before: number | null, after: number | null): Figure[] {
  if (before === null || after === null) return []
  return [
    {
      ...paired('gateway: memory after it all', 'MB', 'before', [{ own: after, peer: before }]),
      bar: { of: 'ratio', most: 1.5 },
    },
  ]
}

const importFile = (folder: string) => join(folder, 'beside.mrc')

/** Real records, each with numbers of its own: the first ones to be exported, the others in a file. */
async function makeRecords(folder: string): Promise<Iterator<Uint8Array>> {
  const path = join(folder, 'exports.mrc')
  await generate(path, { records: exported + imported })
  const bytes = await readFile(path)
  const records: Uint8Array[] = []
  let at = 0
  while (records.length < exported) {
    const length = Number(bytes.toString('latin1', at, at + 5))
    records.push(bytes.subarray(at, at + length))
    at += length
  }
  await writeFile(importFile(folder), bytes.subarray(at))
  return records.values()
}

async function openDestination(db: Database, port: number, records: Iterator<Uint8Array>): Promise<Client> {
  const zone = await getZone(db, 'NZ')
  const { secret } = await saveIntegrationProfile(db, zone, shippedIntegration(zone), null)
  const options: SendOptions = {
    host: '127.0.0.1',
    port,
    logon: 'NZ',
    password: secretOf(secret ?? ''),
    retries: 0,
  }
  return async ({ records: most = Number.POSITIVE_INFINITY, until = () => false }) => {
    const times: number[] = []
    let refused = 0
    while (times.length < most && !until()) {
      const next = records.next()
      if (next.done) throw new Error('The bench has too few records to export.')
      for await (const { reply, trouble, ms } of sendRecords([next.value], options)) {
        if (reply === null) throw new Error(`An export of the bench had no reply: ${trouble}`)
        if (!reply.startsWith('Added')) refused++
        times.push(ms)
      }
    }
    // A few records share a former OCLC number with another one. Else a figure counts only where they came in.
    if (refused > 2 + times.length / 50)
      throw new Error(`${refused} of ${times.length} exports of the bench were not added.`)
    return times
  }
}

/** Exports a second of clients that each go on until the time is up. */
async function sustain(client: Client): Promise<number> {
  const start = performance.now()
  const until = () => performance.now() - start > sustainedMs
  const all = await Promise.all(Array.from({ length: clients }, () => client({ until })))
  return all.flat().length / ((performance.now() - start) / 1000)
}

/** The replies that came while the importer of the server worked on a file. */
async function besideImport(db: Database, folder: string, client: Client): Promise<number[]> {
  const { sha256 } = await storeFile(folder, importFile(folder))
  const files = [{ sha256, name: 'beside.mrc' }]
  const submission = { zone: 'NZ', profile: 'repository', files, kind: 'import', by: null } as const
  const { job } = (await submitJob(db, folder, submission)).job
  let isOver = false
  const watch = async () => {
    for (;;) {
      const { finishedAt, outcomes } = await getJob(db, job)
      if (finishedAt !== null) return void (isOver = true)
      if (Object.values(outcomes).some((count) => count > 0)) started.resolve()
      await delay(100)
    }
  }
  const started = Promise.withResolvers<void>()
  const watching = watch()
  await Promise.race([started.promise, watching])
  const times = await client({ until: () => isOver })
  await watching
  return times
}

/** A crowd comes; what is answered makes it leave. One that is turned out, as the slow are in time, comes again. */
async function gather(port: number): Promise<() => Promise<void>> {
  const slowly = Buffer.concat([desktopHeader([['A', 'NZ']]), Buffer.alloc(1000, 0x20)])
  const open = new Set<Socket>()
  const timers = new Set<NodeJS.Timeout>()
  let isOver = false
  let cameIn = 0
  const come = (isSlow: boolean) => {
    const socket = connectSocket(port, '127.0.0.1')
    let at = 0
    const speak = () => void socket.write(slowly.subarray(at, ++at))
    const timer = isSlow ? setInterval(speak, crowd.everyMs) : null
    if (timer !== null) timers.add(timer)
    open.add(socket)
    socket
      .once('connect', () => {
        cameIn++
        if (isSlow) speak()
      })
      .on('data', () => {})
      .on('error', () => {})
      .once('close', () => {
        open.delete(socket)
        if (timer !== null) clearInterval(timer)
        if (!isOver) come(isSlow)
      })
  }
  for (let number = 0; number < crowd.idle + crowd.slow; number++) come(number >= crowd.idle)
  while (cameIn < crowd.idle + crowd.slow) await delay(20)
  await delay(crowd.everyMs)
  return async () => {
    isOver = true
    for (const timer of timers) clearInterval(timer)
    for (const socket of open) socket.destroy()
    await delay(1000)
  }
}
