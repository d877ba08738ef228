import { listDifferences } from '../../import/replay-report.ts'
import { type ReplayBy, submitReplay } from '../../import/replay.ts'
import { objectOf, type Shape, type ShapeProblem, truth, wholeNumber } from '../../rules/shape.ts'
import { ApiError } from '../api/error.ts'
import { Job, JobParams } from '../api/job.ts'
import { DifferenceQuery, NewReplay, ReplayedRecordPage } from '../api/replay.ts'
import { byOf } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'
import { bodyUnchecked, parseDraft } from '../draft-profile.ts'
import { Refusal } from '../refusal.ts'

export function replayRoutes(app: App, { db }: ServerContext): void {
  app.post(
    '/api/jobs/:job/replay',
    {
      config: { access: { may: 'import.run', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'Runs the files of a job anew by another profile, changing nothing: a new job',
        description:
          'The catalogue is taken as the job saw it. What would differ is at /api/jobs/{job}/differences of the new job, and counted in its report.',
        params: JobParams,
        body: NewReplay,
        response: { 200: Job, '4xx': ApiError },
      },
      validatorCompiler: bodyUnchecked,
    },
    (request) => submitReplay(db, request.params.job, replayBy(request.body), byOf(request)),
  )

  app.get(
    '/api/jobs/:job/differences',
    {
      config: { access: { may: 'zone.view', in: 'job' } },
      schema: {
        tags: ['import'],
        summary: 'The records of a replay that came out otherwise than in its job',
        description: 'Outcome and code of the query are those of the replay.',
        params: JobParams,
        querystring: DifferenceQuery,
        response: { 200: ReplayedRecordPage, '4xx': ApiError },
      },
    },
    async ({ params: { job }, query: { limit = 50, after, ...query } }) => {
      const place = after === undefined ? null : readCursor(after, ['number', 'number'])
      const rows = await listDifferences(db, job, {
        ...query,
        ...(place === null ? {} : { after: { file: place[0], position: place[1] } }),
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ file, position }) => [file, position])
    },
  )
}

const anything: Shape = () => {}

const replayShape = objectOf({ version: wholeNumber(1, 2147483647), profile: anything, same: truth }, [
  'version',
  'profile',
  'same',
])

/** @throws {Refusal} */
function replayBy(body: NewReplay | null = null): ReplayBy {
  if (body === null) return {}
  const problems: ShapeProblem[] = []
  replayShape(body, '', problems)
  const { version, profile, same } = problems.length === 0 ? body : {}
  if (problems.length === 0 && [version, profile, same].filter((given) => given !== undefined).length > 1)
    problems.push({ path: '', message: 'says more than one of version, profile and same' })
  if (problems.length > 0)
    throw new Refusal(422, 'INVALID', 'The body does not say by what the job is to be replayed.', {
      problems,
    })
  if (same === true) return { same }
  return profile === undefined
    ? version === undefined
      ? {}
      : { version }
    : { draft: parseDraft(profile, 'profile') }
}
