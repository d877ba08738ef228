import type { App } from './app.ts'
import { Refusal } from './refusal.ts'

type Asked = { readonly method: string; readonly url: string }

/**
 * Tells an address that exists under another method (405, with what it takes) from one that does not
 * (404). Register before the routes, which it collects.
 */
export function openUnknownRoutes(app: App): (asked: Asked) => never {
  const known: { readonly methods: ReadonlySet<string>; readonly pattern: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (!url.startsWith('/api/')) return
    const pattern = new RegExp(`^${url.replace(/[.]/g, '\\.').replace(/:[a-zA-Z]+/g, '[^/]+')}$`)
    known.push({ methods: new Set([method].flat()), pattern })
  })

  function answerUnknown({ method, url }: Asked): never {
    const path = url.split('?', 1)[0] ?? ''
    const methods = new Set(
      known.filter(({ pattern }) => pattern.test(path)).flatMap((route) => [...route.methods]),
    )
    if (methods.size === 0 || methods.has(method)) {
      throw new Refusal(404, 'NO_SUCH_ADDRESS', 'There is nothing at this address.', {
        remedy: 'GET /api/openapi.json lists what there is.',
      })
    }
    const allowed = [...methods].sort().join(', ')
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', `This address takes ${allowed}.`, { allow: allowed })
  }

  app.setNotFoundHandler((request, reply) => {
    answerUnknown(request)
    return reply
  })
  return answerUnknown
}
