import { actorOfRequest, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { openJobFeed, type FeedSource } from '../job-feed.ts'

/** Milliseconds that a client listens at a stretch. */
const longest = 10 * 60_000

export function eventRoutes(app: App, { db }: ServerContext, source: FeedSource): void {
  const feed = openJobFeed(source, app.log)
  app.addHook('preClose', async () => feed.close())
  app.get(
    '/api/events',
    {
      config: { access: 'signed-in' },
      schema: {
        tags: ['server'],
        summary: 'Server-sent events: `job` with a Job, `status` with a Status',
        description:
          'A job is told when it has changed, at most twice a second. Nothing is repeated after a break: read afresh what you show.',
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const client = feed.open(await zonesSeen(db, actorOfRequest(request)))
      // Then it comes again, and is asked anew who it is and what it sees.
      const over = setTimeout(() => client.end(), longest)
      client.readable.once('close', () => clearTimeout(over))
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(client.readable)
    },
  )
}
