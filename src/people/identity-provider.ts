import * as oidc from 'openid-client'
import type { Identity } from './identity.ts'
import { PeopleRefusal } from './refusal.ts'

/** An identity provider that people may sign in by: OpenID Connect 1.0, code flow with PKCE. */
export type ProviderSettings = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button to sign in says. */
  readonly name: string
  /** The claim that has the login of people, on their first coming; nothing where they link their accounts themselves. */
  readonly loginClaim: string | null
}

/** Where the provider sends people back to, below the address of Accession. */
export const callbackPath = '/api/identity-provider/callback'

/** What the browser keeps while somebody is at the provider; no secret of ours. */
export type Leaving = {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** To come in, or to link the account to whoever is signed in. */
  readonly to: 'sign-in' | 'link'
}

export type Returned = { readonly identity: Identity; readonly login: string | null }

export type IdentityProvider = {
  readonly name: string
  readonly issuer: string
  /** Where the browser goes, and what it keeps. @throws {PeopleRefusal} PROVIDER_AWAY */
  leave(to: Leaving['to'], site: string): Promise<{ readonly url: string; readonly leaving: Leaving }>
  /** Who came back, by the address that the provider sent the browser to. @throws {PeopleRefusal} */
  returned(query: string, site: string, leaving: Leaving): Promise<Returned>
}

/** Asks nothing of the provider until somebody goes there; what it says of itself is kept from then on. */
export function openProvider(settings: ProviderSettings): IdentityProvider {
  let known: Promise<oidc.Configuration> | null = null
  const discovered = (): Promise<oidc.Configuration> => {
    known ??= discover(settings)
    known.catch(() => (known = null))
    return known
  }

  return {
    name: settings.name,
    issuer: settings.issuer,
    async leave(to, site) {
      const config = await orAway(discovered())
      const leaving = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to,
      }
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${site}${callbackPath}`,
        scope: settings.loginClaim === null ? 'openid' : 'openid profile email',
        state: leaving.state,
        nonce: leaving.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(leaving.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, leaving }
    },
    async returned(query, site, { state, nonce, verifier }) {
      const config = await orAway(discovered())
      try {
        const answer = await oidc.authorizationCodeGrant(config, new URL(`${site}${callbackPath}${query}`), {
          pkceCodeVerifier: verifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        const claims = answer.claims()
        if (claims === undefined) throw refused('it said nothing of who came')
        return {
          identity: { issuer: claims.iss, subject: claims.sub },
          login: loginOf(claims, settings.loginClaim),
        }
      } catch (error) {
        if (error instanceof PeopleRefusal) throw error
        if (error instanceof oidc.AuthorizationResponseError) throw refused(error.error)
        throw refused(error instanceof Error ? error.message : String(error))
      }
    },
  }
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer)
  const isHere = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  return oidc.discovery(url, clientId, clientSecret, undefined, {
    // The signature of the token is checked too, though it comes from the provider itself.
    execute: [
      oidc.enableNonRepudiationChecks,
      // Without TLS a provider on this machine alone.
      ...(isHere ? [oidc.allowInsecureRequests] : []),
    ],
    timeout: 10,
  })
}

/** An e-mail address is a login only where the provider has seen that it is the person's. */
function loginOf(claims: Readonly<Record<string, unknown>>, claim: string | null): string | null {
  if (claim === null) return null
  if (claim === 'email' && claims['email_verified'] !== true) return null
  const value = claims[claim]
  return typeof value === 'string' && value !== '' ? value : null
}

const orAway = (asked: Promise<oidc.Configuration>): Promise<oidc.Configuration> =>
  asked.catch((error: unknown) => {
    throw new PeopleRefusal(
      'refused',
      'PROVIDER_AWAY',
      `The identity provider does not answer as one: ${error instanceof Error ? error.message : String(error)}.`,
      'Sign in by password, or try again later.',
    )
  })

const refused = (why: string): PeopleRefusal =>
  new PeopleRefusal(
    'refused',
    'PROVIDER_REFUSED',
    `The identity provider did not let anybody in: ${why}.`,
    'Try again; if it stays so, tell whoever looks after the provider.',
  )
