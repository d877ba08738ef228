import type { MarcRecord } from '../../marc/record.ts'
import { displayTitle } from '../../rules/display-title.ts'
import { openTrial, type TriedRule } from '../../rules/try-rule.ts'
import { counted } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure, UsageFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { readRecords } from '../marc-input.ts'
import { style } from '../style.ts'
import { kindOption, readRuleSource } from './kind.ts'
import { problemLines } from './problems.ts'

export const ruleTry = command(
  {
    name: 'rule try',
    summary: 'Carries out a file of rules on the records of a MARC file, and shows what each line does.',
    about: [
      'Nothing is written, and no database is needed. A merge takes the incoming records from RECORDS and the existing ones from --existing, the first with the first. Records that the rules do nothing to are counted.',
    ],
    arguments: {
      file: { type: 'text', shown: 'FILE', meaning: 'the rules' },
      records: { type: 'text', shown: 'RECORDS', meaning: 'a MARC file; - is standard input' },
    },
    options: {
      kind: kindOption,
      existing: { type: 'text', shown: 'RECORDS', meaning: 'of a merge: the records that are merged into' },
      json: { type: 'flag', meaning: 'print JSON' },
    },
    json: 'one object a line: { record, title, failed: { line, why } or null, changes: [{ line, what, before, after, why }], after, indication: { value, rule, line } or null, brief_level: { level, rule, line } or null, messages: [{ code, field, before, after }] or null }; after is the record in lines; record counts from 1',
  },
  async ({ file, records, kind: given, existing, json }, io) => {
    const { name, text, kind } = await readRuleSource(file, given, io)
    if ((kind === 'merge') !== (existing !== undefined))
      throw new UsageFailure(
        kind === 'merge' ? 'A merge needs --existing RECORDS.' : '--existing is for merge rules alone.',
        'accession rule try FILE RECORDS [--existing RECORDS]',
      )
    const trial = openTrial(kind, text)
    for (const line of problemLines(name, trial.problems)) io.say(line)
    if (!trial.ok) return exitCodes.error
    const others = existing === undefined ? null : readAll(existing, io)
    let number = 0
    let untouched = 0
    let failed = 0
    for await (const record of readAll(records, io)) {
      number++
      const other = await others?.next()
      if (other?.done === true)
        throw new CommandFailure(`${existing} has no record ${number} for that of ${records}.`)
      const tried = trial.try({ record, existing: other?.value ?? null })
      if (tried.failed) failed++
      const title = displayTitle(record)
      if (json) await io.json(triedJson(number, title, tried))
      else if (isUntouched(tried)) untouched++
      else await print(`Record ${number}: ${title}`, tried, io)
    }
    await others?.return(undefined)
    if (!json)
      io.say(
        `${counted(number, 'record')} tried${untouched === 0 ? '' : `, ${untouched} of them left as they were`}${failed === 0 ? '' : `; on ${failed} the rules failed`}.`,
      )
    return failed > 0 ? exitCodes.error : exitCodes.done
  },
)

async function* readAll(path: string, io: Io): AsyncGenerator<MarcRecord, undefined> {
  let number = 0
  const notMarc = (name: string, why: string): never => {
    throw new CommandFailure(`${name}: ${why}`)
  }
  for await (const { decoded } of readRecords(path, io, notMarc)) {
    number++
    if (decoded.ok) yield decoded.record
    else throw new CommandFailure(`Record ${number} of ${path} cannot be read: ${decoded.rejected.message}`)
  }
  return undefined
}

const isUntouched = ({ failed, changes, record }: TriedRule): boolean =>
  record !== null && failed === null && changes.every(({ what }) => what === 'kept' || what === 'left')

async function print(title: string, tried: TriedRule, io: Io): Promise<void> {
  await io.line(style.strong(title))
  const { failed, changes, indication, briefLevel, messages } = tried
  if (failed) await io.line(style.bad(`  ${at(failed.line)}${failed.why}`))
  for (const { line, what, before, after, why } of changes) {
    if (what === 'kept' || what === 'left') continue
    const where = at(line)
    if (before !== null) await io.line(`  ${where}${style.bad(`- ${before}`)}`)
    if (after !== null)
      await io.line(`  ${where}${what === 'changed' ? `= ${after}` : style.good(`+ ${after}`)}`)
    if (line === null && why !== null) await io.line(`    ${style.weak(why)}`)
  }
  if (indication) await io.line(`  ${at(indication.line)}${indication.value}`)
  if (briefLevel) await io.line(`  ${at(briefLevel.line)}level ${briefLevel.level}`)
  for (const { code, field, before, after } of messages ?? [])
    await io.line(
      `  ${code}${field === null ? '' : ` ${field}`}: ${before === after ? after : `${before}, here ${after}`}`,
    )
}

const at = (line: number | null): string => (line === null ? '' : `line ${line}: `)

const triedJson = (number: number, title: string, tried: TriedRule) => ({
  record: number,
  title,
  failed: tried.failed,
  changes: tried.changes,
  after: tried.record,
  indication: tried.indication,
  brief_level: tried.briefLevel,
  messages: tried.messages,
})
