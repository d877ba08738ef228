import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { gatewayPort } from '../protocols/gateway/server.ts'
import type { GatewayPlace } from '../server/gateway-process.ts'
import { serve } from '../server/serve.ts'
import { databaseUrl, dataDirOf, dataOption, demoDataDirOf, inWords } from './catalogue.ts'
import { command } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { CommandFailure } from './failure.ts'
import { providerSettings, publicUrl } from './site-settings.ts'

const start = command(
  {
    name: 'start',
    summary: 'Runs Accession: database, web, importer and OCLC gateway, until Ctrl-C or SIGTERM.',
    about: [
      'The address is printed when it is ready. It listens on this machine alone, the gateway too unless --gateway-host says otherwise. A data directory is served by one process; other commands may use it at the same time.',
    ],
    arguments: {},
    options: {
      data: dataOption,
      demo: {
        type: 'flag',
        meaning: 'a demo consortium, in a data directory of its own where none is named',
      },
      port: {
        type: 'number',
        shown: 'N',
        least: 0,
        most: 65_535,
        meaning: '8080 by default; the next free one where it is taken; 0 for any',
      },
      'gateway-port': {
        type: 'number',
        shown: 'N',
        most: 65_535,
        meaning: 'of the OCLC gateway, 5500 by default; where it is taken, the rest runs without',
      },
      'gateway-host': {
        type: 'text',
        shown: 'ADDRESS',
        meaning: 'where the gateway listens: 127.0.0.1 by default, 0.0.0.0 for all addresses',
      },
      'gateway-tls-port': {
        type: 'number',
        shown: 'N',
        most: 65_535,
        meaning: 'of the gateway over TLS, 5501 by default, with a certificate only',
      },
      'gateway-tls-cert': { type: 'text', shown: 'FILE', meaning: 'its certificate, with the chain, as PEM' },
      'gateway-tls-key': {
        type: 'text',
        shown: 'FILE',
        meaning: 'the private key of the certificate, as PEM',
      },
      'no-gateway': { type: 'flag', meaning: 'run no OCLC gateway' },
      'no-importer': { type: 'flag', meaning: 'run no import jobs: another process does' },
      log: {
        type: 'text',
        shown: 'LEVEL',
        choices: ['silent', 'warn', 'info', 'debug'],
        meaning: 'how much is logged on stderr; warn by default',
      },
    },
  },
  async ({ data, demo, port, 'no-importer': noImporter, 'no-gateway': noGateway, log, ...given }) => {
    const url = databaseUrl()
    const gateway = noGateway ? undefined : await gatewayPlace(given)
    const site = publicUrl()
    const provider = providerSettings()
    await inWords(() =>
      serve({
        dataDir: demo ? demoDataDirOf(data) : dataDirOf(data),
        demo,
        importer: !noImporter,
        log: log ?? 'warn',
        ...(gateway === undefined ? {} : { gateway }),
        ...(port === undefined ? {} : { port }),
        ...(url === undefined ? {} : { url }),
        ...(site === undefined ? {} : { publicUrl: site }),
        ...(provider === undefined ? {} : { provider }),
      }),
    )
    return exitCodes.done
  },
)

type GatewayOptions = {
  readonly 'gateway-port': number | undefined
  readonly 'gateway-host': string | undefined
  readonly 'gateway-tls-port': number | undefined
  readonly 'gateway-tls-cert': string | undefined
  readonly 'gateway-tls-key': string | undefined
}

/** @throws {CommandFailure} where certificate and key do not serve */
async function gatewayPlace(given: GatewayOptions): Promise<GatewayPlace> {
  const place = { host: given['gateway-host'] ?? '127.0.0.1', port: given['gateway-port'] ?? gatewayPort }
  const { 'gateway-tls-cert': certFile, 'gateway-tls-key': keyFile } = given
  if (certFile === undefined && keyFile === undefined) return place
  if (certFile === undefined || keyFile === undefined)
    throw new CommandFailure('TLS needs both --gateway-tls-cert and --gateway-tls-key.')
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(
      `${certFile} and ${keyFile} are no certificate with its key (${why}).`,
      'Both must be PEM, and belong together.',
    )
  }
  return { ...place, tls: { port: given['gateway-tls-port'] ?? 5501, cert, key } }
}

export const commands = [start]
