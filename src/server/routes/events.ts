import type { App } from '../app.ts'
import { openJobFeed, type FeedSource } from '../job-feed.ts'

export function eventRoutes(app: App, source: FeedSource): void {
  const feed = openJobFeed(source, app.log)
  app.addHook('preClose', async () => feed.close())
  app.get(
    '/api/events',
    {
      schema: {
        tags: ['server'],
        summary: 'Server-sent events: `job` with a Job, `status` with a Status',
        description:
          'A job is told when it has changed, at most twice a second. Nothing is repeated after a break: read afresh what you show.',
        produces: ['text/event-stream'],
      },
    },
    (_request, reply) =>
      reply
        .type('text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(feed.open().readable),
  )
}
