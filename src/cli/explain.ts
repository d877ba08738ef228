import { stat } from 'node:fs/promises'
import { getZoneById } from '../catalog/zone.ts'
import { explainJobRecord } from '../import/explain-job-record.ts'
import { explainFile } from '../import/explain.ts'
import type { Explanation } from '../import/explanation.ts'
import { resolveProfile } from '../import/resolve-profile.ts'
import { type Catalogue, dataOption, withCatalogue } from './catalogue.ts'
import { chooseProfile, chooseZone } from './choose.ts'
import { command } from './command.ts'
import { type ExitCode, exitCodes } from './exit-code.ts'
import { explanationJson } from './explain-json.ts'
import { explanationLines } from './explain-text.ts'
import { CommandFailure, UsageFailure } from './failure.ts'
import type { Io } from './io.ts'

const change = '{ change, tag, before, after }'
const line = '{ kind, rule, zone, version, line, text }'

const jsonShape = [
  'one object a line: { entry, position, offset, length, format, encoding, repairs: [{ code, field, before, after }], rejected: { code, message } or null,',
  'prepared: { title, keys, brief_level, brief_rule, brief_line, carrier, is_serial, is_delete, originating_number, version_005 } or null, filter: { met, by } or null,',
  `normalize: [{ step, rule: { code, zone, version } or null, rules: [{ line, text, met, lines: [{ line, text, changes: [${change}] }] }], changes: [${change}] }],`,
  'validation: { problems: [{ code, severity, field, value, message, remedy }], put_off } or null,',
  'match: { method, name, steps: [{ name, looked, candidates: [{ mms_id, by, score, evidence, dropped, title, version, carrier }], settled: [{ setting, dropped }], matches, capped }] } or null,',
  'guards: [{ guard, said, traced }], merge: { action, rule: { code, name, zone, version }, fields: [{ decision, before, incoming, after, why, protection, line: { line, text }, removal, sentence }] } or null,',
  'combined: [{ mms_id, became, into, version_before, version_after }], inventory: [{ kind, result, code, why, id, library, location, barcode, url, mms_id }], outcome, code, sentence, remedy, failed: { rule, line, why } or null, mms_id, version_before, version_after,',
  `before and after: { brief_level, suppressed, publish_to_oclc, originating_system } or null, matched, duplicate_in_file, trace, diff: [${change}] }; lines of rule files are ${line}`,
].join(' ')

const explain = command(
  {
    name: 'explain',
    summary: 'Shows what every step of an import makes of each record; nothing is written.',
    about: [
      'Decode: what was mended. Prepare: filter, what each step and rule line corrected, validation, and the keys that follow. Match: what each step looked up, which bibs it found, and why some were set aside. Guards, and the merge field by field with the line of the rule that decided. Plan: outcome, and what would change.',
      'Of a file a later record is explained as if the earlier ones had been imported. With --job it is a record that was imported, explained as it was then: by the profile and the rule files of the job, against the bibs as they were.',
    ],
    arguments: {
      path: { type: 'text', shown: 'FILE', optional: true, meaning: 'the file to explain' },
    },
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'the zone, of a FILE' },
      profile: { type: 'text', shown: 'CODE', meaning: 'the import profile, of a FILE' },
      job: { type: 'number', shown: 'ID', meaning: 'a job, in place of a FILE' },
      record: { type: 'number', shown: 'POSITION', meaning: 'place of the record in its file, of a job' },
      file: { type: 'number', shown: 'N', meaning: 'which file of the job; the first by default' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: jsonShape,
  },
  ({ path, zone, profile, job, record, file = 1, json, data }, io) => {
    const print = (explanation: Explanation) =>
      json ? io.json(explanationJson(explanation)) : printLines(explanationLines(explanation), io)
    if (path !== undefined && zone !== undefined && profile !== undefined && job === undefined)
      return withCatalogue(data, io, (catalogue) =>
        explainPath(catalogue, { path, zone, profile }, print, io),
      )
    if (path === undefined && job !== undefined && record !== undefined)
      return withCatalogue(data, io, async ({ db, dataDir }) => {
        const { explanation, agrees } = await explainJobRecord(db, dataDir, job, { file, position: record })
        await print(explanation)
        if (!agrees)
          io.say(
            'The ledger says otherwise: something that is taken as it is now, such as the protected fields of the zone, has changed since.',
          )
        return exitCodes.done
      })
    throw new UsageFailure(
      job === undefined
        ? 'A FILE is explained by a zone and a profile.'
        : 'Of a job a record is explained; there is no FILE then.',
      'accession explain FILE --zone CODE --profile CODE, or accession explain --job ID --record POSITION [--file N]',
    )
  },
)

type Asked = { readonly path: string; readonly zone: string; readonly profile: string }

async function explainPath(
  { db }: Catalogue,
  { path, zone: zoneCode, profile: profileCode }: Asked,
  print: (explanation: Explanation) => Promise<void>,
  io: Io,
): Promise<ExitCode> {
  if (!(await stat(path)).isFile()) throw new CommandFailure(`${path} is not a file.`)
  const zone = await chooseZone(db, zoneCode)
  const { profile } = await chooseProfile(db, zone, profileCode)
  const bibZone =
    profile.useNetworkZone && zone.networkZoneId !== null ? await getZoneById(db, zone.networkZoneId) : zone
  let isMarc = true
  await explainFile(
    db,
    path,
    { profile: await resolveProfile(db, zone, profile), bibZone, inventoryZone: zone },
    {
      record: print,
      notMarc(entry, message) {
        isMarc = false
        io.say(`${entry === null ? path : `${path}: ${entry}`}: ${message}`)
      },
    },
  )
  return isMarc ? exitCodes.done : exitCodes.error
}

async function printLines(lines: readonly string[], io: Io): Promise<void> {
  for (const line of lines) await io.line(line)
  await io.line()
}

export const commands = [explain]
