import { stat } from 'node:fs/promises'
import { getZoneById } from '../catalog/zone.ts'
import { type Explained, explainFile } from '../import/explain.ts'
import { unpack } from '../marc/packed.ts'
import { type FieldDiff, diffRecords } from '../rules/diff.ts'
import { codeRemedies, codeSentences } from '../rules/outcome.ts'
import { tracedKey } from '../rules/trace.ts'
import { dataOption, withCatalogue } from './catalogue.ts'
import { chooseProfile, chooseZone, zoneOption } from './choose.ts'
import { command } from './command.ts'
import { diffJson, diffLines } from './diff-text.ts'
import { exitCodes } from './exit-code.ts'
import { CommandFailure } from './failure.ts'
import type { Io } from './io.ts'
import { formatNames } from './marc-format.ts'
import { outcomeName } from './outcome-words.ts'
import { repairLines } from './repair-text.ts'
import { style } from './style.ts'
import { traceLines } from './trace-text.ts'

const explain = command(
  {
    name: 'explain',
    summary: 'Shows what every step of an import would make of each record; nothing is written.',
    about: [
      'Decode: what was mended. Prepare: filter, corrections, validation, and the keys that follow. Find: which keys were looked up, and which bibs have them. Plan: outcome, guards, rule, and what would change.',
      'A later record is explained as if the earlier ones had been imported.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the file to explain' } },
    options: {
      zone: zoneOption,
      profile: { type: 'text', shown: 'CODE', required: true, meaning: 'the import profile' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object a line: { entry, position, offset, length, format, repairs: [{ code, field, before, after }], prepared: { title, keys, brief_level, carrier, is_delete } or null, outcome, code, mms_id, version_before, matched, duplicate_in_file, trace, diff: [{ change, tag, before, after }] }',
  },
  ({ file, zone: zoneCode, profile: profileCode, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      if (!(await stat(file)).isFile()) throw new CommandFailure(`${file} is not a file.`)
      const zone = await chooseZone(db, zoneCode)
      const { profile } = await chooseProfile(db, zone, profileCode)
      const bibZone =
        profile.useNetworkZone && zone.networkZoneId !== null
          ? await getZoneById(db, zone.networkZoneId)
          : zone
      let isMarc = true
      await explainFile(
        db,
        file,
        { profile, bibZone, inventoryZone: zone },
        {
          record: (explained) => (json ? io.json(explainedJson(explained)) : print(explained, io)),
          notMarc(entry, message) {
            isMarc = false
            io.say(`${entry === null ? file : `${file}: ${entry}`}: ${message}`)
          },
        },
      )
      return isMarc ? exitCodes.done : exitCodes.error
    }),
)

/** What the bib would become; of a new one, all of its fields. */
function changesOf({ result: { before, after } }: Explained): FieldDiff[] {
  if (after === null) return []
  const to = unpack(after)
  return diffRecords(before === null ? { leader: to.leader, fields: [] } : unpack(before), to)
}

const readyOf = ({ prepared: { prepared } }: Explained) =>
  prepared.status === 'ready' ? prepared.ready : null

const keysOf = (explained: Explained): string[] =>
  readyOf(explained)?.derived.keys.map(({ kind, value, origin }) => tracedKey(kind, value, origin)) ?? []

function explainedJson(explained: Explained) {
  const { entry, format, prepared, result } = explained
  const ready = readyOf(explained)
  return {
    entry,
    position: prepared.position,
    offset: prepared.offset,
    length: prepared.length,
    format,
    repairs: prepared.repairs.map(({ code, field = null, before, after }) => ({
      code,
      field,
      before,
      after,
    })),
    prepared: ready && {
      title: ready.derived.title,
      keys: keysOf(explained),
      brief_level: ready.briefLevel,
      carrier: ready.carrier,
      is_delete: ready.isDelete,
    },
    outcome: result.outcome,
    code: result.code,
    mms_id: result.mmsId,
    version_before: result.versionBefore,
    matched: result.matched,
    duplicate_in_file: result.duplicateInFile,
    trace: result.trace,
    diff: diffJson(changesOf(explained)),
  }
}

async function print(explained: Explained, io: Io): Promise<void> {
  const { entry, format, prepared, result } = explained
  const ready = readyOf(explained)
  const title = prepared.prepared.status === 'ready' ? ready?.derived.title : prepared.prepared.title
  const place = `${entry === null ? '' : `${entry}, `}record ${prepared.position}`
  await io.line(style.strong(`${place}: ${title ?? ''}`))
  await io.line(`decode   ${formatNames[format]}, ${prepared.length} bytes at ${prepared.offset}`)
  for (const line of repairLines(prepared.repairs)) await io.line(`         ${line}`)
  if (ready !== null)
    await io.line(
      `prepare  brief level ${ready.briefLevel}, ${ready.carrier}${ready.isDelete ? ', asks for a deletion' : ''}; keys ${keysOf(explained).join(', ') || 'none'}`,
    )
  if (result.trace !== null) for (const line of traceLines(result.trace)) await io.line(`         ${line}`)
  await io.line(
    `plan     ${outcomeName(result.outcome)}${result.code === null ? '' : ` ${result.code}: ${codeSentences[result.code]}`}${result.mmsId === null || result.before === null ? '' : `, bib ${result.mmsId}`}`,
  )
  if (result.code !== null) await io.line(`         ${codeRemedies[result.code]}`)
  const changes = changesOf(explained)
  if (changes.length > 0) for (const line of diffLines(changes)) await io.line(`         ${line}`)
  await io.line()
}

export const commands = [explain]
