import { type Job, type JobFilter, listJobs } from '../../import/job.ts'
import type { Queryable } from '../../db/database.ts'
import { outcomes } from '../../rules/outcome.ts'
import { dataOption, withCatalogue } from '../catalogue.ts'
import { columns, formatCount } from '../columns.ts'
import { command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { jobRow } from '../job-json.ts'
import { outcomeName } from '../outcome-words.ts'
import { formatTime } from '../time.ts'

/** Jobs that are listed for people where they do not say how many. */
const usual = 50

export const jobList = command(
  {
    name: 'job list',
    summary: 'Lists jobs, newest first.',
    arguments: {},
    options: {
      zone: { type: 'text', shown: 'CODE', meaning: 'only those of a zone' },
      kind: {
        type: 'text',
        shown: 'KIND',
        choices: ['import', 'preview', 'commit', 'undo', 'replay', 'link'],
        meaning: 'only those of a kind; a dry run is a preview',
      },
      status: {
        type: 'text',
        shown: 'STATUS',
        choices: ['pending', 'running', 'paused', 'completed', 'cancelled', 'failed'],
        meaning: 'only those of a status',
      },
      limit: { type: 'number', shown: 'N', meaning: `at most so many; ${usual} by default, with --json all` },
      json: { type: 'flag', meaning: 'print JSON' },
      data: dataOption,
    },
    json: 'an array, newest first, of { job, kind, of_job, status, reason, zone, bib_zone, profile, label, notes, submitted_at, submitted_by, started_at, finished_at, seconds, files, parts, records, done, outcomes, open_issues, undone_by }',
  },
  ({ zone, kind, status, limit, json, data }, io) =>
    withCatalogue(data, io, async ({ db }) => {
      const filter = {
        ...(zone === undefined ? {} : { zone }),
        ...(kind === undefined ? {} : { kind }),
        ...(status === undefined ? {} : { status }),
      }
      const most = limit ?? (json ? Number.POSITIVE_INFINITY : usual)
      const jobs = await newestJobs(db, filter, most)
      if (json) await io.json(jobs.map(jobRow))
      else {
        for (const line of columns(jobs.map(cells))) await io.line(line)
        if (jobs.length === 0) io.say('There are no such jobs.')
        if (limit === undefined && jobs.length === most) io.say('There may be more: --limit N')
      }
      return exitCodes.done
    }),
)

const page = 500

async function newestJobs(
  db: Queryable,
  filter: Omit<JobFilter, 'limit' | 'below'>,
  most: number,
): Promise<Job[]> {
  const jobs: Job[] = []
  while (jobs.length < most) {
    const below = jobs.at(-1)?.job
    const limit = Math.min(page, most - jobs.length)
    const rows = await listJobs(db, { ...filter, ...(below === undefined ? {} : { below }), limit })
    jobs.push(...rows)
    if (rows.length < limit) break
  }
  return jobs
}

const cells = ({
  job,
  submittedAt,
  kind,
  ofJob,
  status,
  zone,
  profile,
  records,
  outcomes: counts,
  label,
  undone,
}: Job) => [
  job,
  formatTime(submittedAt),
  ofJob === null ? kind : `${kind} of ${ofJob}`,
  undone === null ? status : `${status}, undone by ${undone}`,
  zone,
  profile ?? '',
  records ?? '',
  [
    ...outcomes
      .filter((outcome) => counts[outcome] > 0)
      .map((outcome) => `${formatCount(counts[outcome])} ${outcomeName(outcome)}`),
    ...(label === null ? [] : [`(${label})`]),
  ].join(', '),
]
