import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { providerSettings, publicUrl } from './site-settings.ts'

const names = ['ACCESSION_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_LOGIN_CLAIM']
const before = names.map((name) => [name, process.env[name]] as const)
after(() => {
  for (const [name, value] of before)
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
})

test('ACCESSION_URL is the address of a site, and none of a page of it', () => {
  process.env['ACCESSION_URL'] = ''
  assert.equal(publicUrl(), undefined)
  process.env['ACCESSION_URL'] = 'https://catalogue.example.org/'
  assert.equal(publicUrl(), 'https://catalogue.example.org')
  for (const wrong of [
    'catalogue.example.org',
    'ftp://example.org',
    'https://example.org/accession',
    'https://a:b@example.org',
  ]) {
    process.env['ACCESSION_URL'] = wrong
    assert.throws(publicUrl, /ACCESSION_URL is not the address of a site/, wrong)
  }
})

test('an identity provider is set up whole, or not at all; a message names the variable and no value', () => {
  process.env['OIDC_ISSUER'] = ''
  assert.equal(providerSettings(), undefined)
  process.env['OIDC_ISSUER'] = 'login.example.org'
  assert.throws(providerSettings, /OIDC_ISSUER is not the address/)
  process.env['OIDC_ISSUER'] = 'https://login.example.org/realms/libraries'
  process.env['OIDC_CLIENT_ID'] = 'accession'
  process.env['OIDC_CLIENT_SECRET'] = ''
  assert.throws(providerSettings, /OIDC_CLIENT_SECRET is not\.$/)
  process.env['OIDC_CLIENT_SECRET'] = 'a secret'
  assert.deepEqual(providerSettings(), {
    issuer: 'https://login.example.org/realms/libraries',
    clientId: 'accession',
    clientSecret: 'a secret',
    name: 'login.example.org',
    loginClaim: null,
  })
})
