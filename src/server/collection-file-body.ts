import { Type } from 'typebox'
import type { App } from './app.ts'

const types = [
  'text/tab-separated-values',
  'text/plain',
  'application/marc',
  'application/marcxml+xml',
  'application/octet-stream',
] as const

/** Lets the routes of a scope take files for collections as bytes, whatever they are called: it is told by their content. */
export function takeCollectionFiles(scope: App): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** Such a body in the description of the API; its route has `bodyUnchecked`. */
export const collectionFileBody = {
  consumes: [...types],
  body: Type.Unsafe<Uint8Array | undefined>({ type: 'string', format: 'binary' }),
}
