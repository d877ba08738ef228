import type { Database, ServerAddress } from '../db/database.ts'
import type { Role } from '../people/roles.ts'
import type { Gateway } from './api/gateway.ts'
import type { IdentityProvider } from '../people/identity-provider.ts'

/** Somebody whom a visitor of the demo may be. */
export type Persona = {
  readonly code: string
  readonly name: string
  /** What they do, in a sentence. */
  readonly about: string
  /** By zone code; `*` counts in every zone. */
  readonly roles: Readonly<Record<string, readonly Role[]>>
}

/** D32: the demo, and it alone, lets in whoever comes, as the persona that was chosen or as the first. */
export type SignIn =
  | { readonly by: 'password' }
  | { readonly by: 'persona'; readonly personas: readonly [Persona, ...Persona[]] }

/** What the routes work with. */
export type ServerContext = {
  readonly db: Database
  /** Where that database is, for processes with a connection of their own. */
  readonly address: ServerAddress | string
  /** Where uploaded files are stored. */
  readonly dataDir: string
  readonly version: string
  readonly demo: boolean
  readonly signIn: SignIn
  /** By which people may sign in too. */
  readonly provider?: IdentityProvider
  /** The built web part. */
  readonly webDir: string
  /** The OCLC gateway as it is now. */
  readonly gateway: () => Gateway
  /** Secrets that the demo made for the gateway, by zone, until they are shown; none outside the demo. */
  readonly demoSecrets?: Map<string, string>
  /** Names, besides this machine's own, that a request may address the server by: through a proxy of this machine, which is believed then. */
  readonly hosts: readonly string[]
}
