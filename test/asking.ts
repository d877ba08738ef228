import type { App } from '../src/server/app.ts'

type Asked = {
  readonly cookie?: string
  readonly key?: string
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks a server as somebody: by cookies or by a key. */
export const askOf =
  (app: App) =>
  async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    { cookie, key, body, headers = {} }: Asked = {},
  ) => {
    const reply = await app.inject({
      method,
      url,
      headers: {
        ...headers,
        ...(cookie === undefined ? {} : { cookie }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    const set = [reply.headers['set-cookie'] ?? []].flat()
    const cookieNamed = (name: string) =>
      set.find((one) => one.startsWith(`${name}=`))?.split(';', 1)[0] ?? ''
    return {
      status: reply.statusCode,
      body: reply.json(),
      code: reply.json().error?.code,
      set,
      cookie: cookieNamed('accession_session'),
      device: cookieNamed('accession_device'),
    }
  }
