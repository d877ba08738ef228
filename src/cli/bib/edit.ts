import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { restoreBib } from '../../import/restore-bib.ts'
import type { Saved } from '../../import/run-edit.ts'
import { addBib, removeBib, tagBib, updateBib, type Writer } from '../../import/save-bib.ts'
import { readRecord } from '../../import/read-record.ts'
import { personHere } from '../../people/person-here.ts'
import { validationRules } from '../../rules/validation/validation-rules.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { UsageFailure } from '../failure.ts'
import type { Io } from '../io.ts'
import { bibArgument } from './argument.ts'

const json = { type: 'flag', meaning: 'print JSON' } as const
const savedJson =
  'one object { mms_id, zone, done, version_before, version, findings: [{ code, severity, field, at, value }], repairs: [{ code, field, before, after }] }; done is created, edited, tagged, restored, deleted or unchanged'

/** What everybody says who changes a bib. */
const writerOptions = {
  'if-version': {
    type: 'number',
    shown: 'VERSION',
    meaning: 'only if the bib is in this version still',
  },
  lock: { type: 'text', shown: 'TOKEN', meaning: 'the token of your own lock, as bib lock prints it' },
} as const

const tagOptions = {
  suppressed: {
    type: 'text',
    shown: 'YES',
    choices: ['yes', 'no'],
    meaning: 'whether discovery leaves the bib out',
  },
  'publish-to-oclc': {
    type: 'text',
    shown: 'WHAT',
    choices: ['publish', 'holdings-only', 'do-not-publish'],
    meaning: 'what OCLC is told of it',
  },
} as const

export const bibSave = command(
  {
    name: 'bib save',
    summary: 'Adds a bib from a file of one record, or with --mms-id makes a bib what is in the file.',
    about: [
      'The record is corrected, validated and levelled by the zone’s profile editor. Of a linked bib the local fields are saved; shared ones that differ are refused.',
      'The file is ISO 2709, MARCXML, MARC-in-JSON or MarcEdit text, or a field a line.',
    ],
    arguments: { file: { type: 'text', shown: 'FILE', meaning: 'the record; - is standard input' } },
    options: {
      zone: zoneOption,
      'mms-id': { type: 'text', shown: 'MMSID', meaning: 'the bib that is saved; without it one is added' },
      ...writerOptions,
      'check-match': { type: 'flag', meaning: 'refuse it where other bibs match' },
      'heed-warnings': { type: 'flag', meaning: 'refuse it for warnings too' },
      ...tagOptions,
      json,
      data: dataOption,
    },
    json: savedJson,
  },
  async (given, io) => {
    const mmsId = given['mms-id']
    if (mmsId === undefined && (given['if-version'] !== undefined || given.lock !== undefined))
      throw new UsageFailure('--if-version and --lock are for a bib that is there: name it by --mms-id.', '')
    const { record, repairs } = await readRecord(await recordIn(given.file, io))
    return withCatalogue(given.data, io, async ({ db }) => {
      const zone = await chooseZone(db, given.zone)
      const options = {
        ...writerOf(given),
        checkMatch: given['check-match'],
        heedWarnings: given['heed-warnings'],
        tags: tagsOf(given),
      }
      const saved =
        mmsId === undefined
          ? await addBib(db, zone, record, options)
          : await updateBib(db, zone, mmsId, record, options)
      if (given.json) await io.json({ ...savedRow(saved, zone.code), repairs })
      else {
        await tell(saved, zone.code, io)
        for (const { code, field } of repairs)
          await io.line(`Mended: ${code}${field === undefined ? '' : ` ${field}`}`)
      }
      return exitCodes.done
    })
  },
)

export const bibDelete = command(
  {
    name: 'bib delete',
    summary: 'Deletes a bib on which nothing hangs.',
    about: ['Its versions stay: bib history shows them, and bib restore brings it back.'],
    arguments: bibArgument,
    options: { zone: zoneOption, ...writerOptions, json, data: dataOption },
    json: savedJson,
  },
  (given, io) =>
    withCatalogue(given.data, io, async ({ db }) => {
      const zone = await chooseZone(db, given.zone)
      const saved = await removeBib(db, zone, given.mmsId, writerOf(given))
      if (given.json) await io.json({ ...savedRow(saved, zone.code), repairs: [] })
      else await tell(saved, zone.code, io)
      return exitCodes.done
    }),
)

export const bibTag = command(
  {
    name: 'bib tag',
    summary: 'Sets management tags of a bib.',
    arguments: bibArgument,
    options: { zone: zoneOption, ...tagOptions, ...writerOptions, json, data: dataOption },
    json: savedJson,
  },
  (given, io) => {
    const tags = tagsOf(given)
    if (Object.keys(tags).length === 0)
      throw new UsageFailure('There is nothing to set: give --suppressed, --publish-to-oclc or both.', '')
    return withCatalogue(given.data, io, async ({ db }) => {
      const zone = await chooseZone(db, given.zone)
      const saved = await tagBib(db, zone, given.mmsId, tags, writerOf(given))
      if (given.json) await io.json({ ...savedRow(saved, zone.code), repairs: [] })
      else await tell(saved, zone.code, io)
      return exitCodes.done
    })
  },
)

export const bibRestore = command(
  {
    name: 'bib restore',
    summary: 'Makes the record of a bib again what it was in a version, as a new version.',
    about: [
      'A deleted bib comes back under its number. Management tags stay as they are.',
      '--keep-later takes back what was changed from that version to the next, and keeps what later versions changed; fields that both touched are named and left.',
    ],
    arguments: bibArgument,
    options: {
      zone: zoneOption,
      version: {
        type: 'number',
        shown: 'VERSION',
        required: true,
        meaning: 'the version to restore, as bib history shows it',
      },
      'keep-later': { type: 'flag', meaning: 'take back one change alone' },
      ...writerOptions,
      json,
      data: dataOption,
    },
    json: `${savedJson}; besides, conflicts, a list of texts`,
  },
  (given, io) =>
    withCatalogue(given.data, io, async ({ db }) => {
      const zone = await chooseZone(db, given.zone)
      const options = { ...writerOf(given), keepLater: given['keep-later'] }
      const { conflicts, ...saved } = await restoreBib(db, zone, given.mmsId, given.version, options)
      if (given.json) await io.json({ ...savedRow(saved, zone.code), repairs: [], conflicts })
      else {
        await tell(saved, zone.code, io)
        for (const conflict of conflicts) await io.line(`Left as it is: ${conflict}`)
      }
      return exitCodes.done
    }),
)

type GivenWriter = {
  readonly 'if-version': number | undefined
  readonly lock: string | undefined
}

const writerOf = ({ 'if-version': version, lock }: GivenWriter): Writer => ({
  by: personHere(),
  ...(version === undefined ? {} : { version }),
  ...(lock === undefined ? {} : { lock }),
})

type GivenTags = {
  readonly suppressed: 'yes' | 'no' | undefined
  readonly 'publish-to-oclc': 'publish' | 'holdings-only' | 'do-not-publish' | undefined
}

const tagsOf = ({ suppressed, 'publish-to-oclc': publishToOclc }: GivenTags) => ({
  ...(suppressed === undefined ? {} : { suppressed: suppressed === 'yes' }),
  ...(publishToOclc === undefined ? {} : { publishToOclc }),
})

const recordIn = (file: string, { input }: Io): Promise<Uint8Array> =>
  file === '-' ? buffer(input) : readFile(file)

const savedRow = ({ mmsId, done, versionBefore, version, problems }: Saved, zone: string) => ({
  mms_id: mmsId,
  zone,
  done,
  version_before: versionBefore,
  version,
  findings: problems,
})

async function tell({ mmsId, done, version, problems }: Saved, zone: string, io: Io): Promise<void> {
  await io.line(
    done === 'unchanged'
      ? `Bib ${mmsId} of zone ${zone} is that already: version ${version}.`
      : `Bib ${mmsId} of zone ${zone} is ${done}: version ${version}.`,
  )
  for (const { code, field } of problems)
    await io.line(`Warning: ${code}${field === null ? '' : ` ${field}`}: ${validationRules[code].message}`)
}
