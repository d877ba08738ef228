import { getIssue, listIssues, resolveIssue } from '../../import/issues.ts'
import { ApiError } from '../api/error.ts'
import { IssuePage, IssueParams, IssueQuery, Resolve, WholeIssue } from '../api/issue.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'

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
    ({ query: { limit = 100, open = true, ...query } }) => listIssues(db, { ...query, open, limit }),
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
