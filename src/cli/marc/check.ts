import { errorCode } from '../../db/errors.ts'
import { ImportRefusal } from '../../import/refusal.ts'
import type { Format } from '../../marc/frame.ts'
import { decodeFrame } from '../../marc/read.ts'
import type { NotMarc } from '../../marc/sniff.ts'
import { columns, counted, formatCount } from '../columns.ts'
import { command } from '../command.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { type Io, readOrNot } from '../io.ts'
import { formatNames } from '../marc-format.ts'
import { type MarcInput, openInputs } from '../marc-input.ts'
import { style } from '../style.ts'
import { openTally } from '../tally.ts'

export const marcCheck = command(
  {
    name: 'marc check',
    summary: 'Accounts for every byte of files of records, and counts what had to be repaired.',
    about: [
      'Records and what lies between them (junk) tile a file to the byte; bytes are those after unpacking. Rejected are records that cannot be read at all (exit code 4). What is no MARC file is told in words (exit code 1).',
    ],
    arguments: { files: { type: 'list', shown: 'IN', meaning: 'files to read; - is standard input' } },
    options: { json: { type: 'flag', meaning: 'print JSON' } },
    json: 'one object { records, rejected, junk_bytes, bytes, repairs: { CODE: n }, encodings: { NAME: n } }; repairs counts records, encodings are utf-8, marc-8, cp1252, mixed and ascii; of a file that is no MARC file { not_marc, message }. Of several files or an archive of several one object a line, each with file in front',
  },
  async ({ files, json }, read) => {
    const io = readOrNot(read)
    const results: CheckResult[] = []
    for (const path of files) await checkPath(path, results, io, json)
    if (json) for (const result of results) await io.json(resultJson(result, results.length > 1))
    return exitOf(results)
  },
)

type Checked = {
  readonly format: Format
  readonly records: number
  readonly rejected: number
  readonly junkBytes: number
  readonly bytes: number
  readonly repairs: Readonly<Record<string, number>>
  readonly encodings: Readonly<Record<string, number>>
  readonly junk: Readonly<Record<string, number>>
  /** The first few, in words. */
  readonly rejections: readonly string[]
}

type CheckResult = { readonly name: string } & (
  | { readonly checked: Checked }
  | { readonly notMarc: { readonly code: string; readonly message: string } }
)

async function checkPath(path: string, results: CheckResult[], io: Io, json: boolean): Promise<void> {
  let name = path
  const add = async (result: CheckResult) => {
    results.push(result)
    if (!json) for (const line of resultLines(result)) await io.line(line)
    else if ('notMarc' in result) io.say(faultText(result.notMarc, result.name))
  }
  try {
    for await (const input of openInputs(path, io)) {
      ;({ name } = input)
      await add({ name, ...(await checkInput(input, io)) })
    }
  } catch (error) {
    // A file that cannot be opened or unpacked does not keep the others from being checked.
    const notMarc = unreadable(error, name)
    if (notMarc === null) throw error
    await add({ name, notMarc })
  }
}

const unreadableFile = 'UNREADABLE_FILE'

/** Why a file cannot be read at all; the words name it where it could not even be opened. */
function unreadable(error: unknown, name: string): { code: string; message: string } | null {
  if (error instanceof ImportRefusal) return { code: error.code, message: `${error.message} ${error.remedy}` }
  if (error instanceof CommandFailure)
    return { code: unreadableFile, message: [error.message, error.remedy ?? ''].join(' ').trimEnd() }
  const code = errorCode(error)
  if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EISDIR') return null
  return {
    code: unreadableFile,
    message: code === 'ENOENT' ? `${name} does not exist.` : `${name} may not be read by this user.`,
  }
}

const mostRejections = 10

async function checkInput(
  { opened, bytes, name }: MarcInput,
  io: Io,
): Promise<{ checked: Checked } | { notMarc: NotMarc }> {
  if ('notMarc' in opened) return { notMarc: opened.notMarc }
  const { format } = opened
  const repairs = openTally()
  const encodings = openTally()
  const junk = openTally()
  const rejections: string[] = []
  let records = 0
  let rejected = 0
  let junkBytes = 0
  let at = 0
  for await (const frames of opened.frames) {
    for (const frame of frames) {
      if (frame.offset !== at) throw notTiled(name, at, frame.offset)
      if (frame.kind === 'junk') {
        at += frame.length
        junkBytes += frame.length
        junk.count(frame.why, frame.length)
        continue
      }
      at += frame.bytes.length
      records++
      const decoded = decodeFrame(format, frame, 'repair')
      for (const code of new Set(decoded.repairs.map((repair) => repair.code))) repairs.count(code)
      if (decoded.ok) encodings.count(decoded.encoding)
      else {
        rejected++
        if (rejections.length < mostRejections)
          rejections.push(
            `record ${frame.position} at byte ${frame.offset}: ${decoded.rejected.code}, ${decoded.rejected.message}`,
          )
      }
    }
    io.progress(`${name}: ${counted(records, 'record')}`)
  }
  if (at !== bytes()) throw notTiled(name, at, bytes())
  return {
    checked: {
      format,
      records,
      rejected,
      junkBytes,
      bytes: at,
      repairs: repairs.read(),
      encodings: encodings.read(),
      junk: junk.read(),
      rejections,
    },
  }
}

const notTiled = (name: string, at: number, found: number) =>
  new Error(`${name}: byte ${at} is accounted for, and the next that is known is ${found}`)

function resultJson(result: CheckResult, isNamed: boolean) {
  const file = isNamed ? { file: result.name } : {}
  if ('notMarc' in result) return { ...file, not_marc: result.notMarc.code, message: result.notMarc.message }
  const { records, rejected, junkBytes, bytes, repairs, encodings } = result.checked
  return { ...file, records, rejected, junk_bytes: junkBytes, bytes, repairs, encodings }
}

const faultText = ({ code, message }: { readonly code: string; readonly message: string }, name: string) =>
  code === unreadableFile ? message : `${name}: ${message}`

function resultLines(result: CheckResult): string[] {
  if ('notMarc' in result) return [faultText(result.notMarc, style.bad(result.name))]
  const { format, records, rejected, junkBytes, bytes, repairs, encodings, junk, rejections } = result.checked
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${formatCount(count)}`)
      .join(', ') || 'none'
  const total = `${style.strong(result.name)}: ${formatNames[format]}, ${counted(records, 'record')}, ${counted(bytes, 'byte')}, all accounted for`
  return [
    total,
    ...columns([
      ['', 'encodings', list(encodings)],
      ['', 'repairs', list(repairs)],
      ['', 'junk', junkBytes === 0 ? 'none' : `${counted(junkBytes, 'byte')}: ${list(junk)}`],
      ['', 'rejected', rejected === 0 ? 'none' : style.bad(formatCount(rejected))],
    ]),
    ...(records === 0 ? [style.warn('    There are no records in it.')] : []),
    ...rejections.map((line) => `    ${line}`),
    ...(rejected > rejections.length ? [`    and ${formatCount(rejected - rejections.length)} more`] : []),
  ]
}

function exitOf(results: readonly CheckResult[]): ExitCode {
  if (results.some((result) => 'notMarc' in result)) return exitCodes.error
  return results.some((result) => 'checked' in result && result.checked.rejected > 0)
    ? exitCodes.rejected
    : exitCodes.done
}
