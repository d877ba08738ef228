import { getRecord, type WholeJobRecord } from '../../import/job-records.ts'
import { formatField } from '../../rules/field-text.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { command } from '../command.ts'
import { diffJson, diffLines } from '../diff-text.ts'
import { exitCodes } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { outcomeName } from '../outcome-words.ts'
import { repairLines } from '../repair-text.ts'
import { style } from '../style.ts'
import { tagWords } from '../tag-words.ts'
import { traceLines } from '../trace-text.ts'
import { jobArgument } from './argument.ts'

export const jobDiff = command(
  {
    name: 'job diff',
    summary: 'Shows what a record changes, field by field, and how its outcome came about.',
    about: ['Of a dry run, what it would change; of another job, what it has changed.'],
    arguments: {
      ...jobArgument,
      position: { type: 'number', shown: 'POSITION', meaning: 'place of the record in its file, from 1' },
    },
    options: {
      file: { type: 'number', shown: 'N', meaning: 'which file of the job; the first by default' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { file, position, outcome, code, mms_id, version_before, version_after, title, repairs: [{ code, field, before, after }], trace, diff: [{ change, tag, before, after }], combined: [{ zone, mms_id, became, into, version_before, version_after }], tags: { suppressed, publish_to_oclc } or null }; change is added, removed or changed, fields are text as 245 10 $a Emma',
  },
  ({ job, position, file = 1, json, data }, io) =>
    withCatalogue(data, io, async ({ db, dataDir }) => {
      const record = await getRecord(db, dataDir, job, { file, position })
      if (json) await io.json(recordJson(record))
      else await print(record, io)
      return exitCodes.done
    }),
)

/** A new bib has nothing before it: all of its fields are added. */
const changesOf = ({ before, after, diff }: WholeJobRecord) =>
  before === null && after !== null
    ? after.fields.map((field) => ({
        change: 'added' as const,
        tag: field.tag,
        before: null,
        after: field,
        placeBefore: null,
        placeAfter: null,
      }))
    : diff

const recordJson = (record: WholeJobRecord) => ({
  file: record.file,
  position: record.position,
  outcome: record.outcome,
  code: record.code,
  mms_id: record.mmsId,
  version_before: record.versionBefore,
  version_after: record.versionAfter,
  title: record.title,
  repairs: record.repairs.map(({ code, field = null, before, after }) => ({ code, field, before, after })),
  trace: record.trace,
  diff: diffJson(changesOf(record)),
  combined: record.combined.map(({ zone, mmsId, became, into, versionBefore, versionAfter }) => ({
    zone,
    mms_id: mmsId,
    became,
    into,
    version_before: versionBefore,
    version_after: versionAfter,
  })),
  tags: record.tags && { suppressed: record.tags.suppressed, publish_to_oclc: record.tags.publishToOclc },
})

async function print(record: WholeJobRecord, io: Io): Promise<void> {
  const { file, position, outcome, code, sentence, remedy, mmsId, title, trace, repairs, incoming } = record
  await io.line(style.strong(`Record ${position} of file ${file}: ${title}`))
  await io.line(
    `${outcomeName(outcome)}${code === null ? '' : ` ${code}`}${mmsId === null ? '' : `, bib ${mmsId}`}`,
  )
  if (record.tags !== null && tagWords(record.tags) !== '')
    await io.line(`The bib is ${tagWords(record.tags)}.`)
  if (sentence !== null) await io.line(sentence)
  if (remedy !== null) await io.line(remedy)
  for (const line of repairLines(repairs)) await io.line(line)
  if (trace !== null) for (const line of traceLines(trace)) await io.line(line)
  for (const { zone, mmsId, became, into } of record.combined)
    await io.line(`bib ${mmsId} of ${zone}: ${combinedWords[became](into)}`)
  const changes = changesOf(record)
  await io.line()
  if (changes.length > 0) for (const line of diffLines(changes)) await io.line(line)
  else if (incoming === null) await io.line('The record could not be read as MARC; its bytes are kept.')
  else {
    await io.line('No bib changes. The record as it was read:')
    for (const field of incoming.fields) await io.line(`  ${formatField(field)}`)
  }
}

const combinedWords: Readonly<
  Record<WholeJobRecord['combined'][number]['became'], (into: string) => string>
> = {
  deleted: (into) => `combined into ${into} and deleted`,
  suppressed: (into) => `combined into ${into} and suppressed`,
  kept: (into) => `combined into ${into} and kept`,
  linked: (into) => `linked to ${into} from now on`,
  relinked: (into) => `linked to ${into} from now on`,
  joined: (into) => `deleted; its local fields are in ${into}`,
  extended: (into) => `linked to ${into}; has the local fields of another`,
}
