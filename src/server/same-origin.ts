import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServerContext } from './context.ts'
import { Refusal } from './refusal.ts'

const ownHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Methods that change nothing. */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Keeps other web sites out, although the browser that shows them can reach this machine.
 *
 * - A request must address the server by a name that is its own, else a site could rebind its own name
 *   to this machine and read what it likes.
 * - A request from a page of another origin is refused, but for following a link to a page. Browsers say
 *   where a request is from by Sec-Fetch-Site and Origin; programs send neither, and are let in.
 */
export function refuseOtherSites(app: FastifyInstance, { hosts }: Pick<ServerContext, 'hosts'>): void {
  app.addHook('onRequest', async (request) => {
    const host = request.headers.host ?? ''
    if (!isKnown(host, hosts)) {
      throw new Refusal(421, 'UNKNOWN_HOST', 'The server is not known by that name.', {
        remedy: 'Open it as http://localhost with its port.',
        field: 'Host',
      })
    }
    if (isFromOtherSite(request, host)) {
      throw new Refusal(403, 'OTHER_SITE', 'The request comes from a page of another site.', {
        remedy: 'Open Accession itself and do it there.',
      })
    }
  })
}

function isKnown(host: string, others: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/:\d{1,5}$/, '')
  return ownHosts.has(name) || others.includes(name)
}

function isFromOtherSite({ method, headers }: FastifyRequest, host: string): boolean {
  const site = headers['sec-fetch-site']
  if (safeMethods.has(method)) {
    const isFollowedLink =
      headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
    return (site === 'cross-site' || site === 'same-site') && !isFollowedLink
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  const { origin } = headers
  return (
    origin !== undefined &&
    origin.toLowerCase() !== `http://${host}`.toLowerCase() &&
    origin.toLowerCase() !== `https://${host}`.toLowerCase()
  )
}
