import type { ProviderSettings } from '../people/identity-provider.ts'
import { CommandFailure } from './failure.ts'

/**
 * The address by which people reach Accession through a proxy, from ACCESSION_URL, as `https://catalogue.example.org`;
 * nothing where they reach it on its own.
 *
 * @throws {CommandFailure} where it is no such address
 */
export function publicUrl(): string | undefined {
  const given = process.env['ACCESSION_URL']
  if (given === undefined || given === '') return undefined
  const url = webAddress(given)
  if (url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '')
    return url.origin
  throw new CommandFailure(
    'ACCESSION_URL is not the address of a site.',
    'Write it as https://catalogue.example.org, without a path.',
  )
}

/**
 * The identity provider that people may sign in by, from the variables OIDC_…; nothing where none is set.
 *
 * @throws {CommandFailure} where one is missing, or makes no sense
 */
export function providerSettings(): ProviderSettings | undefined {
  const issuer = process.env['OIDC_ISSUER']
  if (issuer === undefined || issuer === '') return undefined
  const url = webAddress(issuer)
  if (url === null)
    throw new CommandFailure(
      'OIDC_ISSUER is not the address of an identity provider.',
      'Write it as the provider does: https://login.example.org/realms/libraries.',
    )
  return {
    issuer,
    clientId: needed('OIDC_CLIENT_ID'),
    clientSecret: needed('OIDC_CLIENT_SECRET'),
    name: process.env['OIDC_NAME'] || url.hostname,
    loginClaim: process.env['OIDC_LOGIN_CLAIM'] || null,
  }
}

function needed(name: string): string {
  const value = process.env[name]
  if (value !== undefined && value !== '') return value
  throw new CommandFailure(`OIDC_ISSUER is set, and ${name} is not.`, 'The provider gives it to its clients.')
}

function webAddress(text: string): URL | null {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url : null
}
