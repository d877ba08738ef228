import type { Queryable } from '../../db/database.ts'
import { type Issue, type IssueFilter, listIssues } from '../../import/issues.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns, counted, cut } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

export const issueList = command(
  {
    name: 'issue list',
    summary: 'Lists the records that wait for a person, oldest first.',
    arguments: {},
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'only those of a zone' },
      job: { type: 'number', shown: 'ID', meaning: 'only those of a job' },
      code: { type: 'text', shown: 'CODE', meaning: 'only those with a code' },
      settled: { type: 'flag', meaning: 'those that were settled, instead of the open ones' },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array of { issue, zone, job, file, position, outcome, code, title, candidates, opened_at, resolved_at, resolved_by, resolution, mms_id, export }; resolution is merge, overlay, create, combine, discard, undone, exported or null; job, file and position are null for an export of the gateway, export for a record of a job',
  },
  ({ zone, job, code, settled, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const issues = await allIssues(db, {
        open: !settled,
        ...(zone === undefined ? {} : { zone }),
        ...(job === undefined ? {} : { job }),
        ...(code === undefined ? {} : { code }),
      })
      if (json) await io.json(issues.map(issueRow))
      else {
        for (const line of columns(issues.map(cells))) await io.line(line)
        if (issues.length === 0) io.say('There are no such issues.')
      }
      return exitCodes.done
    }),
)

const page = 500

async function allIssues(db: Queryable, filter: Omit<IssueFilter, 'after' | 'limit'>): Promise<Issue[]> {
  const issues: Issue[] = []
  for (;;) {
    const after = issues.at(-1)?.id
    const rows = await listIssues(db, { ...filter, ...(after === undefined ? {} : { after }), limit: page })
    issues.push(...rows)
    if (rows.length < page) return issues
  }
}

/** An issue as it is printed. */
export const issueRow = (issue: Issue) => ({
  issue: issue.id,
  zone: issue.zone,
  job: issue.job,
  file: issue.file,
  position: issue.position,
  outcome: issue.outcome,
  code: issue.code,
  title: issue.title,
  candidates: issue.candidates,
  opened_at: issue.openedAt,
  resolved_at: issue.resolvedAt,
  resolved_by: issue.resolvedBy,
  resolution: issue.resolution,
  mms_id: issue.mmsId,
  export: issue.export,
})

const cells = ({ id, zone, job, position, export: exported, code, candidates, resolution, title }: Issue) => [
  id,
  zone,
  exported === null ? `job ${job}, record ${position}` : `export ${exported}`,
  code,
  resolution ?? (candidates.length === 0 ? '' : counted(candidates.length, 'candidate')),
  cut(title, 60),
]
