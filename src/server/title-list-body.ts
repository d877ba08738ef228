import { Type } from 'typebox'
import type { App } from './app.ts'

const types = ['text/tab-separated-values', 'text/plain', 'application/octet-stream'] as const

/** Lets the routes of a scope take title lists as bytes, whatever they are called: their decoder tells what they are. */
export function takeTitleLists(scope: App): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** Such a body in the description of the API; its route has `bodyUnchecked`. */
export const titleListBody = {
  consumes: [...types],
  body: Type.Unsafe<Uint8Array | undefined>({ type: 'string', format: 'binary' }),
}
