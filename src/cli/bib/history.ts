import { type BibVersionRow, listBibVersions } from '../../catalog/bib-page.ts'
import { diffRecords } from '../../rules/diff.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { chooseZone, zoneOption } from '../choose.ts'
import { command } from '../command.ts'
import { diffJson, diffLines } from '../diff-text.ts'
import { exitCodes } from '../exit-code.ts'
import { CommandFailure } from '../failure.ts'
import { style } from '../style.ts'
import { formatTime } from '../time.ts'
import { bibArgument } from './argument.ts'

export const bibHistory = command(
  {
    name: 'bib history',
    summary: 'Shows what a bib has been, newest first, and what each step changed.',
    about: ['Also of a bib that was deleted. Of a linked bib, its own local fields alone.'],
    arguments: bibArgument,
    options: { zone: zoneOption, json: { type: 'flag', meaning: 'print JSON' }, data: dataOption },
    json: 'an array of { version, action, changed_at, changed_by, job, file, position, brief_level, suppressed, publish_to_oclc, originating_system, diff: [{ change, tag, before, after }] }; diff is against the version before',
  },
  ({ mmsId, zone: code, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const zone = await chooseZone(db, code)
      const versions = await listBibVersions(db, zone, mmsId, { limit: mostVersions })
      if (versions.length === 0) throw new CommandFailure(`There is and was no bib ${mmsId} in zone ${code}.`)
      const steps = versions.map((version, at) => ({ version, diff: diffTo(versions[at + 1], version) }))
      if (json) await io.json(steps.map(({ version, diff }) => versionJson(version, diffJson(diff))))
      else
        for (const { version, diff } of steps) {
          await io.line(style.strong(versionLine(version)))
          if (diff.length > 0) for (const line of diffLines(diff)) await io.line(line)
        }
      return exitCodes.done
    }),
)

const mostVersions = 10_000

/** Nothing for the first version and for a deletion: there is nothing to compare. */
const diffTo = (before: BibVersionRow | undefined, { record }: BibVersionRow) =>
  before?.record && record ? diffRecords(before.record, record) : []

const versionLine = ({ version, action, changedAt, changedBy, job, position }: BibVersionRow): string =>
  [
    `version ${version}: ${action} ${formatTime(changedAt)}`,
    ...(changedBy === null ? [] : [`by ${changedBy}`]),
    ...(job === null ? [] : [position === null ? `job ${job}` : `job ${job}, record ${position}`]),
  ].join(', ')

const versionJson = (row: BibVersionRow, diff: ReturnType<typeof diffJson>) => ({
  version: row.version,
  action: row.action,
  changed_at: row.changedAt,
  changed_by: row.changedBy,
  job: row.job,
  file: row.file,
  position: row.position,
  brief_level: row.briefLevel,
  suppressed: row.suppressed,
  publish_to_oclc: row.publishToOclc,
  originating_system: row.originatingSystem,
  diff,
})
