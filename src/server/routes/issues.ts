import { getIssue, listIssues } from '../../import/issues.ts'
import { resolveIssue } from '../../import/resolve-issue.ts'
import { ApiError } from '../api/error.ts'
import { IssuePage, IssueParams, IssueQuery, Resolve, WholeIssue } from '../api/issue.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { pageOf, readCursor } from '../cursor.ts'

export function issueRoutes(app: App, { db, dataDir, person }: ServerContext): void {
  app.get(
    '/api/issues',
    {
      schema: {
        tags: ['import'],
        summary: 'What waits for a person, oldest first; with open=false what was settled',
        querystring: IssueQuery,
        response: { 200: IssuePage, '4xx': ApiError },
      },
    },
    async ({ query: { limit = 100, open = true, after, ...query } }) => {
      const rows = await listIssues(db, {
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
      schema: {
        tags: ['import'],
        summary: 'Settles an issue',
        params: IssueParams,
        body: Resolve,
        response: { 200: WholeIssue, '4xx': ApiError },
      },
    },
    ({ params: { id }, body }) => resolveIssue(db, dataDir, id, { ...body, by: person }),
  )
}
