import { type JobRecord, listRecords } from '../../import/job-records.ts'
import { outcomes } from '../../rules/outcome.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { cut } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { outcomeName } from '../outcome-words.ts'
import { jobArgument } from './argument.ts'

export const jobRecords = command(
  {
    name: 'job records',
    summary: 'Lists the records of a job in the order of its files.',
    arguments: jobArgument,
    options: {
      outcome: { type: 'text', shown: 'OUTCOME', choices: outcomes, meaning: 'only those with an outcome' },
      code: { type: 'text', shown: 'CODE', meaning: 'only those with a code' },
      inventory: {
        type: 'text',
        shown: 'problems',
        choices: ['problems'],
        meaning: 'only those of whose inventory something was wrong',
      },
      repair: { type: 'text', shown: 'CODE', meaning: 'only those that needed a repair' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'one object a line: { file, position, offset, length, outcome, code, mms_id, ours, title, matched, duplicate_in_file, repairs, version_before, version_after, issue }; issue is { id, resolution } or null, ours the bib that a job over a list of bibs was to link',
  },
  ({ job, outcome, code, repair, inventory, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const filter = {
        ...(outcome === undefined ? {} : { outcome }),
        ...(code === undefined ? {} : { code }),
        ...(repair === undefined ? {} : { repair }),
        ...(inventory === undefined ? {} : { inventory }),
      }
      let last: JobRecord | undefined
      for (;;) {
        const after = last === undefined ? {} : { after: last }
        const rows = await listRecords(db, job, { ...filter, ...after, limit: page })
        if (json) for (const row of rows) await io.json(recordRow(row))
        else for (const row of rows) await io.line(recordLine(row))
        last = rows.at(-1)
        if (rows.length < page) break
      }
      return exitCodes.done
    }),
)

const page = 1000

const recordRow = (row: JobRecord) => ({
  file: row.file,
  position: row.position,
  offset: row.offset,
  length: row.length,
  outcome: row.outcome,
  code: row.code,
  mms_id: row.mmsId,
  ours: row.ours,
  title: row.title,
  matched: row.matched,
  duplicate_in_file: row.duplicateInFile,
  repairs: row.repairs,
  version_before: row.versionBefore,
  version_after: row.versionAfter,
  issue: row.issue,
})

/** Widths are fixed, since a list of a million is not held to find the widest. */
function recordLine({ file, position, outcome, code, mmsId, ours, title, issue }: JobRecord): string {
  const place = file === 1 ? String(position) : `${file}:${position}`
  const why = code === null ? '' : ` ${code}`
  const open = issue === null ? '' : ` [issue ${issue.id}${issue.resolution === null ? '' : `, settled`}]`
  return `${place.padStart(8)}  ${outcomeName(outcome).padEnd(12)}  ${(ours ?? mmsId ?? '').padEnd(18)}  ${ours !== null && mmsId !== null ? `→ ${mmsId}  ` : ''}${cut(title, 70)}${why}${open}`
}
