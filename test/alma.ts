import type { Zone } from '../src/catalog/zone.ts'
import type { Database } from '../src/db/database.ts'
import { addApiKey } from '../src/people/api-key.ts'
import { addPerson, giveRoles } from '../src/people/person.ts'
import type { Role } from '../src/people/roles.ts'
import type { App } from '../src/server/app.ts'

/** The API key of somebody new who has these roles in a zone. */
export async function keyOf(
  db: Database,
  { zoneId }: Zone,
  login: string,
  roles: readonly Role[],
): Promise<string> {
  const id = await addPerson(db, { login, name: login }, null)
  await db.transaction((tx) => giveRoles(tx, id, zoneId, roles, null))
  return (await addApiKey(db, id, { name: 'script', zones: [], writes: true, days: 1 })).secret
}

export type Asked = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** XML, or an object that is sent as JSON. */
  readonly body?: string | object
  readonly key?: string
}

/** Asks Alma’s API by a key. */
export function askingAlma(app: App, usual: string) {
  const ask = async (path: string, { method = 'GET', body, key = usual }: Asked = {}) => {
    const isJson = typeof body === 'object'
    const reply = await app.inject({
      method,
      url: `/almaws/v1${path}`,
      headers: {
        authorization: `apikey ${key}`,
        accept: 'application/xml',
        ...(body === undefined ? {} : { 'content-type': `application/${isJson ? 'json' : 'xml'}` }),
      },
      ...(body === undefined ? {} : { payload: isJson ? JSON.stringify(body) : body }),
    })
    return { status: reply.statusCode, text: reply.body, location: reply.headers.location }
  }
  return {
    ask,
    json: async (path: string, asked: Asked = {}) =>
      JSON.parse((await ask(`${path}${path.includes('?') ? '&' : '?'}format=json`, asked)).text),
    codeOf: async (path: string, asked: Asked = {}) =>
      /<errorCode>(\w+)</.exec((await ask(path, asked)).text)?.[1],
  }
}
