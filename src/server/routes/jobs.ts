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
import { actorOfRequest, byOf, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { holdToZone } from '../hold-to.ts'
import { pageOf, readCursor } from '../cursor.ts'

export function jobRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.get(
    '/api/jobs',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['import'],
        summary: 'Jobs, newest first',
        querystring: JobQuery,
        response: { 200: JobPage, '4xx': ApiError },
      },
    },
    async (request) => {
      const { limit = 50, before, ...query } = request.query
      const rows = await listJobs(db, {
        zones: await zonesSeen(db, actorOfRequest(request)),
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
      config: { access: { may: 'import.run', in: 'body' } },
      schema: {
        tags: ['import'],
        summary: 'Submits a job over stored files',
        description: 'With an idempotency key that a job of the zone has already, answers 200 and that job.',
        body: NewJob,
        response: { 200: Job, 201: Job, '4xx': ApiError },
      },
    },
    async (request, reply) => {
      const { dryRun, ...job } = request.body
      const { job: submitted, isNew } = await submitJob(db, dataDir, {
        ...job,
        kind: dryRun ? 'preview' : 'import',
        by: byOf(request),
        holdTo: (bibZone) => holdToZone(actorOfRequest(request), 'import.run', bibZone),
      })
      return reply.code(isNew ? 201 : 200).send(submitted)
    },
  )

  app.get(
    '/api/jobs/:job',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
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
      config: { access: { may: 'zone.view', in: 'job' } },
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
      config: { access: { may: 'zone.view', in: 'job' } },
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

  const act = (
    path: string,
    summary: string,
    permission: 'import.run' | 'import.undo',
    run: (job: number, by: string) => Promise<Job>,
  ) =>
    app.post(
      `/api/jobs/:job/${path}`,
      {
        config: { access: { may: permission, in: 'job' } },
        schema: { tags: ['import'], summary, params: JobParams, response: { 200: Job, '4xx': ApiError } },
      },
      (request) => run(request.params.job, byOf(request)),
    )

  act('commit', 'Does what a preview showed: a new job', 'import.run', (job, by) => submitCommit(db, job, by))
  act('undo', 'Takes the job back: a new job', 'import.undo', (job, by) => submitUndo(db, job, by))
  act('cancel', 'Stops the job after the batch in hand; what is committed stays', 'import.run', (job) =>
    cancelJob(db, job),
  )
  act('resume', 'Goes on with a cancelled, paused or failed job', 'import.run', (job) => resumeJob(db, job))
}
