import { listJobs } from '../../import/job.ts'
import { getReport, listConflicts, listEvents } from '../../import/report.ts'
import { cancelJob, resumeJob } from '../../import/control-job.ts'
import { submitCommit, submitUndo } from '../../import/follow-job.ts'
import { submitJob } from '../../import/submit.ts'
import { ApiError } from '../api/error.ts'
import {
  ConflictQuery,
  Job,
  JobEvents,
  JobPage,
  JobParams,
  JobQuery,
  JobReport,
  NewJob,
  UndoConflictPage,
} from '../api/job.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'

export function jobRoutes(app: App, { db, dataDir, person }: ServerContext): void {
  app.get(
    '/api/jobs',
    {
      schema: {
        tags: ['import'],
        summary: 'Jobs, newest first',
        querystring: JobQuery,
        response: { 200: JobPage, '4xx': ApiError },
      },
    },
    async ({ query: { limit = 50, before, ...query } }) => {
      const rows = await listJobs(db, {
        ...query,
        ...(before === undefined ? {} : { below: readCursor(before, ['number'])[0] }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ job }) => [job])
    },
  )

  app.post(
    '/api/jobs',
    {
      schema: {
        tags: ['import'],
        summary: 'Submits a job over stored files',
        description: 'With an idempotency key that a job has already, answers 200 and that job.',
        body: NewJob,
        response: { 200: Job, 201: Job, '4xx': ApiError },
      },
    },
    async ({ body: { dryRun, ...job } }, reply) => {
      const { job: submitted, isNew } = await submitJob(db, dataDir, {
        ...job,
        kind: dryRun ? 'preview' : 'import',
        by: person,
      })
      return reply.code(isNew ? 201 : 200).send(submitted)
    },
  )

  app.get(
    '/api/jobs/:job',
    {
      schema: {
        tags: ['import'],
        summary: 'A job and its report',
        params: JobParams,
        response: { 200: JobReport, '4xx': ApiError },
      },
    },
    ({ params: { job } }) => getReport(db, job),
  )

  app.get(
    '/api/jobs/:job/events',
    {
      schema: {
        tags: ['import'],
        summary: 'What happened to the job',
        params: JobParams,
        response: { 200: JobEvents, '4xx': ApiError },
      },
    },
    ({ params: { job } }) => listEvents(db, job),
  )

  app.get(
    '/api/jobs/:job/conflicts',
    {
      schema: {
        tags: ['import'],
        summary: 'What an undo could not take back, and why',
        params: JobParams,
        querystring: ConflictQuery,
        response: { 200: UndoConflictPage, '4xx': ApiError },
      },
    },
    async ({ params: { job }, query: { limit = 100, after } }) => {
      const place = after === undefined ? null : readCursor(after, ['number', 'number'])
      const rows = await listConflicts(db, job, {
        ...(place === null ? {} : { after: { file: place[0], position: place[1] } }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ file, position }) => [file, position])
    },
  )

  const act = (path: string, summary: string, run: (job: number) => Promise<Job>) =>
    app.post(
      `/api/jobs/:job/${path}`,
      { schema: { tags: ['import'], summary, params: JobParams, response: { 200: Job, '4xx': ApiError } } },
      ({ params: { job } }) => run(job),
    )

  act('commit', 'Does what a preview showed: a new job', (job) => submitCommit(db, job, person))
  act('undo', 'Takes the job back: a new job', (job) => submitUndo(db, job, person))
  act('cancel', 'Stops the job after the batch in hand; what is committed stays', (job) => cancelJob(db, job))
  act('resume', 'Goes on with a cancelled, paused or failed job', (job) => resumeJob(db, job))
}
