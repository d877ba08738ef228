import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { openApiDocument } from '../src/server/openapi.ts'
import { testServer } from './server.ts'

const { app, context } = await testServer()
await mkdir(join(context.webDir, 'assets'), { recursive: true })
await writeFile(join(context.webDir, 'index.html'), '<!doctype html><title>Accession</title>')
await writeFile(join(context.webDir, 'assets', 'index-abc123.js'), 'export {}')
await writeFile(join(context.webDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Operation = { readonly tags?: readonly string[]; readonly summary?: string; readonly responses?: object }

const document = JSON.parse(JSON.stringify(openApiDocument(app))) as {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, object> }
}

const samples: Record<string, string> = {
  zone: 'IZ',
  code: 'none',
  job: '999999',
  file: '1',
  position: '1',
  id: '999999',
  mmsId: '991234567895801',
  version: '1',
  kind: 'merge',
}

/** Every route of the document, with an address of something that is not there. */
const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    method: method.toUpperCase() as Method,
    path,
    url: path.replace(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? `?${name}?`),
    operation,
  })),
)
const named = (method: Method, path: string) => `${method} ${path}`
const isStream = (path: string) => path === '/api/events'

const send = (options: InjectOptions) => app.inject(options)

/** `GET /api/zones/{zone}` … of the server's own tree, the page's files aside. */
function routesOfTree(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*)── (\S+)(?: \((.+)\))?$/.exec(line) ?? []
    if (part === '' || part === '*') return []
    const depth = Math.floor(indent.length / 4)
    above.length = depth
    above.push(part)
    const path = above.join('').replace(/:(\w+)/g, '{$1}')
    return methods
      .split(', ')
      .filter((method) => method !== '' && method !== 'HEAD')
      .map((method) => `${method} ${path}`)
  })
}

test('the document lists every route, with its group, its words and its answers', () => {
  const listed = new Set(routes.map(({ method, path }) => named(method, path)))
  for (const { path, method, operation } of routes) {
    assert.ok(operation.summary, `${named(method, path)} has no summary`)
    assert.ok(operation.tags?.length === 1, `${named(method, path)} is in no group`)
    assert.ok(!path.includes('?'), path)
    assert.ok(
      app.hasRoute({ method, url: path.replace(/\{(\w+)\}/g, ':$1') }),
      `${named(method, path)} is no route`,
    )
  }
  for (const route of routesOfTree(app.printRoutes({ commonPrefix: false }))) {
    assert.ok(listed.has(route), `${route} is not in the document`)
  }
  assert.ok(listed.size >= 20)
  assert.equal(document.openapi, '3.1.0')
})

test('the document names its schemas once, and refers to none that it lacks', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name ?? '',
  )
  assert.ok(references.includes('Job') && references.includes('MarcRecord'))
  for (const name of references) assert.ok(name in document.components.schemas, name)
})

test('the document that is served is the one', async () => {
  const served = await send({ url: '/api/openapi.json' })
  assert.deepEqual(served.json(), JSON.parse(JSON.stringify(document)))
})

const expectedHeaders: Record<string, RegExp> = {
  'content-security-policy': /^default-src 'self';.*frame-ancestors 'none'; base-uri 'none'$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'x-request-id': /^[0-9a-f-]{36}$/,
}

test('every answer has the security headers and an exact type', async () => {
  const requests: { method: Method; url: string }[] = [
    ...routes.filter(({ path }) => !isStream(path)),
    ...['/', '/jobs/3', '/assets/index-abc123.js', '/assets/gone.js', '/icon.svg', '/api/none', '/%'].map(
      (url) => ({ method: 'GET' as const, url }),
    ),
    { method: 'DELETE', url: '/api/zones' },
    { method: 'POST', url: '/' },
  ]
  for (const { method, url } of requests) {
    const { headers, body } = await send({ method, url })
    for (const [name, value] of Object.entries(expectedHeaders))
      assert.match(String(headers[name]), value, `${name} of ${method} ${url}`)
    assert.ok(!String(headers['content-security-policy']).includes('unsafe'), url)
    if (body !== '')
      assert.match(
        String(headers['content-type']),
        /^(application\/json|application\/xml|text\/html|text\/plain|text\/csv|(?:text|application)\/javascript|image\/svg\+xml)/,
        url,
      )
  }
})

const otherSites: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'another port of this machine': { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' },
  'another origin, in an old browser': { origin: 'http://evil.example' },
  'a page without an origin': { origin: 'null' },
}

/** The code of a refusal, in our form or in Alma's, whose code for this is FORBIDDEN. */
const codeOf = ({ body }: { readonly body: string }): string | undefined =>
  /"code":"(\w+)"/.exec(body)?.[1] ?? /<errorCode>(\w+)<.*page of another site/.exec(body)?.[1]

test('nothing is changed for a page of another site', async () => {
  const writes = routes.filter(({ method }) => method !== 'GET')
  assert.ok(writes.length >= 5)
  for (const { method, url } of writes) {
    for (const [who, headers] of Object.entries(otherSites)) {
      const answer = await send({ method, url, headers })
      assert.deepEqual(
        [answer.statusCode, codeOf(answer)],
        [403, url.startsWith('/almaws/') ? 'FORBIDDEN' : 'OTHER_SITE'],
        `${method} ${url} from ${who}`,
      )
    }
    const own = await send({
      method,
      url,
      headers: { host: 'localhost:8080', origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' },
    })
    assert.doesNotMatch(own.body, /OTHER_SITE|of another site/, `${method} ${url} from the page itself`)
    const program = await send({ method, url })
    assert.doesNotMatch(program.body, /OTHER_SITE|of another site/, `${method} ${url} from a program`)
  }
})

test('nothing is read by a page of another site, streams among it, but links to pages work', async () => {
  for (const { url } of routes.filter(({ method }) => method === 'GET')) {
    const answer = await send({ url, headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' } })
    assert.equal(answer.statusCode, 403, url)
  }
  const link = await send({
    url: '/jobs/3',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  })
  assert.equal(link.statusCode, 200)
})

test('a name that another site has bound to this machine is refused', async () => {
  for (const host of [
    'evil.example',
    'localhost.evil.example:8080',
    '127.0.0.1.evil.example',
    'accession.local',
  ]) {
    const answer = await send({ url: '/api/zones', headers: { host } })
    assert.deepEqual([answer.statusCode, answer.json().error.code], [421, 'UNKNOWN_HOST'], host)
  }
  for (const host of ['localhost:8080', '127.0.0.1:8081', '[::1]:8080', 'LOCALHOST']) {
    assert.equal((await send({ url: '/api/zones', headers: { host } })).statusCode, 200, host)
  }
})

test('a method that an address does not take is told from an address that does not exist', async () => {
  const wrong = await send({ method: 'DELETE', url: '/api/zones' })
  assert.deepEqual(
    [wrong.statusCode, wrong.headers.allow, wrong.json().error.code],
    [405, 'GET, HEAD', 'METHOD_NOT_ALLOWED'],
  )
  const read = await send({ url: '/api/files' })
  assert.deepEqual([read.statusCode, read.headers.allow], [405, 'POST'])
  for (const url of ['/api/none', '/api', '/api/zones/IZ/none', '/assets/none.js', '/none.php']) {
    const answer = await send({ url })
    assert.deepEqual([answer.statusCode, answer.json().error.code], [404, 'NO_SUCH_ADDRESS'], url)
  }
})

test('a faulty request is answered in the one shape, with what is wrong and where', async () => {
  const json = { 'content-type': 'application/json' }
  const faults: readonly (readonly [InjectOptions, number, string, string?])[] = [
    [{ method: 'POST', url: '/api/jobs', headers: json, payload: '{"zone":' }, 400, 'INVALID_JSON'],
    [{ method: 'POST', url: '/api/jobs', headers: json, payload: '' }, 400, 'EMPTY_BODY'],
    [
      { method: 'POST', url: '/api/jobs', headers: { 'content-type': 'text/xml' }, payload: '<x/>' },
      415,
      'WRONG_CONTENT_TYPE',
    ],
    [
      { method: 'POST', url: '/api/jobs', headers: { 'content-type': 'text/plain' }, payload: '{}' },
      415,
      'WRONG_CONTENT_TYPE',
    ],
    [
      { method: 'POST', url: '/api/jobs', headers: json, payload: `"${'x'.repeat(1_100_000)}"` },
      413,
      'TOO_LARGE',
    ],
    [{ method: 'POST', url: '/api/jobs', payload: { zone: 'IZ' } }, 400, 'INVALID_REQUEST', 'profile'],
    [
      { method: 'POST', url: '/api/jobs', payload: { ...newJob, colour: 'red' } },
      400,
      'INVALID_REQUEST',
      'colour',
    ],
    [
      { method: 'POST', url: '/api/jobs', payload: { ...newJob, dryRun: 'true' } },
      400,
      'INVALID_REQUEST',
      'dryRun',
    ],
    [
      { method: 'POST', url: '/api/jobs', payload: { ...newJob, files: [{ sha256: '../../x', name: 'x' }] } },
      400,
      'INVALID_REQUEST',
      'files.0.sha256',
    ],
    [{ url: '/api/jobs?colour=red' }, 400, 'INVALID_REQUEST', 'colour'],
    [{ url: '/api/jobs/abc' }, 400, 'INVALID_REQUEST', 'job'],
    [{ url: '/api/jobs/1e3000' }, 400, 'INVALID_REQUEST', 'job'],
    ...['1e3', '0x1', '1.0', '+1', '%201', '1_0'].map(
      (job) => [{ url: `/api/jobs/${job}` }, 400, 'INVALID_REQUEST', 'job'] as const,
    ),
    [{ url: '/api/jobs?limit=0x10' }, 400, 'INVALID_REQUEST', 'limit'],
    [{ url: '/api/zones/a%00b/profiles' }, 400, 'INVALID_REQUEST', 'zone'],
    [{ url: '/api/zones/..%2f..%2fetc/profiles' }, 400, 'INVALID_REQUEST', 'zone'],
    [{ url: '/%zz' }, 400, 'BAD_REQUEST'],
  ]
  for (const [request, status, code, field] of faults) {
    const answer = await send(request)
    const { error } = answer.json()
    assert.deepEqual(
      [answer.statusCode, error.code, error.field],
      [status, code, field],
      `${request.method ?? 'GET'} ${JSON.stringify(request.url)}: ${answer.body.slice(0, 200)}`,
    )
    assert.deepEqual(Object.keys(answer.json()), ['error'])
    assert.ok(error.message.length > 10)
    assert.doesNotMatch(answer.body, /at .*\.ts|node_modules|pg_|select /)
  }
})

const newJob = {
  zone: 'IZ',
  profile: 'repository',
  files: [{ sha256: 'a'.repeat(64), name: 'x.mrc' }],
  dryRun: true,
}

test('what is wrong with a request is said once, in words, with what would be right', async () => {
  const wrong = {
    zone: 'a b',
    profile: '',
    files: [],
    label: 'x'.repeat(201),
    dryRun: 'yes',
    colour: 'red',
  }
  const body = await send({ method: 'POST', url: '/api/jobs', payload: wrong })
  assert.deepEqual(
    new Set(
      body
        .json()
        .error.problems.map((one: { path: string; message: string }) => `${one.path} ${one.message}`),
    ),
    new Set([
      'colour is not known',
      'zone must be the code of a zone: 1 to 40 letters, digits and underscores',
      'profile must not be empty',
      'files must not be empty',
      'label must have 200 characters or fewer',
      'dryRun must be true or false',
    ]),
  )
  assert.equal(body.json().error.problems.length, 6)
  for (const [url, message] of [
    [
      '/api/jobs?status=done',
      'In the query: status must be one of pending, running, paused, completed, cancelled, failed.',
    ],
    ['/api/jobs?q=x', 'In the query: q is not known.'],
    ['/api/jobs?limit=501', 'In the query: limit must be 500 or less.'],
    ['/api/jobs/0', 'In the address: job must be 1 or more.'],
    ['/api/jobs/0x1', 'In the address: job must be a whole number in decimal digits.'],
    ['/api/zones/IZ/bibs/12', 'In the address: mmsId must be an MMS ID: 99 and 6 to 17 more digits.'],
  ] as const) {
    assert.equal((await send({ url })).json().error.message, message)
  }
})

test('no body reaches the prototype of anything', async () => {
  const payloads = [
    '{"__proto__":{"polluted":true}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    `{"zone":"IZ","profile":"repository","files":[],"dryRun":true,"__proto__":{"polluted":true}}`,
    '{"tags":{"__proto__":{"polluted":true}}}',
    '[{"__proto__":{"polluted":true}}]',
  ]
  for (const { method, url } of routes.filter(({ method }) => method === 'POST' || method === 'PUT')) {
    for (const payload of payloads) {
      const answer = await send({ method, url, payload, headers: { 'content-type': 'application/json' } })
      assert.ok(
        answer.statusCode >= 400 && answer.statusCode < 500,
        `${method} ${url} ${payload}: ${answer.statusCode}`,
      )
      assert.equal(Reflect.get({}, 'polluted'), undefined, `${method} ${url}`)
    }
    const query = await send({
      method: 'GET',
      url: `/api/jobs?__proto__[polluted]=1&constructor.prototype.polluted=1`,
    })
    assert.equal(query.statusCode, 400)
    assert.equal(Reflect.get({}, 'polluted'), undefined)
  }
})

test('the page is given for every screen, its files under their own types, and nothing else of the disk', async () => {
  for (const url of ['/', '/jobs/3', '/zones/NZ/bibs/991234567895816', '/index.html']) {
    const page = await send({ url })
    assert.deepEqual(
      [page.statusCode, page.headers['content-type'], page.headers['cache-control']],
      [200, 'text/html; charset=utf-8', 'no-cache'],
      url,
    )
  }
  const script = await send({ url: '/assets/index-abc123.js' })
  assert.match(String(script.headers['content-type']), /^(text|application)\/javascript/)
  assert.match(String(script.headers['cache-control']), /immutable/)
  for (const url of [
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/assets\\..\\package.json',
  ]) {
    const answer = await send({ url })
    assert.ok(!answer.body.includes('"dependencies"') && !answer.body.includes('root:'), url)
  }
})
