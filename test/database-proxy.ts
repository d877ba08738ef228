import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { after } from 'node:test'
import type { ServerAddress } from '../src/db/database.ts'

/** CommandComplete of COMMIT, as the server sends it (PostgreSQL's protocol, message formats). */
const committed = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1')

export type DatabaseProxy = {
  readonly address: ServerAddress | string
  /** Resolves when the database has committed the next transaction; whoever asked for it does not learn of it. */
  holdNextCommit(): Promise<void>
  /** Cuts the connections whose answer is held. */
  cutHeld(): void
}

/** Stands between a process and the database, for what only a network can do to a commit. */
export async function proxyDatabase(target: ServerAddress | string): Promise<DatabaseProxy> {
  let armed: (() => void) | null = null
  const held = new Set<Socket>()
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const database = connectTo(target)
    let isHeld = false
    for (const socket of [client, database]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        held.delete(client)
        client.destroy()
        database.destroy()
      })
    }
    client.on('data', (chunk) => database.write(chunk))
    database.on('data', (chunk: Buffer) => {
      if (armed && chunk.includes(committed)) {
        isHeld = true
        held.add(client)
        armed()
        armed = null
      }
      if (!isHeld) client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  return {
    address: addressAt(target, port),
    holdNextCommit: () => new Promise((resolve) => (armed = resolve)),
    cutHeld() {
      for (const client of held) client.destroy()
    },
  }
}

function connectTo(target: ServerAddress | string): Socket {
  if (typeof target === 'string') {
    const { hostname, port } = new URL(target)
    return connect(Number(port || 5432), hostname)
  }
  const { host, port } = target
  return host.startsWith('/') ? connect(join(host, `.s.PGSQL.${port}`)) : connect(port, host)
}

function addressAt(target: ServerAddress | string, port: number): ServerAddress | string {
  if (typeof target !== 'string') return { ...target, host: '127.0.0.1', port }
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}
