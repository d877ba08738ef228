import { getIssue, listIssues } from '../../import/issues.ts'
import { resolveIssue } from '../../import/resolve-issue.ts'
import { ApiError } from '../api/error.ts'
import { IssuePage, IssueParams, IssueQuery, Resolve, WholeIssue } from '../api/issue.ts'
import { actorOfRequest, byOf, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'

export function issueRoutes(app: App, { db, dataDir }: ServerContext): void {
  app.get(
    '/api/issues',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['import'],
        summary: 'What waits for a person, oldest first; with open=false what was settled',
        querystring: IssueQuery,
        response: { 200: IssuePage, '4xx': ApiError },
      },
    },
    async (request) => {
      const { limit = 100, open = true, after, ...query } = request.query
      const rows = await listIssues(db, {
        zones: await zonesSeen(db, actorOfRequest(request)),
        ...query,
        ...(after === undefined ? {} : { after: readCursor(after, ['number'])[0] }),
        open,
        limit: limit + 1,
      })
      return pageOf(rows, limit, ({ id }) => [id])
    },
  )

  app.get(
    '/api/issues/:id',
    {
      config: { access: { may: 'zone.view', in: 'issue' } },
      schema: {
        tags: ['import'],
        summary: 'An issue with its record and the bibs that it may be',
        params: IssueParams,
        response: { 200: WholeIssue, '4xx': ApiError },
      },
    },
    ({ params: { id } }) => getIssue(db, dataDir, id),
  )

  app.post(
    '/api/issues/:id/resolve',
    {
      config: { access: { may: 'issue.resolve', in: 'issue' } },
      schema: {
        tags: ['import'],
        summary: 'Settles an issue',
        params: IssueParams,
        body: Resolve,
        response: { 200: WholeIssue, '4xx': ApiError },
      },
    },
    (request) => resolveIssue(db, dataDir, request.params.id, { ...request.body, by: byOf(request) }),
  )
}
