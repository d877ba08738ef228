import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { openMarc } from '../../marc/read.ts'
import {
  retriesExceeded,
  type SendOptions,
  type SentRecord,
  sendRecords,
} from '../../protocols/gateway/client.ts'
import { secretOf } from '../../protocols/gateway/secret.ts'
import { gatewayPort } from '../../protocols/gateway/server.ts'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { style } from '../style.ts'

export const gatewaySend = command(
  {
    name: 'gateway send',
    summary: 'Sends the records of a file to a gateway, as OCLC Connexion does, and prints its replies.',
    about: [
      'For trials: of this gateway or another, in both dialects, and with what real clients do differently. It needs no catalogue.',
      'Exit code 0: all were imported; 3: some were not, and the replies say why; 1: the client was not let in, or nothing came back.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'ISO 2709' } },
    options: {
      host: { type: 'text', shown: 'NAME', meaning: '127.0.0.1 by default' },
      port: { type: 'number', shown: 'N', most: 65_535, meaning: '5500 by default' },
      logon: {
        type: 'text',
        shown: 'CODE',
        meaning: 'the Logon ID: a zone’s, with /NAME behind it for a person',
      },
      password: {
        type: 'text',
        shown: 'SECRET',
        meaning: 'the secret; - reads it from stdin, so that no list of processes shows it',
      },
      user: {
        type: 'text',
        shown: 'NUMBER',
        meaning: 'the OCLC authorisation, which is noted and not checked',
      },
      tls: { type: 'flag', meaning: 'over TLS' },
      ca: {
        type: 'text',
        shown: 'FILE',
        meaning: 'a certificate to trust besides the well-known ones, as PEM',
      },
      dialect: {
        type: 'text',
        shown: 'DIALECT',
        choices: ['desktop', 'decimal', 'raw'],
        meaning:
          'how lengths are written: as the desktop client does (default), as Record Manager does; raw sends the record alone',
      },
      'no-nul': { type: 'flag', meaning: 'no NUL behind each record' },
      blanks: { type: 'flag', meaning: 'a blank before each field and record' },
      telnet: { type: 'flag', meaning: 'telnet negotiation first' },
      'repeat-header': { type: 'flag', meaning: 'the logon with every record, not with the first alone' },
      pipelined: { type: 'flag', meaning: 'all records at once, then all replies' },
      reconnect: { type: 'flag', meaning: 'a connection for every record' },
      drip: { type: 'number', shown: 'BYTES', meaning: 'in pieces of so many bytes, 10 ms apart' },
      longer: { type: 'number', shown: 'BYTES', meaning: 'claim so many bytes more than the record has' },
      shorter: { type: 'number', shown: 'BYTES', meaning: 'claim so many bytes fewer' },
      unterminated: { type: 'flag', meaning: 'leave out the record terminator' },
      whole: { type: 'flag', meaning: 'send the bytes of the file as one record, whatever they are' },
      timeout: {
        type: 'number',
        shown: 'SECONDS',
        meaning: 'how long a reply is waited for; 100 by default',
      },
      retries: {
        type: 'number',
        shown: 'N',
        least: 0,
        meaning: 'how often a record without reply is sent again; 3 by default',
      },
      delay: { type: 'number', shown: 'SECONDS', least: 0, meaning: 'between two tries; 0 by default' },
      json: { type: 'flag', meaning: 'print JSON, a line for each record' },
    },
    json: 'a line { record, imported, reply, attempts, milliseconds, trouble } for each record, from 1 on; reply is null where none came',
  },
  async (given, io) => {
    const records = given.whole ? [await readFile(given.file)] : await readRecords(given.file)
    let worst: ExitCode = exitCodes.done
    for await (const sent of sendRecords(records, await optionsOf(given, io))) {
      if (given.json) await io.json(sentRow(sent))
      else await print(sent, io)
      worst = worseOf(worst, exitCodeOf(sent))
    }
    return worst
  },
)

type Texts = 'host' | 'logon' | 'password' | 'user' | 'ca'
type Numbers = 'port' | 'drip' | 'longer' | 'shorter' | 'timeout' | 'retries' | 'delay'
type Flags =
  | 'tls'
  | 'no-nul'
  | 'blanks'
  | 'telnet'
  | 'repeat-header'
  | 'pipelined'
  | 'reconnect'
  | 'unterminated'
type SendGiven = { readonly [name in Texts]: string | undefined } & {
  readonly [name in Numbers]: number | undefined
} & { readonly [name in Flags]: boolean } & { readonly dialect: SendOptions['dialect'] | undefined }

async function optionsOf(given: SendGiven, io: Io): Promise<SendOptions> {
  const { password, user, logon, dialect = 'desktop', drip, ca } = given
  const secret = password === '-' ? (await text(io.input)).replace(/\r?\n$/, '') : password
  return {
    host: given.host ?? '127.0.0.1',
    port: given.port ?? gatewayPort,
    ...(given.tls || ca !== undefined
      ? { tls: ca === undefined ? {} : { ca: await readFile(ca, 'utf8') } }
      : {}),
    user: user ?? null,
    logon: logon ?? null,
    password: secret === undefined ? null : secretOf(secret),
    dialect,
    nul: !given['no-nul'],
    blanks: given.blanks,
    telnet: given.telnet,
    repeatHeader: given['repeat-header'],
    pipelined: given.pipelined,
    reconnect: given.reconnect,
    drip: drip === undefined ? null : { bytes: drip, ms: 10 },
    lengthOff: (given.longer ?? 0) - (given.shorter ?? 0),
    unterminated: given.unterminated,
    timeoutMs: (given.timeout ?? 100) * 1000,
    retries: given.retries ?? 3,
    delayMs: (given.delay ?? 0) * 1000,
  }
}

/** @throws {CommandFailure} where the file is not ISO 2709 */
async function readRecords(path: string): Promise<Uint8Array[]> {
  const opened = await openMarc(createReadStream(path))
  if ('notMarc' in opened || opened.format !== 'iso2709')
    throw new CommandFailure(
      `${path} is no file of ISO 2709 records.`,
      'accession marc convert --to mrc makes one; --whole sends the bytes as they are.',
    )
  const records: Uint8Array[] = []
  for await (const frames of opened.frames)
    for (const frame of frames) if (frame.kind === 'record') records.push(frame.bytes)
  return records
}

const failed = 'Import Failed'

const isImported = (reply: string | null): boolean => reply !== null && !reply.startsWith(failed)

/** Of a client that was not let in: of its records nothing was looked at. */
const notLetIn = new RegExp(`^${failed}: (Logon Failed|Too many failed logons|No integration profile)`)

function exitCodeOf({ reply }: SentRecord): ExitCode {
  if (isImported(reply)) return exitCodes.done
  return reply === null || notLetIn.test(reply) ? exitCodes.error : exitCodes.unresolved
}

const worseOf = (one: ExitCode, other: ExitCode): ExitCode =>
  one === exitCodes.error || other === exitCodes.done ? one : other

const sentRow = ({ index, reply, attempts, ms, trouble }: SentRecord) => ({
  record: index + 1,
  imported: isImported(reply),
  reply,
  attempts,
  milliseconds: Math.round(ms),
  trouble,
})

async function print({ index, reply, trouble }: SentRecord, io: Io): Promise<void> {
  if (index > 0) await io.line()
  await io.line(style.strong(`Record ${index + 1}`))
  await io.line(reply ?? `${retriesExceeded} (${trouble})`)
}
