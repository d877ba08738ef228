import { once } from 'node:events'
import type { Gateway } from './api/gateway.ts'
import { type ServerOptions, startServer } from './main.ts'

/**
 * Runs the server until SIGINT or SIGTERM, and says on stdout where it is. A second signal does not wait
 * for what is being stopped; the database and the jobs take that as they take any kill.
 */
export async function serve(options: ServerOptions): Promise<void> {
  const server = await startServer(options)
  const port = options.port ?? 8080
  const isOther = port !== 0 && !server.address.endsWith(`:${port}`)
  if (isOther) process.stderr.write(`Port ${port} is taken; the next free one is used.\n`)
  process.stdout.write(`Accession is at ${server.address}\n`)
  if (server.firstLink !== null)
    process.stderr.write(
      `Nobody can sign in yet. Whoever opens this first, within seven days, looks after it:\n${server.firstLink}\n`,
    )
  if (options.gateway !== undefined)
    void server.gateway.then((gateway) => process.stderr.write(`${gatewayWords(gateway)}\n`))
  if (options.demo === true) {
    process.stderr.write(`The demo is kept in ${options.dataDir}.\n`)
    if (server.isLoading) {
      process.stderr.write('Its files are being loaded.\n')
      // A failure is in the log.
      server.ready.then(
        () => process.stderr.write('The demo is complete.\n'),
        () => undefined,
      )
    }
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  process.stderr.write('Stopping: the batch in hand is finished first.\n')
  const cut = () => process.exit(130)
  process.once('SIGINT', cut)
  process.once('SIGTERM', cut)
  await server.stop()
  process.removeListener('SIGINT', cut)
  process.removeListener('SIGTERM', cut)
}

function gatewayWords({ status, host, port, tlsPort, why }: Gateway): string {
  if (status !== 'listening') return why ?? 'The OCLC gateway does not listen.'
  return `The OCLC gateway listens on ${host}, port ${port}${tlsPort === null ? '' : `, and over TLS on port ${tlsPort}`}.`
}
