import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** `accession start` with its gateway, as it is installed. */
export type GatewayServer = {
  readonly port: number
  /** Resident memory of the gateway's process, MB; nothing where the system does not tell it. */
  memory(): Promise<number | null>
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

export async function startGatewayServer(dataDir: string): Promise<GatewayServer> {
  const port = await freePort()
  const options = ['start', '--data', dataDir, '--port', '0', '--gateway-port', String(port)]
  const server = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(server, 'exit')
  await listening(server)
  const gateway = await gatewayOf(server.pid ?? 0)
  return {
    port,
    memory: async () => (gateway === null ? null : residentMb(gateway)),
    async stop() {
      server.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('A port without a number.')
  return address.port
}

/** Resolves when the server says that its gateway listens; goes on reading, so that nothing it says blocks it. */
function listening({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error('The server has no stderr.')
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const said: string[] = []
  createInterface(stderr)
    .on('line', (line) => {
      said.push(line)
      if (line.startsWith('The OCLC gateway listens')) resolve()
    })
    .on('close', () => reject(new Error(`The server ended: ${said.join('\n')}`)))
  return promise
}

const nothing = () => null

async function gatewayOf(server: number): Promise<number | null> {
  const children = await readFile(`/proc/${server}/task/${server}/children`, 'utf8').catch(nothing)
  for (const pid of children?.trim().split(' ') ?? []) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(nothing)
    if (commandLine?.includes('gateway-child')) return Number(pid)
  }
  return null
}

async function residentMb(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(nothing)
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) / 1024
}
