import { readdir } from 'node:fs/promises'
import { sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/**
 * The built web part: its files, and its one page for every other address, since the page's own router
 * knows the screens. Names in `assets/` carry a hash of what is in them, and may be kept for ever.
 */
export async function serveWebFiles(
  app: FastifyInstance,
  webDir: string,
  answerUnknown: (request: { method: string; url: string }) => never,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: webDir,
    serve: false,
    dotfiles: 'deny',
    index: false,
    suppressWarning: true,
  })
  let files = await listFiles(webDir)
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = pathOf(request.url)
    if (path === null || path.startsWith('api/') || path === 'api') return answerUnknown(request)
    const isAsset = path.startsWith('assets/')
    // The page may be built, or built anew, while the server runs.
    if (!files.has('index.html') || (isAsset && !files.has(path))) files = await listFiles(webDir)
    if (files.has(path) && path !== 'index.html') {
      return reply
        .header('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
        .sendFile(path, { cacheControl: false })
    }
    if (path !== 'index.html' && (isAsset || /\.[a-z0-9]{1,5}$/i.test(path))) return answerUnknown(request)
    if (files.has('index.html'))
      return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send('The web part is not built yet: npm start builds it.\n')
  })
}

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname).replace(/^\/+/, '')
  } catch {
    return null
  }
}

/** Relative, with slashes; empty where nothing is built. */
async function listFiles(folder: string): Promise<ReadonlySet<string>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
    return new Set(names.map((name) => name.slice(folder.length).split(sep).join('/').replace(/^\/+/, '')))
  } catch {
    return new Set()
  }
}
