import { Type } from 'typebox'
import type { App } from './app.ts'

/** What a body that is one record of MARC may be called. */
const marcTypes = [
  'application/marc',
  'application/marcxml+xml',
  'application/xml',
  'text/xml',
  'application/marc-in-json',
  'application/json',
  'text/plain',
] as const

/**
 * Lets the routes of a scope take records of MARC as bytes: the readers tell by the content what it is, as they
 * do of files, and not by what it is called.
 */
export function takeMarc(scope: App): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser([...marcTypes], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
}

/** Such a body in the description of the API; its route has `bodyUnchecked`. */
export const marcBody = {
  consumes: [...marcTypes],
  body: Type.Unsafe<Uint8Array | undefined>({ type: 'string', format: 'binary' }),
}
