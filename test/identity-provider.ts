import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { after } from 'node:test'

/*
 * An identity provider that speaks OpenID Connect for real, on this machine: discovery, keys, code flow with
 * PKCE, signed tokens. Whoever comes is let in as whom the test says.
 */

export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

export type TestProvider = {
  readonly issuer: string
  /** Who is let in from now on. */
  person: Claims
  /** What it does wrong from now on. */
  fault: 'none' | 'forged' | 'other-nonce' | 'denies' | 'away'
  /** Goes where the browser was sent, and answers where it is sent back to: path and query. */
  visit(url: string): Promise<string>
}

const clientId = 'accession'
const clientSecret = 'a secret of the test'

export const providerClient = { clientId, clientSecret }

export async function testProvider(): Promise<TestProvider> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const others = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const codes = new Map<string, { nonce: string; challenge: string; person: Claims }>()
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => void server.close())
  const place = server.address()
  assert.ok(typeof place === 'object' && place !== null)
  const issuer = `http://127.0.0.1:${place.port}`

  const provider: TestProvider = {
    issuer,
    person: { sub: 'nobody' },
    fault: 'none',
    async visit(url) {
      const response = await fetch(url, { redirect: 'manual' })
      assert.equal(response.status, 302, await response.text())
      const { pathname, search } = new URL(response.headers.get('location') ?? '')
      return `${pathname}${search}`
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const json = (value: unknown, status = 200) =>
      response
        .writeHead(provider.fault === 'away' ? 503 : status, { 'content-type': 'application/json' })
        .end(JSON.stringify(value))
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
        return
      case '/keys':
        json({ keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] })
        return
      case '/authorize':
        response.writeHead(302, { location: letIn(url.searchParams) }).end()
        return
      case '/token':
        json(...token(new URLSearchParams(await textOf(request)), request.headers.authorization))
        return
      default:
        json({ error: 'not_found' }, 404)
    }
  }

  function letIn(asked: URLSearchParams): string {
    assert.equal(asked.get('client_id'), clientId)
    assert.equal(asked.get('response_type'), 'code')
    assert.equal(asked.get('code_challenge_method'), 'S256')
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.searchParams.set('state', asked.get('state') ?? '')
    if (provider.fault === 'denies') back.searchParams.set('error', 'access_denied')
    else {
      const code = `code-${codes.size + 1}`
      codes.set(code, {
        nonce: asked.get('nonce') ?? '',
        challenge: asked.get('code_challenge') ?? '',
        person: provider.person,
      })
      back.searchParams.set('code', code)
    }
    return back.href
  }

  function token(given: URLSearchParams, authorization = ''): [object, number?] {
    const byHead = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':')
    const secret = given.get('client_secret') ?? decodeURIComponent((byHead[1] ?? '').replaceAll('+', ' '))
    if (secret !== clientSecret) return [{ error: 'invalid_client' }, 401]
    const found = codes.get(given.get('code') ?? '')
    const proof = createHash('sha256')
      .update(given.get('code_verifier') ?? '')
      .digest('base64url')
    if (found === undefined || proof !== found.challenge) return [{ error: 'invalid_grant' }, 400]
    codes.delete(given.get('code') ?? '')
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: issuer,
      aud: clientId,
      iat: now,
      exp: now + 300,
      nonce: provider.fault === 'other-nonce' ? 'another' : found.nonce,
      ...found.person,
    }
    const idToken = jwt(claims, provider.fault === 'forged' ? others.privateKey : keys.privateKey)
    return [{ access_token: 'not used', token_type: 'Bearer', expires_in: 300, id_token: idToken }]
  }

  return provider
}

/** RFC 7519, signed by RS256. */
function jwt(claims: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', kid: '1', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return text
}
