import type { BibPage } from '../../catalog/bib-page.ts'
import { findLock, type HeldLock } from '../../catalog/lock.ts'
import { displayTitle } from '../../rules/display-title.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { columns } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { Io } from '../io.ts'
import { endings, writerFor } from '../marc-format.ts'
import { openRecords, withOut } from '../record-file.ts'
import { recordLines } from '../record-text.ts'
import { style } from '../style.ts'
import { formatTime } from '../time.ts'
import { bibArgument, getBib } from './argument.ts'

export const bibShow = command(
  {
    name: 'bib show',
    summary: 'Shows a bib, or with --format its record as a file.',
    about: ['Of a linked bib, the record is the network’s with the local fields in their places.'],
    arguments: bibArgument,
    options: {
      zone: zoneOption,
      format: {
        type: 'text',
        shown: 'FORMAT',
        choices: endings,
        meaning: 'the record alone: ISO 2709, MARCXML, MARC-in-JSON or MarcEdit text',
      },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object { mms_id, zone, version, title, brief_level, suppressed, publish_to_oclc, originating_system, linked_mms_id, changed_at, changed_by, job, lock, record }; lock is { holder, since, until } or null, record a list of fields as text',
  },
  ({ mmsId, zone: code, format, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const bib = await getBib(db, zone, mmsId)
      if (format !== undefined) {
        await withOut(undefined, io, async (out) => {
          const records = openRecords(out, writerFor(format), io)
          await records.add(bib.record, mmsId)
          await records.end()
        })
        return exitCodes.done
      }
      const lock = await findLock(db, zone.zoneId, mmsId)
      if (json) await io.json(bibJson(bib, code, lock))
      else await print(bib, lock, io)
      return exitCodes.done
    }),
)

const bibJson = (bib: BibPage, zone: string, lock: HeldLock | undefined) => ({
  mms_id: bib.mmsId,
  zone,
  version: bib.version,
  title: displayTitle(bib.record),
  brief_level: bib.briefLevel,
  suppressed: bib.suppressed,
  publish_to_oclc: bib.publishToOclc,
  originating_system: bib.originatingSystem,
  linked_mms_id: bib.linkedMmsId,
  changed_at: bib.changedAt,
  changed_by: bib.changedBy,
  job: bib.job,
  lock: lock === undefined ? null : { holder: lock.holder, since: lock.since, until: lock.until },
  record: recordLines(bib.record),
})

async function print(bib: BibPage, lock: HeldLock | undefined, io: Io): Promise<void> {
  const { mmsId, version, briefLevel, suppressed, publishToOclc, originatingSystem, linkedMmsId } = bib
  await io.line(style.strong(`${mmsId}: ${displayTitle(bib.record)}`))
  const rows = [
    [
      'version',
      `${version}, of ${formatTime(bib.changedAt)}${bib.job === null ? '' : `, by job ${bib.job}`}`,
    ],
    ['brief level', `${briefLevel} of 10`],
    ['comes from', originatingSystem],
    ['tags', `${suppressed ? 'suppressed' : 'not suppressed'}, OCLC: ${publishToOclc}`],
    ...(linkedMmsId === null ? [] : [['linked to', linkedMmsId]]),
    ...(lock === undefined
      ? []
      : [['lock', `${lock.holder} since ${formatTime(lock.since)}, until ${formatTime(lock.until)}`]]),
  ]
  for (const line of columns(rows)) await io.line(line)
  await io.line()
  for (const line of recordLines(bib.record)) await io.line(line)
}
