import { actorOfRequest, zonesSeen } from '../access.ts'
import type { App } from '../app.ts'
import type { ServerContext } from '../context.ts'
import { identify } from '../identify.ts'
import { openJobFeed, type FeedSource } from '../job-feed.ts'

/** Milliseconds after which a client that may not listen any more hears nothing more, at the latest. */
const lookAgain = 10_000

export function eventRoutes(app: App, context: ServerContext, source: FeedSource): void {
  const { db } = context
  const feed = openJobFeed(source, app.log)
  app.addHook('preClose', async () => feed.close())
  app.get(
    '/api/events',
    {
      config: { access: 'signed-in', isAskedByItself: true },
      // A stream has no end to be described without it.
      exposeHeadRoute: false,
      schema: {
        tags: ['server'],
        summary: 'Server-sent events: `job` with a Job, `status` with a Status',
        description:
          'A job is told when it has changed, at most twice a second. Nothing is repeated after a break: read afresh what you show.',
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const zones = await zonesSeen(db, actorOfRequest(request))
      const client = feed.open(zones)
      const look = async () => {
        const { actor } = await identify(request, context, false)
        const seen = actor === null ? [] : await zonesSeen(db, actor)
        // It comes again, and is asked anew who it is and what it sees.
        if (actor === null || seen.join() !== zones.join()) client.end()
      }
      // Without a database there is no news either, and the next look finds out.
      const looking = setInterval(() => void look().catch(() => undefined), lookAgain)
      client.readable.once('close', () => clearInterval(looking))
      return reply
        .type('text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(client.readable)
    },
  )
}
